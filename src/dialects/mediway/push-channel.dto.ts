import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { PushDto } from './push.dto.js';

/** 站内信: an in-site message. */
export class InSiteContentDto {
  /** 标题. */
  @ApiProperty({ required: false, example: '发工资了' })
  title?: string;

  /** 内容. HTML is allowed; what could run is removed before it is shown. */
  @ApiProperty({ example: '你好，您的工资已发，请及时查收！' })
  content: string;

  /** 消息详情链接. */
  @ApiProperty({ required: false, example: 'http://xxxx' })
  website?: string;
}

/** 短信模板: a template kept by the SMS vendor. */
export class SmsTemplateDto {
  /** The vendor's template id; may be empty where the vendor needs none. */
  @ApiProperty({ required: false, example: 'T100101' })
  templateId?: string;

  /** Values by variable name: strings, numbers or booleans. They also fill `${name}` in the SMS content. */
  @ApiProperty({ selfRequired: false, type: 'object', additionalProperties: true, example: { code: 1001, time: 5 } })
  paramData?: Record<string, unknown>;
}

/** 短信: templateData, content, or both; the channel's vendor decides which is used. */
export class SmsContentDto {
  /** 短信签名. */
  @ApiProperty({ required: false, example: '东华医为' })
  sign?: string;

  /** 短信模板. */
  @ApiProperty({ required: false, type: SmsTemplateDto })
  templateData?: SmsTemplateDto;

  /** 自定义短信内容. May hold `${name}`, filled from paramData; a missing value is refused. */
  @ApiProperty({ required: false, example: '这是我的第一条短信消息' })
  content?: string;
}

/** 邮件. */
export class EmailContentDto {
  /** 邮件标题. */
  @ApiProperty({ required: false, example: '邮件标题' })
  title?: string;

  /** 邮件内容. HTML is allowed. */
  @ApiProperty({ example: '邮件内容' })
  content: string;
}

/** 发送普通消息: content per channel. */
@ApiExtraModels(InSiteContentDto, SmsContentDto, EmailContentDto)
export class PushChannelDto extends PushDto {
  /**
   * 渠道数据. Content by channel code (渠道编码). Which shape it has follows from the channel's kind as registered. With
   * receiverType `custom` only channels that also stand in receiverData are used.
   */
  @ApiProperty({
    type: 'object',
    additionalProperties: {
      anyOf: [
        { $ref: getSchemaPath(SmsContentDto) },
        { $ref: getSchemaPath(InSiteContentDto) },
        { $ref: getSchemaPath(EmailContentDto) },
      ],
    },
    example: {
      '1001': {
        sign: '东华医为',
        templateData: { templateId: 'T100101', paramData: { code: 1001, time: 5 } },
        content: '这是我的第一条短信消息',
      },
      '1002': { title: '发工资了', content: '你好，您的工资已发，请及时查收！', website: 'http://xxxx' },
      '1003': { title: '邮件标题', content: '邮件内容' },
    },
  })
  channelData: Record<string, unknown>;

  /** 发送优先级. 3 high (高), 2 normal (中), 1 or 0 low (低). Absent: normal. */
  @ApiProperty({ required: false, oneOf: [{ type: 'string' }, { type: 'number' }], example: '2' })
  priority?: string | number;
}
