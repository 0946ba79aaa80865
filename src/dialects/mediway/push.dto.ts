import { ApiProperty } from '@nestjs/swagger';

const STRING_OR_NUMBER = [{ type: 'string' as const }, { type: 'number' as const }];

/** What 发送普通消息 and 发送模板消息 have in common. The body is read liberally: see each field. */
export abstract class PushDto {
  /** 应用Id. The application that sends. A number is read as a string. */
  @ApiProperty({ oneOf: STRING_OR_NUMBER, example: '102343444' })
  appId: string | number;

  /**
   * 接收目标类型. `all`: everyone with an address on the channel; `specified`: people named by code; `custom`: accounts per
   * channel. Upper and lower case are the same.
   */
  @ApiProperty({ enum: ['all', 'specified', 'custom'], example: 'specified' })
  receiverType: string;

  /**
   * 接收目标数据. Required unless receiverType is `all`. For `specified` the union of user, dept, post and role; for `custom` a list of
   * accounts (phone numbers, e-mail addresses, user codes on in-site channels) by channel code.
   */
  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: { type: 'array', items: { oneOf: STRING_OR_NUMBER } },
    example: { user: ['USER001', 'USER002'], dept: ['DEPT001', 'DEPT002'], post: ['POST001'], role: ['ROLE001'] },
  })
  receiverData?: Record<string, (string | number)[]>;

  /** 业务Id. The caller's own id; need not be unique. Only messages that have one can be read through `message/read`. */
  @ApiProperty({ required: false, oneOf: STRING_OR_NUMBER, example: 'xxxxxx' })
  businessId?: string | number;

  /** 消息类别. `notice` (通知) or `reminder` (提醒); another word is kept as it is. Absent: `notice`. */
  @ApiProperty({ required: false, example: 'notice' })
  msgType?: string;

  /** 发送者编码. */
  @ApiProperty({ required: false, oneOf: STRING_OR_NUMBER, example: 'USER001' })
  senderCode?: string | number;

  /** The sender's name, as the document's examples give it. */
  @ApiProperty({ required: false, example: '张三' })
  senderName?: string;

  /**
   * 发送时间. `yyyy-MM-dd HH:mm:ss` in the application's time zone (Asia/Shanghai unless set otherwise), ISO 8601, or epoch
   * seconds or milliseconds. Absent, empty or past: at once.
   */
  @ApiProperty({
    required: false,
    oneOf: [{ type: 'string', nullable: true }, { type: 'number' }],
    example: '2023-08-04 12:15:12',
  })
  sendTime?: string | number | null;
}
