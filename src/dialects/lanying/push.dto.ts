import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { NotifyAudienceDto, NotifyMessageDto, NotifySettingDto } from './notify.dto.js';

/** 发推送通知. */
@ApiExtraModels(NotifyAudienceDto)
export class NotifyDto {
  /** 推送目标: "all", or an object with exactly one of tag, alias, user_id and push_token. */
  @ApiProperty({
    oneOf: [{ type: 'string', enum: ['all'] }, { $ref: getSchemaPath(NotifyAudienceDto) }],
    example: { alias: ['alias1', 'alias2'] },
  })
  audience: string | NotifyAudienceDto;

  /** 推送设置. */
  @ApiProperty({ required: false, type: NotifySettingDto })
  setting?: NotifySettingDto;

  /** 推送消息体. */
  @ApiProperty({ type: NotifyMessageDto })
  message: NotifyMessageDto;
}

/** 查询推送统计结果. */
export class TaskDetailRequestDto {
  /** 任务ID列表, at most 500. */
  @ApiProperty({ type: 'array', items: { type: 'integer', format: 'int64' }, example: [1024] })
  list: number[];
}

/** 推送证书: keys an account does not have are null. */
export class CertificateDto {
  /** APP ID. */
  @ApiProperty({ type: String, nullable: true, example: '100000001' })
  app_id: string | null;

  /** APP KEY. */
  @ApiProperty({ type: String, nullable: true, example: null })
  app_key: string | null;

  /** APP SECRET; null where the application's settings say `redactCertificates`. */
  @ApiProperty({ type: String, nullable: true, example: 'secret' })
  app_secret: string | null;

  /** 证书; null where the application's settings say `redactCertificates`. */
  @ApiProperty({ type: String, nullable: true, example: null })
  certificate: string | null;

  /** 证书名称, as devices bind their tokens under it. */
  @ApiProperty({ type: String, nullable: true, example: 'huawei' })
  name: string | null;
}

/** A task. */
export class TaskDto {
  /** 任务ID. */
  @ApiProperty({ type: 'integer', format: 'int64', example: 1024 })
  task_id: number;
}

const counter = (example: number): object => ({ type: 'integer', format: 'int64', example });

/** What became of a task: devices to be reached (target), handed to the channel (sent), known to have it (received). */
export class TaskDetailDto {
  /** APNs通道送达数. */
  @ApiProperty(counter(0))
  apns_received: number;
  /** APNs通道发送数. */
  @ApiProperty(counter(0))
  apns_sent: number;
  /** APNs通道有效目标数. */
  @ApiProperty(counter(0))
  apns_target: number;
  /** FCM通道送达数. */
  @ApiProperty(counter(0))
  fcm_received: number;
  /** FCM通道发送数. */
  @ApiProperty(counter(0))
  fcm_sent: number;
  /** FCM通道有效目标数. */
  @ApiProperty(counter(0))
  fcm_target: number;
  /** 魅族通道送达数. */
  @ApiProperty(counter(0))
  flyme_received: number;
  /** 魅族通道发送数. */
  @ApiProperty(counter(0))
  flyme_sent: number;
  /** 魅族通道有效目标数. */
  @ApiProperty(counter(0))
  flyme_target: number;
  /** 华为通道送达数. */
  @ApiProperty(counter(1))
  huawei_received: number;
  /** 华为通道发送数. */
  @ApiProperty(counter(2))
  huawei_sent: number;
  /** 华为通道有效目标数. */
  @ApiProperty(counter(2))
  huawei_target: number;
  /** 蓝莺通道送达数. */
  @ApiProperty(counter(3))
  mxpush_received: number;
  /** 蓝莺通道发送数. */
  @ApiProperty(counter(3))
  mxpush_sent: number;
  /** 蓝莺通道有效目标数. */
  @ApiProperty(counter(3))
  mxpush_target: number;
  /** oppo通道送达数. */
  @ApiProperty(counter(0))
  oppo_received: number;
  /** oppo通道发送数. */
  @ApiProperty(counter(0))
  oppo_sent: number;
  /** oppo通道有效目标数. */
  @ApiProperty(counter(0))
  oppo_target: number;
  /** vivo通道送达数. */
  @ApiProperty(counter(0))
  vivo_received: number;
  /** vivo通道发送数. */
  @ApiProperty(counter(0))
  vivo_sent: number;
  /** vivo通道有效目标数. */
  @ApiProperty(counter(0))
  vivo_target: number;
  /** 小米通道送达数. */
  @ApiProperty(counter(0))
  xiaomi_received: number;
  /** 小米通道发送数. */
  @ApiProperty(counter(0))
  xiaomi_sent: number;
  /** 小米通道有效目标数. */
  @ApiProperty(counter(0))
  xiaomi_target: number;
  /** 推送任务ID. */
  @ApiProperty(counter(1024))
  task_id: number;
}
