import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsTime } from './is-time.js';

/** A message that will not be sent any further. */
export class CancelledMessageDto {
  /**
   * The message's id.
   * @example '42'
   */
  id: string;

  /**
   * Always `cancelled`.
   * @example 'cancelled'
   */
  state: 'cancelled';

  /**
   * Endpoints that were planned and are not sent to any more. People for whom nothing had been planned yet are not among them, nor
   * is what is being handed to a vendor at this moment.
   * @example 950000
   */
  @ApiProperty({ type: 'integer' })
  unsent: number;
}

/** A new time for a message that still waits for its old one. */
export class RescheduleMessageDto {
  /**
   * When to send, in the future and at most one year ahead; ISO 8601 with its zone.
   * @example '2026-12-01T09:00:00+08:00'
   */
  @IsTime()
  sendAt: string;

  /**
   * A new expiry, after `sendAt`; null: none. Left out: stays as it is, and must be after the new `sendAt`.
   * @example '2026-12-02T09:00:00+08:00'
   */
  @IsOptional()
  @IsTime()
  @ApiPropertyOptional({ type: 'string', format: 'date-time', nullable: true })
  expiresAt?: string | null;
}
