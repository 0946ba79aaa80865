import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsString, Length } from 'class-validator';
import { IsCode } from '../common/is-code.js';
import type { Application } from './application.entity.js';
import { IfGiven } from '../common/if-given.js';
import { IsSettings } from './is-settings.js';

/** What may be changed of an application; a field left out stays as it is. */
export class UpdateApplicationDto {
  /**
   * For people; 1 to 200 characters.
   * @example 'Outpatient clinic'
   */
  @Length(1, 200)
  @IsString()
  @IfGiven()
  name?: string;

  /**
   * When false, none of its credentials works any more, within 2 seconds.
   * @example true
   */
  @IsBoolean()
  @IfGiven()
  enabled?: boolean;

  /**
   * How it is treated, above all by the dialects: one object per dialect (`mediway`, `mobileark`, `workplus`, `lanying`), described with
   * that dialect. Replaces the settings as a whole. At most 16 KiB as JSON. Not for secrets: those are credentials.
   * @example { "mediway": { "auth": "token", "timeZone": "Asia/Shanghai" } }
   */
  @IsSettings()
  @IfGiven()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  settings?: Record<string, unknown>;
}

/** A new application. */
export class CreateApplicationDto {
  /**
   * What it is called by; unique in the organisation, never changed. 1 to 64 characters.
   * @example 'clinic'
   */
  @IsCode()
  code: string;

  /**
   * For people; 1 to 200 characters.
   * @example 'Outpatient clinic'
   */
  @Length(1, 200)
  @IsString()
  name: string;

  /**
   * Whether its credentials work.
   * @example true
   */
  @IsBoolean()
  @IfGiven()
  @ApiPropertyOptional()
  enabled: boolean = true;

  /**
   * How it is treated, above all by the dialects: one object per dialect (`mediway`, `mobileark`, `workplus`, `lanying`), described with
   * that dialect. At most 16 KiB as JSON. Not for secrets: those are credentials.
   * @example { "mediway": { "auth": "token", "timeZone": "Asia/Shanghai" } }
   */
  @IsSettings()
  @IfGiven()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  settings: Record<string, unknown> = {};
}

/** An application: a caller inside an organisation. */
export class ApplicationDto {
  /**
   * Given by Tidings.
   * @example '1'
   */
  id: string;

  /**
   * What it is called by.
   * @example 'clinic'
   */
  code: string;

  /**
   * For people.
   * @example 'Outpatient clinic'
   */
  name: string;

  /**
   * Whether its credentials work.
   * @example true
   */
  enabled: boolean;

  /**
   * How it is treated, one object per dialect.
   * @example { "mediway": { "auth": "token", "timeZone": "Asia/Shanghai" } }
   */
  @ApiProperty({ type: 'object', additionalProperties: true })
  settings: Record<string, unknown>;

  /**
   * When it was created.
   * @example '2026-12-01T00:00:00.000Z'
   */
  createdAt: Date;

  /**
   * When it was last changed.
   * @example '2026-12-01T00:00:00.000Z'
   */
  updatedAt: Date;
}

/** One page of applications. */
export class ApplicationPageDto {
  /** By id, ascending. */
  items: ApplicationDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example 'NTA'
   */
  nextCursor: string | null;
}

export function toApplicationDto(application: Application): ApplicationDto {
  const { id, code, name, enabled, settings, createdAt, updatedAt } = application;
  return { id: String(id), code, name, enabled, settings, createdAt, updatedAt };
}
