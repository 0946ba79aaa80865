import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, Length, MaxLength, ValidateNested } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { IsTime } from '../messages/api/is-time.js';
import { parseTime } from '../messages/api/time-with-zone.js';
import type { Receipt } from '../vendors/vendor.js';

const STATUSES = ['delivered', 'read', 'failed', 'address-gone'] as const;

/** What is said of one delivery. */
export class ReceiptDto {
  /**
   * Tidings' reference of the delivery, as it was sent.
   * @example '16-1-2s'
   */
  @Length(1, 64)
  reference: string;

  /**
   * `delivered`: it arrived. `read`: and was read. `failed`: it will not arrive. `address-gone`: nor will anything else to this address,
   * which is quarantined.
   * @example 'delivered'
   */
  @IsIn(STATUSES)
  @ApiProperty({ enum: STATUSES })
  status: (typeof STATUSES)[number];

  /**
   * Why it failed; at most 200 characters.
   * @example 'blocked'
   */
  @MaxLength(200)
  @IfGiven()
  code?: string;

  /**
   * When it happened, with time zone; now when left out, or when it lies ahead.
   * @example '2026-12-01T08:00:00+08:00'
   */
  @IsTime()
  @IfGiven()
  at?: string;
}

export class ReceiptsDto {
  /** At most 10 000; those that name no delivery of the account are ignored. */
  @ArrayMaxSize(10_000)
  @ValidateNested({ each: true })
  @Type(() => ReceiptDto)
  receipts: ReceiptDto[];
}

export function toReceipt({ reference, status, code, at }: ReceiptDto, now: Date): Receipt {
  return { reference, status, code, at: at === undefined ? now : (parseTime(at) ?? now) };
}
