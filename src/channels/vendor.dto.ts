import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ChannelKind } from './channel-kind.js';

const ANY_JSON = {
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'object' },
    { type: 'array', items: {} },
  ],
};

export class VendorSettingDto {
  /**
   * Its name within `settings`.
   * @example 'password'
   */
  name: string;

  /**
   * What kind of value it takes.
   * @example 'string'
   */
  type: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';

  /**
   * What to fill in.
   * @example 'Password of that user.'
   */
  description: string;

  /**
   * Whether an account must have it.
   * @example false
   */
  required: boolean;

  /**
   * Whether it is kept encrypted and never returned.
   * @example true
   */
  sensitive: boolean;

  /** The value it has when left out; absent when there is none. */
  @ApiPropertyOptional(ANY_JSON)
  default?: unknown;

  /** A value to go by; absent when there is none. */
  @ApiPropertyOptional(ANY_JSON)
  example?: unknown;
}

export class VendorCapabilitiesDto {
  /**
   * Most people in one call to the vendor.
   * @example 100
   */
  @ApiProperty({ type: 'integer' })
  batchSize: number;

  /**
   * Calls to one account at once, per process.
   * @example 2
   */
  @ApiProperty({ type: 'integer' })
  concurrency: number;

  /**
   * Whether it can say later that a message was delivered or read.
   * @example false
   */
  receipts: boolean;

  /**
   * Whether a message it accepted is thereby delivered.
   * @example false
   */
  acceptanceIsDelivery: boolean;

  /**
   * Whether it sets the number on an app's icon.
   * @example false
   */
  badge: boolean;

  /**
   * Whether a newer message can replace an older one on the device.
   * @example false
   */
  collapse: boolean;

  /**
   * Whether it takes an expiry.
   * @example false
   */
  ttl: boolean;

  /**
   * What its rate limits count.
   * @example 'recipients'
   */
  paceUnit: 'requests' | 'recipients';
}

/** An outside or built-in service that can carry messages. */
export class VendorDto {
  /**
   * What vendor accounts name it by.
   * @example 'smtp'
   */
  code: string;

  /**
   * Name for people.
   * @example 'E-mail over SMTP'
   */
  name: string;

  /**
   * The kind of channel it serves; `any` serves all.
   * @example 'email'
   */
  kind: ChannelKind | 'any';

  /** What a vendor account holds in its `settings`. */
  settings: VendorSettingDto[];

  /** What it can do. */
  capabilities: VendorCapabilitiesDto;
}

export class VendorPageDto {
  /** Every vendor this server knows. */
  items: VendorDto[];

  /**
   * Always null: all vendors are on one page.
   * @example null
   */
  nextCursor: string | null;
}
