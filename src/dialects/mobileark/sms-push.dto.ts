import { ApiProperty } from '@nestjs/swagger';
import { SMS_PUSH } from './method-table.js';
import { SystemParametersDto } from './system-parameters.dto.js';

/** 短信发送接口: a text message to phone numbers of the application's organisation. */
export class SmsPushDto extends SystemParametersDto {
  @ApiProperty({ enum: [SMS_PUSH], example: SMS_PUSH, description: 'The method.' })
  method: string;

  /** Its version; 1.3 is another name of 1.0. */
  @ApiProperty({ enum: ['1.0', '1.3'], example: '1.0' })
  v: string;

  /**
   * 接收方手机号码. At most 500, divided by commas. Mainland mobile numbers, with `+86`, `86` or `0086` before them or not; one wrong
   * number refuses the call.
   */
  @ApiProperty({ minLength: 1, example: '13812345678,+8613912345678' })
  phoneNumbers: string;

  /** 消息内容. */
  @ApiProperty({ minLength: 1, maxLength: 500, example: '您的验证码为 1001，五分钟内有效。' })
  content: string;
}
