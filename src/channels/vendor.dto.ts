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

/** A value that is given for a vendor. */
export class VendorFieldDto {
  /**
   * Its name.
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

  /** The only values it takes; absent: any that fit. */
  @ApiPropertyOptional({ type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'number' }] } })
  values?: (string | number)[];

  /** Least: of a number its value, of a string its characters. Absent: none. */
  @ApiPropertyOptional({ type: 'number' })
  min?: number;

  /** Most, likewise. */
  @ApiPropertyOptional({ type: 'number' })
  max?: number;

  /** The value it has when left out; absent when there is none. */
  @ApiPropertyOptional(ANY_JSON)
  default?: unknown;

  /** A value to go by; absent when there is none. */
  @ApiPropertyOptional(ANY_JSON)
  example?: unknown;
}

/** What an account holds under this name in its `settings`. */
export class VendorSettingDto extends VendorFieldDto {
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
}

export class VendorTtlDto {
  /**
   * Least, in seconds.
   * @example 60
   */
  @ApiProperty({ type: 'integer' })
  min: number;

  /**
   * Most, in seconds.
   * @example 604800
   */
  @ApiProperty({ type: 'integer' })
  max: number;
}

export class VendorCapabilitiesDto {
  /**
   * Most people in one call to the vendor.
   * @example 100
   */
  @ApiProperty({ type: 'integer' })
  batchSize: number;

  /**
   * Most people in one request on the wire; for a larger call several are made.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  requestSize: number;

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
   * How it changes the number on an app's icon: to a number (`set`), by a number (`add`).
   * @example ['set']
   */
  @ApiProperty({ enum: ['set', 'add'], isArray: true })
  badge: ('set' | 'add')[];

  /**
   * Its name of the key by which a newer message takes the place of an older one; null: it cannot.
   * @example 'apns-collapse-id'
   */
  @ApiProperty({ type: 'string', nullable: true })
  collapse: string | null;

  /** How long it keeps a message for a device that is away; null: no limit can be given. */
  @ApiProperty({ type: VendorTtlDto, nullable: true })
  ttl: VendorTtlDto | null;

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

  /**
   * The device vendor (`vendor` of an endpoint) whose devices its accounts reach; null: any, or it reaches no devices.
   * @example null
   */
  serves: string | null;

  /** What a message, a template or a channel may ask of it alone, in `options.push.vendors.<code>`, besides what its platform takes. */
  options: VendorFieldDto[];

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
