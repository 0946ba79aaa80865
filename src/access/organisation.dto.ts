import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsLocale, IsString, IsTimeZone, Length, Matches, MaxLength } from 'class-validator';
import { IsCode } from '../common/is-code.js';
import { IfGiven } from '../common/if-given.js';
import type { Organisation } from './organisation.entity.js';

/** Intl accepts offsets such as `+08:00` as zones; Postgres reads their sign the other way round. */
const NAMED_ZONE = /^[A-Za-z]/;
const NOT_A_ZONE = { message: 'must be an IANA time zone such as Asia/Shanghai' };
const NOT_A_LOCALE = { message: 'must be a BCP 47 language tag such as zh-CN' };

/** What may be changed of an organisation; a field left out stays as it is. */
export class UpdateOrganisationDto {
  /**
   * For people; 1 to 200 characters.
   * @example 'Acme Health'
   */
  @Length(1, 200)
  @IsString()
  @IfGiven()
  name?: string;

  /**
   * Language of people who have none of their own, and the last one tried when a template is rendered: a BCP 47 tag, at most 35 characters.
   * @example 'zh-CN'
   */
  @MaxLength(35)
  @Matches(/^[A-Za-z0-9-]+$/, NOT_A_LOCALE)
  @IsLocale(NOT_A_LOCALE)
  @IfGiven()
  locale?: string;

  /**
   * IANA time zone of people who have none of their own, and of days and schedules.
   * @example 'Asia/Shanghai'
   */
  @Matches(NAMED_ZONE, NOT_A_ZONE)
  @IsTimeZone(NOT_A_ZONE)
  @IfGiven()
  timeZone?: string;

  /**
   * When false, none of its applications gets in any more, within 2 seconds, and the admin key cannot act in it either.
   * @example true
   */
  @IsBoolean()
  @IfGiven()
  enabled?: boolean;
}

/** A new organisation. */
export class CreateOrganisationDto {
  /**
   * What callers name it by; unique in the installation, never changed. 1 to 64 characters.
   * @example 'acme'
   */
  @IsCode()
  code: string;

  /**
   * For people; 1 to 200 characters.
   * @example 'Acme Health'
   */
  @Length(1, 200)
  @IsString()
  name: string;

  /**
   * Language of people who have none of their own, and the last one tried when a template is rendered: a BCP 47 tag, at most 35 characters.
   * @example 'zh-CN'
   */
  @MaxLength(35)
  @Matches(/^[A-Za-z0-9-]+$/, NOT_A_LOCALE)
  @IsLocale(NOT_A_LOCALE)
  @IfGiven()
  @ApiPropertyOptional()
  locale: string = 'zh-CN';

  /**
   * IANA time zone of people who have none of their own, and of days and schedules.
   * @example 'Asia/Shanghai'
   */
  @Matches(NAMED_ZONE, NOT_A_ZONE)
  @IsTimeZone(NOT_A_ZONE)
  @IfGiven()
  @ApiPropertyOptional()
  timeZone: string = 'Asia/Shanghai';

  /**
   * Whether its applications may get in.
   * @example true
   */
  @IsBoolean()
  @IfGiven()
  @ApiPropertyOptional()
  enabled: boolean = true;
}

/** An organisation: owns people, channels, templates and vendor accounts, kept apart from all others. */
export class OrganisationDto {
  /**
   * Given by Tidings.
   * @example '1'
   */
  id: string;

  /**
   * What callers name it by.
   * @example 'acme'
   */
  code: string;

  /**
   * For people.
   * @example 'Acme Health'
   */
  name: string;

  /**
   * Language of people who have none of their own: a BCP 47 tag.
   * @example 'zh-CN'
   */
  locale: string;

  /**
   * IANA time zone of people who have none of their own.
   * @example 'Asia/Shanghai'
   */
  timeZone: string;

  /**
   * Whether its applications may get in.
   * @example true
   */
  enabled: boolean;

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

/** One page of organisations. */
export class OrganisationPageDto {
  /** By id, ascending. */
  items: OrganisationDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example 'NTA'
   */
  nextCursor: string | null;
}

export function toOrganisationDto(organisation: Organisation): OrganisationDto {
  const { id, code, name, locale, timeZone, enabled, createdAt, updatedAt } = organisation;
  return { id: String(id), code, name, locale, timeZone, enabled, createdAt, updatedAt };
}
