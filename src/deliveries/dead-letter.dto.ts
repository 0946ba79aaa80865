import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { PageQuery } from '../common/pagination.js';
import { IsTime } from '../messages/api/is-time.js';
import { DeliveryFilterDto } from './delivery-filter.dto.js';

export class DeadLetterQuery extends IntersectionType(PageQuery, DeliveryFilterDto) {}

/** Which dead letters to send again; `message` or `from` is needed. */
export class ReplayDeadLettersDto extends DeliveryFilterDto {
  /**
   * The most deliveries to send again, oldest message first; all when left out.
   * @example 1000
   */
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  @IfGiven()
  @ApiPropertyOptional({ type: 'integer' })
  limit?: number;

  /**
   * A new expiry for the messages, with its zone. Without one, a message that has expired is not sent again, and one that never had an
   * expiry is tried for another 72 hours.
   * @example '2026-12-01T20:00:00+08:00'
   */
  @IsTime()
  @IfGiven()
  expiresAt?: string;
}

/** Deliveries that were left as they are. */
export class SkippedDeliveriesDto {
  /**
   * Why: `message-expired`, `cancelled` (the message), `channel-disabled`, `no-account` (no enabled vendor account takes such addresses),
   * `quarantined` (the address) or `endpoint-deleted`.
   * @example 'quarantined'
   */
  reason: string;

  /**
   * How many.
   * @example 2
   */
  count: number;
}

export class ReplayedDeadLettersDto {
  /**
   * How many are being sent again.
   * @example 998
   */
  replayed: number;

  /** What was left, most frequent first. */
  skipped: SkippedDeliveriesDto[];
}
