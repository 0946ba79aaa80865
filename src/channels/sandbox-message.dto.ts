import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../common/pagination.js';
import type { Content } from './channel-kind.js';

export class SandboxMessageQuery extends PageQuery {
  /**
   * Only what went to exactly this address.
   * @example '18660886275'
   */
  @IsOptional()
  @IsString()
  @MaxLength(4096)
  address?: string;
}

/** What a sandbox account took for one person. */
export class SandboxMessageDto {
  /**
   * Number of this item; newer ones have greater numbers.
   * @example '170001'
   */
  id: string;

  /**
   * The phone number, mail address, device token or account it was for.
   * @example '18660886275'
   */
  address: string;

  /**
   * What the sandbox made of it: `accepted`, or the failure its settings script.
   * @example 'accepted'
   */
  status: string;

  /**
   * Code of the failure; null when accepted.
   * @example null
   */
  code: string | null;

  /** Tidings' reference of the delivery. */
  reference: string;

  /**
   * 1 for the first try.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  attempt: number;

  /**
   * The words as this person got them.
   * @example { "text": "Your code is 1234", "sign": "Example" }
   */
  content: Content;

  /** When it was sent. */
  at: Date;
}

export class SandboxMessagePageDto {
  /** What was sent, newest first. */
  items: SandboxMessageDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;
}
