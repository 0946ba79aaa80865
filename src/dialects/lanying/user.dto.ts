import { ApiProperty } from '@nestjs/swagger';

/** 注册推送用户. */
export class RegisterPushDto {
  /** 用户名: the person's code, at most 64 characters without blanks, `/`, `?`, `#`. */
  @ApiProperty({ example: 'zhangsan' })
  username: string;

  /** 密码, at most 128 characters. */
  @ApiProperty({ example: 'correct horse battery staple' })
  password: string;

  /** 别名 of the person's devices; must not be anybody else's. */
  @ApiProperty({ required: false, example: 'alias1' })
  alias?: string;

  /** 设备ID: the device's own id, at most 128 characters; it becomes this person's, and the reply has its push token. */
  @ApiProperty({ required: false, example: '2f1c7a34-7c0e-4d2b-9a57-0b4c1f7f1f10' })
  device_guid?: string;

  /** Accepted and ignored. */
  @ApiProperty({ required: false, example: '' })
  push_token?: string;

  /** Accepted and ignored. */
  @ApiProperty({ required: false, example: '' })
  sign?: string;
}

/** A new user. */
export class RegisteredDto {
  /** The same as user_id. */
  @ApiProperty({ type: 'integer', format: 'int64', example: 111 })
  id: number;

  /** 是否关闭推送消息. */
  @ApiProperty({ example: false })
  no_push: boolean;

  /** 是否关闭推送详情. */
  @ApiProperty({ example: false })
  no_push_detail: boolean;

  /** 推送免打扰结束时间. */
  @ApiProperty({ type: 'integer', nullable: true, example: null })
  no_push_end_hour: number | null;

  /** 推送免打扰开始时间. */
  @ApiProperty({ type: 'integer', nullable: true, example: null })
  no_push_start_hour: number | null;

  /** 推送token of the device; null when none was named. */
  @ApiProperty({ type: String, nullable: true, example: 'tdp_3h.Qw0n3b3V0b2tlbl9zaWdu' })
  push_token: string | null;

  /** 用户ID. */
  @ApiProperty({ type: 'integer', format: 'int64', example: 111 })
  user_id: number;
}

/** 绑定别名. */
export class AliasDto {
  /** 别名, at most 128 characters; must not be anybody else's. */
  @ApiProperty({ example: 'alias1' })
  alias: string;

  /** Only the device of this push token; absent: all devices of the person, those to come included. */
  @ApiProperty({ required: false, example: 'tdp_3h.Qw0n3b3V0b2tlbl9zaWdu' })
  push_token?: string;
}

/** 绑定标签, 解绑标签. */
export class TagsDto {
  /** 标签列表: 1 to 100, each at most 64 characters. */
  @ApiProperty({ type: [String], example: ['tag1', 'tag2'] })
  tags: string[];
}

/** 绑定token. */
export class BindTokenDto {
  /** 设备序号: which of the person's devices. Who signed in on a device means that one, whatever the number. */
  @ApiProperty({ type: 'integer', format: 'int32', example: 1 })
  device_sn: number;

  /** The token the push vendor gave the device. */
  @ApiProperty({ example: '740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad' })
  device_token: string;

  /** 证书名称: code or name of the vendor account the token is for. */
  @ApiProperty({ example: 'huawei' })
  notifier_name: string;
}

/** 设置badge. */
export class BadgeDto {
  /** 0 to 99999. */
  @ApiProperty({ type: 'integer', format: 'int32', example: 3 })
  badge: number;
}

/** What a person wants. */
export class PushDetailDto {
  /** 是否关闭推送. */
  @ApiProperty({ example: false })
  no_push: boolean;

  /** 是否关闭推送详情. */
  @ApiProperty({ example: false })
  no_push_detail: boolean;

  /** 推送免打扰结束的小时. */
  @ApiProperty({ type: 'integer', nullable: true, example: 7 })
  no_push_end_hour: number | null;

  /** 推送免打扰开始的小时. */
  @ApiProperty({ type: 'integer', nullable: true, example: 22 })
  no_push_start_hour: number | null;
}
