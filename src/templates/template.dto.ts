import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, MaxLength } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { IsCode } from '../common/is-code.js';
import { PageQuery } from '../common/pagination.js';
import { SaveTemplateVersionDto, TemplateVersionDto, TemplateVersionSummaryDto } from './template-version.dto.js';

const TEMPLATE_STATES = ['published', 'draft', 'archived'] as const;

export class TemplateQuery extends PageQuery {
  /**
   * Only templates whose code starts with this.
   * @example 'MSG'
   */
  @MaxLength(64)
  @IsString()
  @IfGiven()
  code?: string;

  /**
   * Only templates in this state.
   * @example 'published'
   */
  @IsIn(TEMPLATE_STATES)
  @IfGiven()
  @ApiPropertyOptional({ enum: TEMPLATE_STATES })
  state?: 'published' | 'draft' | 'archived';
}

/** A new template; its text becomes version 1, a draft. */
export class CreateTemplateDto extends SaveTemplateVersionDto {
  /**
   * What messages call it by; unique in the organisation, never changed. 1 to 64 characters.
   * @example 'MSG1001'
   */
  @IsCode()
  code: string;

  /**
   * For people; 1 to 200 characters.
   * @example 'Order shipped'
   */
  @Length(1, 200)
  @IsString()
  name: string;

  /**
   * Category of the messages made from it that state none: a free word of 1 to 64 characters.
   * @example 'notice'
   */
  @Length(1, 64)
  @IsString()
  @IfGiven()
  @ApiPropertyOptional()
  category: string = 'notice';
}

/** What may be changed of a template; a field left out stays as it is. Its text is changed by a new version. */
export class UpdateTemplateDto {
  /**
   * For people; 1 to 200 characters.
   * @example 'Order shipped'
   */
  @Length(1, 200)
  @IsString()
  @IfGiven()
  name?: string;

  /**
   * Category of the messages made from it that state none: a free word of 1 to 64 characters.
   * @example 'notice'
   */
  @Length(1, 64)
  @IsString()
  @IfGiven()
  category?: string;
}

/** A template: a code under which versions of a text are kept. */
export class TemplateDto {
  /**
   * Given by Tidings.
   * @example '1'
   */
  id: string;

  /**
   * What messages call it by.
   * @example 'MSG1001'
   */
  code: string;

  /**
   * For people.
   * @example 'Order shipped'
   */
  name: string;

  /**
   * Category of the messages made from it that state none.
   * @example 'notice'
   */
  category: string;

  /**
   * `published` when messages can use it, else `draft` when a draft waits, else `archived`.
   * @example 'published'
   */
  @ApiProperty({ enum: TEMPLATE_STATES })
  state: 'published' | 'draft' | 'archived';

  /**
   * The version messages use; null without one.
   * @example 1
   */
  @ApiProperty({ type: 'integer', nullable: true })
  publishedVersion: number | null;

  /**
   * The version being worked on; null without one.
   * @example 2
   */
  @ApiProperty({ type: 'integer', nullable: true })
  draftVersion: number | null;

  /**
   * When it was created.
   * @example '2026-12-01T00:00:00.000Z'
   */
  createdAt: Date;

  /**
   * When its name or category was last changed.
   * @example '2026-12-01T00:00:00.000Z'
   */
  updatedAt: Date;
}

/** A template with its versions. */
export class TemplateDetailDto extends TemplateDto {
  /** The version messages use; null without one. */
  published: TemplateVersionDto | null;

  /** The version being worked on; null without one. */
  draft: TemplateVersionDto | null;

  /** The newest 100 versions, newest first. */
  versions: TemplateVersionSummaryDto[];
}

/** One page of templates. */
export class TemplatePageDto {
  /** By id, ascending. */
  items: TemplateDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example 'NTA'
   */
  nextCursor: string | null;
}
