import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** A part of a line. */
export class WorkPlusTemplateCellDto {
  /**
   * Words; `{{name.DATA}}` stands for the value that a message gives for `name`.
   * @example '我是第一行:{{data1.DATA}}'
   */
  content: string;

  /**
   * `left`, `center` or `right`.
   * @example 'center'
   */
  @ApiPropertyOptional({ enum: ['left', 'center', 'right'], default: 'left' })
  align: string;
}

/** A button under the lines. */
export class WorkPlusTemplateActionDto {
  /**
   * What stands on it.
   * @example '查看详情'
   */
  name: string;

  /**
   * Where it leads.
   * @example 'https://example.com'
   */
  value: string;
}

const CONTENTS = {
  type: 'array',
  items: { type: 'array', items: { $ref: '#/components/schemas/WorkPlusTemplateCellDto' } },
  example: [[{ content: '我是第一行:{{data1.DATA}}', align: 'center' }]],
} as const;

/** What a template says. */
export class WorkPlusSaveTemplateDto {
  /**
   * 模板标题: heads the message where it has no top_title; at most 200 characters.
   * @example '接口模板2'
   */
  title?: string;

  /**
   * 标签信息: found by `kw`.
   * @example '标签信息'
   */
  tags?: string;

  /**
   * 消息示例.
   * @example '消息示例'
   */
  sample?: string;

  /** 模板动作: buttons, at most 20. */
  @ApiPropertyOptional({ type: [WorkPlusTemplateActionDto] })
  actions?: WorkPlusTemplateActionDto[];

  /** 模板内容: lines, each of cells side by side; at most 200 lines. */
  @ApiProperty(CONTENTS)
  contents: WorkPlusTemplateCellDto[][];
}

/** A template. */
export class WorkPlusTemplateDto {
  /**
   * 模板标识: the template_id of messages.
   * @example '86007b6c-5cd1-4a9d-a5a6-f85ba8fdd03f'
   */
  id: string;

  /**
   * 域标识.
   * @example 'atwork'
   */
  domain_id: string;

  /**
   * 组织标识.
   * @example '85939199-6424-4f28-84d4-fce2aedf0e64'
   */
  org_id: string;

  /**
   * 应用标识 of whoever asks: templates belong to the organisation.
   * @example 'dafc2d03-3991-4de0-91d6-de3135c1fb4f'
   */
  app_id: string;

  /**
   * Always `DEFAULT`.
   * @example 'DEFAULT'
   */
  type: string;

  /**
   * 模板标题; empty when it has none.
   * @example '接口模板2'
   */
  title: string;

  /**
   * 消息示例; empty when it has none.
   * @example '消息示例'
   */
  sample: string;

  /**
   * The same as app_id.
   * @example 'dafc2d03-3991-4de0-91d6-de3135c1fb4f'
   */
  operator: string;

  /**
   * When it was made, in milliseconds.
   * @example 1502336857426
   */
  create_time: number;

  /**
   * When its words last changed, in milliseconds.
   * @example 1502336857426
   */
  refresh_time: number;

  /** 模板动作. */
  @ApiProperty({ type: [WorkPlusTemplateActionDto] })
  actions: WorkPlusTemplateActionDto[];

  /** 模板内容: lines of cells. */
  @ApiProperty(CONTENTS)
  contents: WorkPlusTemplateCellDto[][];

  /**
   * 标签信息; empty when it has none.
   * @example '标签信息'
   */
  tags: string;
}

/** One page of templates. */
export class WorkPlusTemplateListDto {
  /**
   * How many there are on all pages.
   * @example 1
   */
  total_count: number;

  /** The newest first. */
  records: WorkPlusTemplateDto[];
}
