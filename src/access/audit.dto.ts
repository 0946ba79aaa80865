import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../common/pagination.js';
import type { AuditEntry } from './audit-entry.entity.js';

/** Which entries of the audit to list. */
export class AuditQuery extends PageQuery {
  /**
   * Only changes of this one: `admin`, or `application:` and its code. At most 100 characters.
   * @example 'application:clinic'
   */
  @MaxLength(100)
  @IsString()
  @IsOptional()
  actor?: string;

  /**
   * Only changes whose path starts with this. At most 500 characters.
   * @example '/api/v1/applications'
   */
  @MaxLength(500)
  @IsString()
  @IsOptional()
  path?: string;
}

/** One change that somebody made. */
export class AuditEntryDto {
  /**
   * Given by Tidings.
   * @example '42'
   */
  id: string;

  /**
   * When it was made.
   * @example '2026-12-01T00:00:00.000Z'
   */
  at: Date;

  /**
   * Who made it: `admin`, or `application:` and its code.
   * @example 'admin'
   */
  actor: string;

  /**
   * HTTP method.
   * @example 'PATCH'
   */
  method: string;

  /**
   * Path as it was called, without the query.
   * @example '/api/v1/applications/clinic'
   */
  path: string;

  /**
   * HTTP status it was answered with.
   * @example 200
   */
  @ApiProperty({ type: 'integer' })
  status: number;

  /**
   * Body of the request, its sensitive values replaced by `[redacted]`; null without a JSON body. One above 8 KiB becomes
   * `{ "cut": <its beginning as text>, "bytes": <its whole length> }`.
   * @example { "enabled": false }
   */
  @ApiProperty({ nullable: true, additionalProperties: true, type: 'object' })
  request: unknown;

  /**
   * IP address it came from.
   * @example '10.1.0.7'
   */
  address: string | null;
}

/** One page of the audit. */
export class AuditPageDto {
  /** Newest first. */
  items: AuditEntryDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example 'NDI'
   */
  nextCursor: string | null;
}

export function toAuditEntryDto(entry: AuditEntry): AuditEntryDto {
  const { id, at, actor, method, path, status, request, address } = entry;
  return { id, at, actor, method, path, status, request, address };
}
