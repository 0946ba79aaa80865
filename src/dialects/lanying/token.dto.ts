import { ApiProperty } from '@nestjs/swagger';

/** What every way of signing in has. */
export abstract class SignInDto {
  /** 密码. */
  @ApiProperty({ example: 'correct horse battery staple' })
  password: string;

  /** 设备ID: the device becomes this person's, and the reply has its push token. */
  @ApiProperty({ required: false, example: '2f1c7a34-7c0e-4d2b-9a57-0b4c1f7f1f10' })
  device_guid?: string;
}

/** By 用户ID. */
export class TokenByIdDto extends SignInDto {
  /** 用户ID. */
  @ApiProperty({ type: 'integer', format: 'int64', example: 111 })
  user_id: number;
}

/** By 用户名. */
export class TokenByNameDto extends SignInDto {
  /** 用户名. */
  @ApiProperty({ example: 'zhangsan' })
  name: string;
}

/** By 登录名. */
export class TokenByLoginDto extends SignInDto {
  /** 登录名: user name, or a phone number or mailbox that only one person has. */
  @ApiProperty({ example: 'zhangsan' })
  login_name: string;
}

/** 普通用户token. */
export class SignedInDto {
  /** 过期时间戳, in milliseconds: 30 days from now. */
  @ApiProperty({ type: 'integer', format: 'int64', example: 1798682400000 })
  expire: number;

  /** 推送Token; absent unless a device was named. */
  @ApiProperty({ required: false, example: 'tdp_3h.Qw0n3b3V0b2tlbl9zaWdu' })
  push_token?: string;

  /** The access-token of the person. */
  @ApiProperty({ example: 'tdu_WzEsMSwiMTExIiwxNzk4NjgyNDAwMDAwXQ.c2lnbmF0dXJl' })
  token: string;

  /** 用户ID. */
  @ApiProperty({ type: 'integer', format: 'int64', example: 111 })
  user_id: number;
}
