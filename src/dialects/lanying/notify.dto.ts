import { ApiProperty } from '@nestjs/swagger';

const TEXT_OR_NUMBER = [{ type: 'string' as const }, { type: 'number' as const }];

/** 推送目标: exactly one of the four; each list holds 1 to 500, counted without repetitions. What names nobody reaches nobody. */
export class NotifyAudienceDto {
  /** 标签: people who bear any of these. */
  @ApiProperty({ required: false, type: [String], example: ['tag1', 'tag2'] })
  tag?: string[];

  /** 别名: devices that bear any of these. */
  @ApiProperty({ required: false, type: [String], example: ['alias1', 'alias2'] })
  alias?: string[];

  /** 用户ID: all devices of these people. */
  @ApiProperty({
    required: false,
    type: 'array',
    items: { type: 'integer', format: 'int64' },
    example: [111, 222],
  })
  user_id?: (number | string)[];

  /** PushToken: these devices, as registering or signing in returned them. */
  @ApiProperty({ required: false, type: [String], example: ['push_token1', 'push_token2'] })
  push_token?: string[];
}

/** 推送设置. */
export class NotifySettingDto {
  /**
   * 请求ID, at most 128 characters. A call whose id the application sent before, within the days its settings say (7), pushes nothing
   * and returns the first task. Absent or empty: never.
   */
  @ApiProperty({ required: false, example: 'order-1024-paid' })
  request_id?: string;

  /**
   * 通知下发策略. `combined`: to the device while it is connected, otherwise through its vendor; `mxpush_only`: only while it is connected;
   * `ospush_only`: only through its vendor. Absent: `combined`.
   */
  @ApiProperty({ required: false, enum: ['combined', 'mxpush_only', 'ospush_only'], example: 'combined' })
  distribution_strategy?: string;

  /**
   * 厂商推送顺序: which vendors may be used, in order, of `ups` (the domestic ones), `fcm`, `huawei`, `xiaomi`, `oppo`, `vivo`, `meizu`
   * (or `flyme`). Apple's devices are not subject to it. Absent or empty: `ups`, then `fcm`.
   */
  @ApiProperty({ required: false, type: [String], example: ['ups', 'fcm'] })
  ospush_sequence?: string[];
}

/** For Apple's devices. */
export class NotifyIosDto {
  /** 通知提示声音. */
  @ApiProperty({ required: false, example: 'default' })
  sound?: string;

  /** content-available of APNs. */
  @ApiProperty({ required: false, example: false })
  content_available?: boolean;

  /** mutable-content of APNs. */
  @ApiProperty({ required: false, example: true })
  mutable_content?: boolean;

  /** category of APNs. */
  @ApiProperty({ required: false, example: 'MESSAGE' })
  category?: string;

  /** thread-id of APNs: notifications of one thread are shown together. */
  @ApiProperty({ required: false, example: 'thread-1' })
  thread_id?: string;

  /** subtitle of APNs. */
  @ApiProperty({ required: false, example: '副标题' })
  subtitle?: string;

  /** apns-collapse-id, at most 64 characters: a later notification takes the place of an earlier one. */
  @ApiProperty({ required: false, example: 'order-1024' })
  apns_collapse_id?: string;
}

/** For every device that is not Apple's. */
export class NotifyAndroidDto {
  /** 通知提示声音. */
  @ApiProperty({ required: false, example: 'ding' })
  sound?: string;

  /** 通知栏通道. */
  @ApiProperty({ required: false, example: 'orders' })
  channel_id?: string;

  /** 点击通知的后续动作: `open_app`, or `intent`, which needs `intent`. Absent: `open_app`. */
  @ApiProperty({ required: false, enum: ['intent', 'open_app'], example: 'open_app' })
  click_action?: string;

  /** 点击通知打开应用特定页面. */
  @ApiProperty({
    required: false,
    example: 'intent:#Intent;component=包名/activity全路径;S.parm1=value1;S.parm2=value2;end',
  })
  intent?: string;
}

