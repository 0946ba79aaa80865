import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsOptional, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { IsCode } from '../common/is-code.js';
import { PaceDto } from './pacing/pace.dto.js';

const ENVIRONMENTS = ['production', 'development'] as const;

export class UpdateVendorAccountDto {
  /**
   * Name for people, 1 to 200 characters. A new account without one is named after its code.
   * @example 'Mail server of the head office'
   */
  @IfGiven()
  @IsString()
  @Length(1, 200)
  name?: string;

  /**
   * Which of the vendor's environments the credentials are for; device tokens are sent only through accounts of their own
   * environment. A new account is for production.
   * @example 'production'
   */
  @IfGiven()
  @IsIn(ENVIRONMENTS)
  environment?: 'production' | 'development';

  /**
   * Code of the device vendor whose endpoints this account takes, at most 64 characters; empty: any. A new account takes those of its
   * own vendor, where that is a device vendor, and otherwise any.
   * @example 'huawei'
   */
  @IfGiven()
  @IsString()
  @MaxLength(64)
  serves?: string;

  /**
   * Whether it is sent through; a channel passes over its disabled accounts. New accounts are enabled.
   * @example true
   */
  @IfGiven()
  @IsBoolean()
  enabled?: boolean;

  /**
   * The vendor's settings, as `GET /api/v1/vendors` describes them; at most 64 KiB of JSON. In a change, only those given are
   * changed and null takes one away, so secrets need not be sent again.
   * @example { "host": "smtp.example.com", "from": "Example Ltd <news@example.com>", "user": "news", "password": "secret" }
   */
  @IfGiven()
  @IsObject()
  settings?: Record<string, unknown>;

  /**
   * What may be sent through it at most; a change replaces the whole of it, and null means no limit. A new account without one has none
   * either, except with vendors that punish haste (chat robots), whose usual measure it gets.
   * @example { "perSecond": 100, "perDay": 500000 }
   */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PaceDto)
  pace?: PaceDto | null;
}

export class CreateVendorAccountDto extends UpdateVendorAccountDto {
  /**
   * What routes name it by; cannot be changed later.
   * @example 'head-office-mail'
   */
  @IsCode()
  code: string;

  /**
   * Code of the vendor; cannot be changed later.
   * @example 'smtp'
   */
  @IsString()
  @Length(1, 64)
  vendor: string;
}

export class VendorAccountDto {
  /**
   * Number of the account.
   * @example '7'
   */
  id: string;

  /**
   * What routes name it by.
   * @example 'head-office-mail'
   */
  code: string;

  /**
   * Name for people.
   * @example 'Mail server of the head office'
   */
  name: string;

  /**
   * Code of the vendor.
   * @example 'smtp'
   */
  vendor: string;

  /**
   * Which of the vendor's environments the credentials are for.
   * @example 'production'
   */
  environment: string;

  /**
   * Code of the device vendor whose endpoints it takes; empty: any.
   * @example ''
   */
  serves: string;

  /**
   * Whether it is sent through.
   * @example true
   */
  enabled: boolean;

  /**
   * The settings that are not secret, with the vendor's defaults filled in.
   * @example { "host": "smtp.example.com", "from": "Example Ltd <news@example.com>", "user": "news" }
   */
  settings: Record<string, unknown>;

  /**
   * Names of the secret settings that are set; their values are never returned.
   * @example ['password']
   */
  secrets: string[];

  /**
   * Where the vendor is to post receipts; keep it secret, as nothing else protects it with most vendors. Without PUBLIC_URL it begins
   * with the path on this server. Null when the secret cannot be read.
   * @example 'https://push.example.com/api/v1/receipts/1-7/2T1eRG…'
   */
  receiptUrl: string | null;

  /**
   * What may be sent through it at most; null: no limit.
   * @example { "perSecond": 100, "perDay": 500000, "timeZone": "Asia/Shanghai", "urgentShare": 0.2 }
   */
  pace: PaceDto | null;

  /**
   * Trouble of the whole account: `credentials`, `quota`, `throttled` or `unreachable` as the vendor said while sending, or as five
   * calls that failed in a row did (`unreachable`), or `verify-failed`; null when fine.
   * @example null
   */
  problem: string | null;

  /**
   * What the vendor said of it; null when fine.
   * @example null
   */
  problemDetail: string | null;

  /**
   * Until when it is left alone because of the problem; null when it is not. From then on one call at a time tries whether it works
   * again; until one succeeds, the others wait or go to the next account of their route, and each failure makes the pause longer.
   * @example null
   */
  pausedUntil: Date | null;

  /** When it was made. */
  createdAt: Date;

  /** When it was last changed. */
  updatedAt: Date;
}

export class VendorAccountPageDto {
  /** The accounts, in order of id. */
  items: VendorAccountDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;
}

/** What came of trying an account. */
export class VerificationDto {
  /**
   * Whether the account can be used.
   * @example true
   */
  ok: boolean;

  /**
   * What was tried and what came of it.
   * @example 'smtp.example.com:587 accepted the sign-in.'
   */
  detail: string;
}
