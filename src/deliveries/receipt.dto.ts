import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, Length, MaxLength, ValidateNested } from 'class-validator';
import { type FieldError, InvalidRequest } from '../common/problem.js';
import { IfGiven } from '../common/if-given.js';
import { IsTime } from '../messages/api/is-time.js';
import { parseTime } from '../messages/api/time-with-zone.js';
import type { Receipt } from '../vendors/vendor.js';

const STATUSES = ['delivered', 'read', 'failed', 'address-gone'] as const;

/** What is said of one delivery. */
export class ReceiptDto {
  /**
   * Tidings' reference of the delivery, as it was sent. Give it, or `tag` and `address`.
   * @example '16-1-2s'
   */
  @Length(1, 64)
  @IfGiven()
  reference?: string;

  /**
   * Tag of the message, as a push carried it where the account's setting `tagKey` says so: what an app knows, together with its own
   * token.
   * @example '16-1'
   */
  @Length(1, 24)
  @IfGiven()
  tag?: string;

  /**
   * The address that the message came to, such as the device's token.
   * @example '740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad'
   */
  @Length(1, 4096)
  @IfGiven()
  address?: string;

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

/** @throws InvalidRequest at the receipt that names no delivery, or two */
export function toReceipts({ receipts }: ReceiptsDto, now: Date): Receipt[] {
  const errors: FieldError[] = [];
  const read = receipts.flatMap(({ reference, tag, address, status, code, at }, index): Receipt[] => {
    const said = { status, code, at: at === undefined ? now : (parseTime(at) ?? now) };
    const named = tag !== undefined && address !== undefined;
    if (reference !== undefined && tag === undefined && address === undefined) return [{ reference, ...said }];
    if (reference === undefined && named) return [{ tag, addresses: [address], ...said }];
    errors.push({ path: `receipts[${index}]`, message: 'must have either reference, or tag and address' });
    return [];
  });
  if (errors.length > 0) throw new InvalidRequest(errors);
  return read;
}