/** For Huawei's devices; what is given wins over `android`. */
export class NotifyHuaweiDto extends NotifyAndroidDto {
  /** 桌面图标对应的应用入口Activity类. */
  @ApiProperty({ required: false, example: 'com.test.badge.MainActivity' })
  badge_class?: string;
}

/** For vivo's devices; what is given wins over `android`. */
export class NotifyVivoDto extends NotifyAndroidDto {
  /** 推送模式: 0 formal (正式推送), 1 test (测试推送). Absent: 0. */
  @ApiProperty({ required: false, type: 'integer', enum: [0, 1], example: 0 })
  push_mode?: number;

  /** 消息类型: 0 marketing (运营类消息), 1 system (系统类消息). Absent: 0. */
  @ApiProperty({ required: false, type: 'integer', enum: [0, 1], example: 1 })
  classification?: number;
}

/** 推送消息体. */
export class NotifyMessageDto {
  /** 消息类型: `text`, `image`, or `cmd` (透传消息), which the application gets and nobody sees. Absent: `text`. */
  @ApiProperty({ required: false, enum: ['text', 'image', 'cmd'], example: 'text' })
  type?: string;

  /** 标题, at most 200 characters. A text needs a title, a body or a big_text. */
  @ApiProperty({ required: false, example: '标题' })
  title?: string;

  /** 内容, at most 4000 characters. A cmd needs a body or an ext. */
  @ApiProperty({ required: false, example: '内容' })
  body?: string;

  /**
   * 附件地址, http(s). Required for an image, and then ends in jpg, jpeg or png. The address of sound or film goes to the application in
   * `ext.attachment_url`. Nothing is fetched from here.
   */
  @ApiProperty({ required: false, example: 'https://example.com/picture.png' })
  attachment_url?: string;

  /** 大文本, at most 4000 characters: shown by vendors that can, in the place of body. */
  @ApiProperty({ required: false, example: '大文本' })
  big_text?: string;

  /** 应用角标: "5" sets it, "+1" adds to it, "0" clears it. Absent or empty: "+1", except for a cmd. */
  @ApiProperty({ required: false, oneOf: TEXT_OR_NUMBER, example: '+1' })
  badge?: string | number;

  /** 扩展字段, a JSON object or a string that holds one. */
  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: true,
    example: { key1: 123, key2: 'value2' },
  })
  ext?: Record<string, unknown>;

  /** 定时展示的开始时间戳, in seconds (above 1e11: milliseconds). Says when it may be seen, not when it is sent. */
  @ApiProperty({ required: false, type: 'integer', format: 'int64', example: 1796090400 })
  show_begin_time?: number;

  /** 定时展示的结束时间戳. What is not sent by then is not sent any more. */
  @ApiProperty({ required: false, type: 'integer', format: 'int64', example: 1796097600 })
  show_end_time?: number;

  /** For Apple's devices, whatever the document's description says. */
  @ApiProperty({ required: false, type: NotifyIosDto })
  ios?: NotifyIosDto;

  /** For all other devices, whatever the document's description says. */
  @ApiProperty({ required: false, type: NotifyAndroidDto })
  android?: NotifyAndroidDto;

  /** huawei厂商额外参数. */
  @ApiProperty({ required: false, type: NotifyHuaweiDto })
  huawei?: NotifyHuaweiDto;

  /** xiaomi厂商额外参数. */
  @ApiProperty({ required: false, type: NotifyAndroidDto })
  xiaomi?: NotifyAndroidDto;

  /** oppo厂商额外参数. */
  @ApiProperty({ required: false, type: NotifyAndroidDto })
  oppo?: NotifyAndroidDto;

  /** vivo厂商额外参数. */
  @ApiProperty({ required: false, type: NotifyVivoDto })
  vivo?: NotifyVivoDto;

  /** 魅族厂商额外参数. */
  @ApiProperty({ required: false, type: NotifyAndroidDto })
  flyme?: NotifyAndroidDto;

  /** fcm厂商额外参数. */
  @ApiProperty({ required: false, type: NotifyAndroidDto })
  fcm?: NotifyAndroidDto;
}
