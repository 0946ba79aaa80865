import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, Matches } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { STATISTIC_GROUPS, type StatisticGroup } from './statistics.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NOT_A_DAY = { message: 'must be a day such as 2026-12-01' };

/** Deliveries counted. What is not yet sent, failed or unknown is still on its way. */
export class CountersDto {
  /**
   * How many were to be made.
   * @example 100
   */
  target: number;

  /**
   * How many a vendor took, including those that were delivered and read, or that a receipt called failed later.
   * @example 97
   */
  sent: number;

  /**
   * How many arrived, as the vendor said, including those that were read.
   * @example 90
   */
  delivered: number;

  /**
   * How many were read.
   * @example 40
   */
  read: number;

  /**
   * How many failed for good.
   * @example 3
   */
  failed: number;

  /**
   * How many may or may not have arrived: the vendor's answer was lost, and the channel must not send twice.
   * @example 0
   */
  unknown: number;
}

export class MessageStatisticDto extends CountersDto {
  /**
   * Code of the channel.
   * @example '1001'
   */
  channel: string;

  /**
   * Name of the channel.
   * @example 'SMS'
   */
  channelName: string;

  /**
   * Code of the vendor account; `~` and its id when it was deleted.
   * @example 'sms-main'
   */
  vendorAccount: string;

  /**
   * Name of the vendor account; null when it was deleted.
   * @example 'SMS, main contract'
   */
  vendorAccountName: string | null;
}

export class MessageStatisticsDto {
  /**
   * Id of the message.
   * @example '42'
   */
  messageId: string;

  /** Per channel and vendor account; empty before the message is planned. */
  items: MessageStatisticDto[];

  /** All of them together. */
  total: CountersDto;
}

export class DayStatisticQuery {
  /**
   * First day, UTC.
   * @example '2026-12-01'
   */
  @IsISO8601({ strict: true }, NOT_A_DAY)
  @Matches(DAY, NOT_A_DAY)
  from: string;

  /**
   * Last day, UTC, included; at most 366 days in all.
   * @example '2026-12-31'
   */
  @IsISO8601({ strict: true }, NOT_A_DAY)
  @Matches(DAY, NOT_A_DAY)
  to: string;

  /**
   * What the rows stand for; `vendor` means vendor accounts.
   * @example 'day'
   */
  @IsIn(STATISTIC_GROUPS)
  @IfGiven()
  @ApiPropertyOptional({ enum: STATISTIC_GROUPS, default: 'day' })
  groupBy: StatisticGroup = 'day';
}

export class GroupStatisticDto extends CountersDto {
  /**
   * The day, or the code of the channel, vendor account or template; `~` and the id when that was deleted; null for messages without
   * a template.
   * @example '2026-12-01'
   */
  code: string | null;

  /**
   * The day, or the name; null when it was deleted, and for messages without a template.
   * @example '2026-12-01'
   */
  name: string | null;
}

export class DayStatisticsDto {
  /**
   * What the rows stand for.
   * @example 'day'
   */
  @ApiProperty({ enum: STATISTIC_GROUPS })
  groupBy: StatisticGroup;

  /** Only what something was sent on, through or with; days ascending, others in order of id. */
  items: GroupStatisticDto[];

  /** All of them together. */
  total: CountersDto;
}
