import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';
import { IfGiven } from '../../common/if-given.js';
import { IsTimeZone } from '../../common/is-time-zone.js';

/**
 * The limits of a vendor account. They count requests or recipients, as the vendor's `capabilities.paceUnit` says, and hold over
 * all processes together. At least one of `perSecond` and `perDay` must be given.
 */
export class PaceDto {
  /**
   * At most so many per second, 0.001 to 1 000 000; null or absent: no limit. One call may hold a second's worth.
   * @example 100
   */
  @IsOptional()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0.001)
  @Max(1_000_000)
  perSecond?: number | null;

  /**
   * At most so many per day, 1 to 2 000 000 000; null or absent: no limit. What does not fit goes to the next account of the
   * route, or waits for the next day.
   * @example 500000
   */
  @ApiProperty({ type: 'integer', nullable: true, required: false })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  perDay?: number | null;

  /**
   * IANA time zone whose midnight begins the day of `perDay`. `Asia/Shanghai` unless given.
   * @example 'Asia/Shanghai'
   */
  @IfGiven()
  @IsTimeZone()
  timeZone?: string;

  /**
   * Share of `perSecond`, 0 to 1, that messages of priority `high` get at once, however many others are waiting; what they do not
   * use goes to the others. 0.2 unless given.
   * @example 0.2
   */
  @IfGiven()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0)
  @Max(1)
  urgentShare?: number;
}
