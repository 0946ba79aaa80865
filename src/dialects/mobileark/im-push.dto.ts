import { ApiProperty } from '@nestjs/swagger';
import { IM_PUSH } from './method-table.js';
import { SystemParametersDto } from './system-parameters.dto.js';

/** IM推送接口: one person writes to a few others. At most three accepted calls in five minutes for each sender. */
export class ImPushDto extends SystemParametersDto {
  @ApiProperty({ enum: [IM_PUSH], example: IM_PUSH, description: 'The method.' })
  method: string;

  @ApiProperty({ enum: ['1.0'], example: '1.0', description: 'Its version.' })
  v: string;

  /** 机构标识. Code of the application's organisation, in any case. */
  @ApiProperty({ minLength: 1, maxLength: 20, example: 'default' })
  ecid: string;

  /** 发送者帐号. Code of a person in any case, with or without `im_` before it; 1 to 36 characters, the prefix not counted. */
  @ApiProperty({ minLength: 1, example: 'im_zhangsan' })
  imSender: string;

  /** 发送者昵称. Shown as the sender's name. */
  @ApiProperty({ minLength: 1, maxLength: 48, example: '张三' })
  imSenderName: string;

  /** 接收者帐号. At most 100, divided by commas, each as in imSender. Who is unknown is told in the reply. */
  @ApiProperty({ minLength: 1, example: 'im_lisi,im_wangwu' })
  imReceiver: string;

  /** 消息内容. At most 2048 bytes too, where the application's settings say `rtcMode`. */
  @ApiProperty({ minLength: 1, maxLength: 1000, example: '下午三点开会，请准时参加。' })
  content: string;
}
