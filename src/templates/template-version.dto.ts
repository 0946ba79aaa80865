import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { IsSettings } from '../access/is-settings.js';
import { IfGiven } from '../common/if-given.js';
import type { Content } from '../channels/channel-kind.js';
import { TemplateVariableDto } from './template-variable.dto.js';

const VERSION_STATES = ['draft', 'published', 'archived'] as const;

/** OpenAPI of content by kind of channel, then by locale. */
export const CONTENTS = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: true },
  },
} as const;

/** The text of a version. */
export class SaveTemplateVersionDto {
  /**
   * What to say, by kind of channel (`inbox`, `sms`, `email`, `push`, `im`, `chat`, `webhook`), then by locale (BCP 47). Fields of a content
   * as in a message of that kind: `title`, `text`, `html`, `url`, `sign`, `vendorTemplate`, `ext`. Texts may hold `${name}`, `{{ name }}` with
   * filters and the tags `if`, `unless`, `case`, `for`, `assign`; `${recipient.name}` is the person. At most 256 KiB as JSON.
   * @example { "sms": { "zh-CN": { "text": "您好 ${name}", "sign": "Tidings" } }, "inbox": { "zh-CN": { "title": "通知", "html": "<p>您好 ${name}</p>" } } }
   */
  @IsObject({ message: 'must be an object' })
  @ApiProperty(CONTENTS)
  contents: Record<string, unknown>;

  /**
   * The variables of the texts, at most 100 and 16 KiB as JSON. Left out, they are derived from the texts: all required, and strings
   * (objects where a part such as `order.id` is used, arrays where a `for` loop runs over them).
   * @example [{ "name": "name", "type": "string", "required": true }]
   */
  @ValidateNested({ each: true })
  @IsObject({ each: true, message: 'must be a list of objects' })
  @ArrayMaxSize(100)
  @IsArray()
  @Type(() => TemplateVariableDto)
  @IfGiven()
  @ApiPropertyOptional()
  variables?: TemplateVariableDto[];

  /**
   * What messages of it ask of vendors unless they say otherwise: `push` as in the options of a message, such as the category that a
   * vendor demands. They win over those of the channel. At most 16 KiB of JSON.
   * @example { "push": { "vendors": { "huawei": { "category": "HEALTH" } } } }
   */
  @IsSettings()
  @IfGiven()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  options?: Record<string, unknown>;
}

/** A version of a template, without its text. */
export class TemplateVersionSummaryDto {
  /**
   * Counts up from 1 within the template.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  version: number;

  /**
   * A `draft` can be changed; the `published` one is what messages use; an `archived` one is neither.
   * @example 'published'
   */
  @ApiProperty({ enum: VERSION_STATES })
  state: 'draft' | 'published' | 'archived';

  /**
   * When it was created.
   * @example '2026-12-01T00:00:00.000Z'
   */
  createdAt: Date;

  /**
   * When its text or its state was last changed.
   * @example '2026-12-01T00:00:00.000Z'
   */
  updatedAt: Date;

  /**
   * When it was last published; null if never.
   * @example '2026-12-01T00:00:00.000Z'
   */
  publishedAt: Date | null;
}

/** A version of a template. */
export class TemplateVersionDto extends TemplateVersionSummaryDto {
  /**
   * What it says, by kind of channel, then by locale in its canonical spelling.
   * @example { "sms": { "zh-CN": { "text": "您好 ${name}", "sign": "Tidings" } } }
   */
  @ApiProperty(CONTENTS)
  contents: Partial<Record<string, Record<string, Content>>>;

  /** The variables it declares. */
  variables: TemplateVariableDto[];

  /**
   * What its messages ask of vendors unless they say otherwise.
   * @example { "push": { "vendors": { "huawei": { "category": "HEALTH" } } } }
   */
  @ApiProperty({ type: 'object', additionalProperties: true })
  options: Record<string, unknown>;

  /**
   * Of a draft: names its texts use and `variables` lacks; it cannot be published before they are declared.
   * @example ["amount"]
   */
  undeclared: string[];
}

/** One page of a template's versions. */
export class TemplateVersionPageDto {
  /** By version, ascending. */
  items: TemplateVersionSummaryDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example 'NTA'
   */
  nextCursor: string | null;
}
