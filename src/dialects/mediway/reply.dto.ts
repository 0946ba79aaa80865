import { ApiProperty, OmitType } from '@nestjs/swagger';
import { MESSAGE_STATES, type MessageState } from '../../messages/message-state.js';

/** 应答信息. The HTTP status is 200 whatever `code` says, unless the application asks for it to follow. */
export class MediwayReplyDto {
  /** 状态代码. 200 accepted, 400 wrong parameter, 401 not authenticated, 404 no such channel or template, 500 our fault. */
  @ApiProperty({ oneOf: [{ type: 'number' }, { type: 'string' }], example: 200 })
  code: number | string;

  /** 状态描述. At most 100 characters; `参数有误` is followed by `：` and the field that is wrong. */
  @ApiProperty({ example: '操作成功' })
  msg: string;

  /** 消息Id. Unique; absent when nothing was sent. */
  @ApiProperty({ required: false, example: '1024' })
  msgId?: string;
}

/** How many messages were marked. */
export class MediwayReadDto {
  /** In-site messages that were not read before. */
  @ApiProperty({ type: 'integer', example: 1 })
  read: number;
}

/** The reply of `message/read`. */
export class MediwayReadReplyDto extends OmitType(MediwayReplyDto, ['msgId']) {
  /** Absent in failures. */
  @ApiProperty({ required: false, type: MediwayReadDto })
  data?: MediwayReadDto;
}

/** One message, and how far it has come. The numbers count deliveries: one per person and channel. */
export class MediwayMessageDto {
  /** 消息Id, as answered when it was sent. */
  @ApiProperty({ example: '1024' })
  msgId: string;

  /** `scheduled`, `accepted`, `planning`, `sending`, `done`, `cancelled` or `expired`. */
  @ApiProperty({ enum: MESSAGE_STATES, example: 'done' })
  state: MessageState;

  /** When it was accepted: `yyyy-MM-dd HH:mm:ss` in the application's time zone. */
  @ApiProperty({ example: '2026-12-01 08:00:00' })
  createTime: string;

  /** To be made. */
  @ApiProperty({ type: 'integer', example: 6 })
  target: number;

  /** Taken by the vendors. */
  @ApiProperty({ type: 'integer', example: 5 })
  sent: number;

  /** Known to have arrived. */
  @ApiProperty({ type: 'integer', example: 3 })
  delivered: number;

  /** Known to be read. */
  @ApiProperty({ type: 'integer', example: 1 })
  read: number;

  /** Failed for good. */
  @ApiProperty({ type: 'integer', example: 1 })
  failed: number;

  /** Whether they arrived cannot be known. */
  @ApiProperty({ type: 'integer', example: 0 })
  unknown: number;
}

/** The reply of `message/list`. */
export class MediwayListReplyDto extends OmitType(MediwayReplyDto, ['msgId']) {
  /** At most the 500 newest, newest first; empty when there are none. Absent in failures. */
  @ApiProperty({ required: false, type: [MediwayMessageDto] })
  data?: MediwayMessageDto[];
}
