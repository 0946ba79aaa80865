import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { CHANNEL_KINDS, type ChannelKind } from '../channels/channel-kind.js';
import { IsCode } from '../common/is-code.js';
import { PageQuery } from '../common/pagination.js';

const REGISTERED_KINDS = CHANNEL_KINDS.filter((kind) => kind !== 'inbox');

/** An address somebody can be reached at. */
export class RegisterEndpointDto {
  /**
   * Code of the person; absent or null: nobody's. A device token moves to whoever registers it last.
   * @example 'USER001'
   */
  @IsOptional()
  @IsCode()
  recipient?: string | null;

  /**
   * Kind of channel that reaches the address. Inboxes come with their recipients and cannot be registered.
   * @example 'push'
   */
  @IsIn(REGISTERED_KINDS)
  kind: ChannelKind;

  /**
   * Device vendor that gave the address out, such as `apns`, `fcm` or `huawei`; empty for phones and mailboxes. At most 32
   * characters.
   * @example 'apns'
   */
  @IsOptional()
  @IsString()
  @MaxLength(32)
  vendor?: string;

  /**
   * Platform of the device, such as `ios` or `android`. At most 32 characters.
   * @example 'ios'
   */
  @IsOptional()
  @IsString()
  @MaxLength(32)
  platform?: string;

  /**
   * The vendor's environment the address belongs to; `production` unless told. At most 32 characters.
   * @example 'production'
   */
  @IsOptional()
  @IsString()
  @Length(1, 32)
  environment?: string;

  /**
   * The device token, phone number (5 to 20 digits, perhaps after `+`; blanks and dashes are taken out), e-mail address, URL or
   * account. At most 2000 bytes.
   * @example '740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad'
   */
  @IsString()
  @Length(1, 2000)
  address: string;

  /**
   * A name for the endpoint, by which messages can be sent to it; others may bear it as well. Kept when left out, dropped when a
   * token moves to another person. At most 128 characters.
   * @example 'work phone'
   */
  @IsOptional()
  @IsString()
  @Length(1, 128)
  alias?: string;
}

/** Why an endpoint shall get nothing any more. */
export class QuarantineEndpointDto {
  /**
   * The reason, for whoever asks later; 1 to 200 characters.
   * @example 'number was given to somebody else'
   */
  @IsString()
  @Length(1, 200)
  reason: string;
}

export class EndpointQuery extends PageQuery {
  /**
   * Code of a recipient: only that person's.
   * @example 'USER001'
   */
  @IsOptional()
  @IsCode()
  recipient?: string;

  /**
   * Only this kind.
   * @example 'sms'
   */
  @IsOptional()
  @IsIn(CHANNEL_KINDS)
  kind?: ChannelKind;

  /**
   * Only active or only quarantined ones.
   * @example 'quarantined'
   */
  @IsOptional()
  @IsIn(['active', 'quarantined'])
  status?: 'active' | 'quarantined';

  /**
   * Only this address, whole; with `kind` it may be spelt as at registration.
   * @example '18660886275'
   */
  @IsOptional()
  @IsString()
  @Length(1, 2000)
  address?: string;
}

/** One address of a recipient on one kind of channel. */
export class EndpointDto {
  /**
   * Its id.
   * @example '4711'
   */
  id: string;

  /**
   * Code of the person; null: nobody's.
   * @example 'USER001'
   */
  recipient: string | null;

  /**
   * Kind of channel that reaches it.
   * @example 'sms'
   */
  kind: ChannelKind;

  /**
   * Device vendor that gave the address out; empty for phones, mailboxes and inboxes.
   * @example ''
   */
  vendor: string;

  /**
   * Platform of the device; may be empty.
   * @example ''
   */
  platform: string;

  /**
   * The vendor's environment.
   * @example 'production'
   */
  environment: string;

  /**
   * The address as messages are sent to it.
   * @example '18660886275'
   */
  address: string;

  /**
   * A name for the endpoint.
   * @example null
   */
  alias: string | null;

  /**
   * A quarantined endpoint gets nothing until it is restored or registered again.
   * @example 'active'
   */
  status: 'active' | 'quarantined';

  /**
   * Why it is in quarantine: a vendor's code or an operator's words.
   * @example null
   */
  quarantineReason: string | null;

  /**
   * Since when it is in quarantine.
   * @example null
   */
  quarantinedAt: Date | null;

  /**
   * When it was first registered.
   * @example '2026-11-30T08:00:00.000Z'
   */
  createdAt: Date;

  /**
   * When it was last registered or changed.
   * @example '2026-11-30T08:00:00.000Z'
   */
  updatedAt: Date;
}

export class EndpointPageDto {
  /** The endpoints, by id. */
  items: EndpointDto[];

  /**
   * `cursor` of the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;
}
