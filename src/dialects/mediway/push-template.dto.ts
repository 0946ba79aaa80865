import { ApiProperty } from '@nestjs/swagger';
import { PushDto } from './push.dto.js';

/** 发送模板消息: a template kept by Tidings, and its variables. */
export class PushTemplateDto extends PushDto {
  /** 消息模板编码. */
  @ApiProperty({ example: 'MSG1001' })
  templateCode: string;

  /**
   * 模板变量数据. Values by variable name. Where every key is a channel code and every value an object, each object holds the
   * variables of that channel. A missing variable is refused, one too many is ignored.
   */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { code: 'Meidcal1001', name: '患者001' } })
  channelParamData: Record<string, unknown>;

  /** 发送优先级. 2 or 3 high, 1 normal, 0 low: not the scale of 发送普通消息. Absent: normal. */
  @ApiProperty({ required: false, oneOf: [{ type: 'string' }, { type: 'number' }], example: '2' })
  priority?: string | number;
}
