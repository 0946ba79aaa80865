import { ApiProperty } from '@nestjs/swagger';

/** Which messages: those the application itself sent under one businessId. An extension; the document has no such call. */
export class MessageListDto {
  /** 应用Id. */
  @ApiProperty({ example: '102343444' })
  appId: string;

  /** 业务Id, as given when sending. */
  @ApiProperty({ example: 'xxxxxx' })
  businessId: string;
}

/** Marks in-site messages read on behalf of those who got them; repeating it changes nothing. */
export class MessageReadDto extends MessageListDto {
  /** 用户编码: for this person only. Absent: for everyone who got them. */
  @ApiProperty({ required: false, example: 'USER001' })
  user?: string;
}
