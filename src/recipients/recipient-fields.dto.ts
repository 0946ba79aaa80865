import { IsBoolean, IsOptional, IsString, Length, Matches } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { IsAddress } from './is-address.js';
import { IsAttributes } from './is-attributes.js';
import { IsTimeZone } from '../common/is-time-zone.js';

/** What can be said of a person in every request that makes or changes one. */
export class RecipientFieldsDto {
  /**
   * Language tag that picks the wording of messages; null or absent: the organisation's.
   * @example 'zh-CN'
   */
  @IsOptional()
  @IsString()
  @Length(2, 35)
  @Matches(/^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*$/, { message: 'must be a language tag, such as "zh-CN"' })
  locale?: string | null;

  /**
   * IANA time zone, for times in messages.
   * @example 'Asia/Shanghai'
   */
  @IsOptional()
  @IsTimeZone()
  timeZone?: string | null;

  /**
   * A second name for the person, unique in the organisation, 1 to 128 characters; callers of the WorkPlus API use it.
   * @example 'c0ffee01'
   */
  @IsOptional()
  @IsString()
  @Length(1, 128)
  clientId?: string | null;

  /**
   * Anything else templates may use of the person, a JSON object of at most 16 KiB; replaced as a whole.
   * @example { "title": "Dr." }
   */
  @IfGiven()
  @IsAttributes()
  attributes?: Record<string, unknown>;

  /**
   * Whether messages reach the person at all; true unless told.
   * @example true
   */
  @IfGiven()
  @IsBoolean()
  enabled?: boolean;

  /**
   * Phone number, 5 to 20 digits, perhaps after `+`; blanks and dashes are taken out. Registers it as an SMS endpoint of the
   * person; endpoints that exist stay. Null is the same as absent.
   * @example '18660886275'
   */
  @IsOptional()
  @IsAddress('sms')
  phone?: string | null;

  /**
   * E-mail address; registers it as an e-mail endpoint of the person; endpoints that exist stay. Null is the same as absent.
   * @example 'zhang.wei@example.com'
   */
  @IsOptional()
  @IsAddress('email')
  email?: string | null;
}
