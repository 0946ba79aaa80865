import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { InvalidRequest } from './problem.js';

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Give it back as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
}

export class PageQuery {
  @ApiPropertyOptional({ description: 'Most items to return.', minimum: 1, maximum: 200, default: 50, type: 'integer' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  @IsOptional()
  limit = 50;

  @ApiPropertyOptional({ description: 'The `nextCursor` of the page before.', type: 'string' })
  @IsString()
  @MaxLength(200)
  @IsOptional()
  cursor?: string;
}

/** The id a cursor stands for, or undefined without one. */
export function cursorId(cursor: string | undefined): string | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!/^\d{1,19}$/.test(id)) throw InvalidRequest.at('cursor', 'is not a cursor of this list');
  return id;
}

/** Makes a page of rows fetched with `limit + 1`, so that the last page is known without another query. */
export function pageOf<R, T>(rows: R[], limit: number, idOf: (row: R) => string | number, map: (row: R) => T): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? Buffer.from(String(idOf(last)), 'latin1').toString('base64url') : null;
  return { items: shown.map(map), nextCursor };
}
