import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven } from '../../common/if-given.js';
import { IsCode } from '../../common/is-code.js';
import { PageQuery } from '../../common/pagination.js';
import { ALERT_KINDS, type AlertKind } from './alert.entity.js';

export class AlertQuery extends PageQuery {
  /**
   * Code of a vendor account: only its alerts.
   * @example 'aliyun-sms'
   */
  @IfGiven()
  @IsCode()
  vendorAccount?: string;

  /**
   * Only this kind.
   * @example 'account-trouble'
   */
  @IfGiven()
  @IsIn(ALERT_KINDS)
  @ApiPropertyOptional({ enum: ALERT_KINDS })
  kind?: AlertKind;
}

/** Something of a vendor account that a person should know of. */
export class AlertDto {
  /**
   * Number of the alert; newer ones have greater numbers.
   * @example '17'
   */
  id: string;

  /** When it happened. */
  at: Date;

  /**
   * `account-trouble`: the account rests, because the vendor refuses it, its quota is spent or it cannot be reached. `account-works`: it
   * works again. `verify-failed`: somebody tried it and it failed. `addresses-held`: most addresses of a time were called dead, so none
   * was quarantined. `unreadable`: its secrets cannot be decrypted.
   * @example 'account-trouble'
   */
  @ApiProperty({ enum: ALERT_KINDS })
  kind: AlertKind;

  /**
   * Code of the vendor account.
   * @example 'aliyun-sms'
   */
  vendorAccount: string;

  /**
   * The vendor's code, or what the trouble is called.
   * @example 'SignatureDoesNotMatch'
   */
  code: string;

  /**
   * What the vendor said, or what to do; at most 500 characters.
   * @example 'Specified signature is not matched with our calculation.'
   */
  detail: string;
}

export class AlertPageDto {
  /** The alerts, newest first. */
  items: AlertDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;
}
