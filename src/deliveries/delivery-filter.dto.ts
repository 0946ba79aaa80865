import { IsISO8601, IsString, Length, Matches } from 'class-validator';
import { IfGiven } from '../common/if-given.js';

const ID = /^[1-9]\d{0,17}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NOT_A_DAY = { message: 'must be a day such as 2026-12-01' };

/** Which deliveries are meant; every condition given must hold. */
export class DeliveryFilterDto {
  /**
   * Id of the message.
   * @example '42'
   */
  @Matches(ID, { message: 'must be an id' })
  @IfGiven()
  message?: string;

  /**
   * Only deliveries on the channel of this code.
   * @example '1001'
   */
  @IsString()
  @Length(1, 64)
  @IfGiven()
  channel?: string;

  /**
   * Only deliveries last tried through this vendor account: its code, or `~` and its id.
   * @example 'sms-main'
   */
  @IsString()
  @Length(1, 64)
  @IfGiven()
  account?: string;

  /**
   * Only deliveries whose reason begins like this, to the letter.
   * @example 'gave-up: timeout'
   */
  @IsString()
  @Length(1, 200)
  @IfGiven()
  reason?: string;

  /**
   * First UTC day on which the sending of the messages began. Left out, without `message`: 30 days before `to`.
   * @example '2026-12-01'
   */
  @IsISO8601({ strict: true }, NOT_A_DAY)
  @Matches(DAY, NOT_A_DAY)
  @IfGiven()
  from?: string;

  /**
   * Last such day, included; without `message` at most 31 days in all, and left out: today, or the 31st day from `from`.
   * @example '2026-12-31'
   */
  @IsISO8601({ strict: true }, NOT_A_DAY)
  @Matches(DAY, NOT_A_DAY)
  @IfGiven()
  to?: string;
}
