import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsIn,
  IsISO8601,
  IsObject,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { IsCode } from '../common/is-code.js';
import { PageQuery } from '../common/pagination.js';
import { deliveryReference } from '../messages/reference.js';
import { IsTime } from '../messages/api/is-time.js';
import { SkippedDeliveriesDto } from './dead-letter.dto.js';
import { DELIVERY_STATES, type DeliveryState } from './delivery.entity.js';
import { DeliveryFilterDto } from './delivery-filter.dto.js';
import type { ListedDelivery } from './listed-delivery.js';

const ID = /^[1-9]\d{0,17}$/;
const NOT_AN_ID = { message: 'must be an id' };
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NOT_A_DAY = { message: 'must be a day such as 2026-12-01' };
const RESOLUTIONS = ['sent', 'failed', 'resend'] as const;

export class DeliveryQuery extends PageQuery {
  /**
   * Code of the person, or `~` and the id. Needed unless `message` is given or `state` is `unknown`.
   * @example 'USER001'
   */
  @Length(1, 64)
  @IfGiven()
  recipient?: string;

  /**
   * Id of the message. Needed unless `recipient` is given or `state` is `unknown`.
   * @example '42'
   */
  @Matches(ID, NOT_AN_ID)
  @IfGiven()
  message?: string;

  /**
   * Only deliveries in this state.
   * @example 'unknown'
   */
  @IsIn(DELIVERY_STATES)
  @IfGiven()
  @ApiPropertyOptional({ enum: DELIVERY_STATES })
  state?: DeliveryState;

  /**
   * Only deliveries on the channel of this code.
   * @example '1001'
   */
  @Length(1, 64)
  @IfGiven()
  channel?: string;

  /**
   * With `state=unknown` and neither person nor message: first UTC day on which the sending of the messages began. Left out: 30 days
   * before `to`.
   * @example '2026-12-01'
   */
  @IsISO8601({ strict: true }, NOT_A_DAY)
  @Matches(DAY, NOT_A_DAY)
  @IfGiven()
  from?: string;

  /**
   * Last such day, included; at most 31 days in all. Left out: today, or the 31st day from `from`.
   * @example '2026-12-31'
   */
  @IsISO8601({ strict: true }, NOT_A_DAY)
  @Matches(DAY, NOT_A_DAY)
  @IfGiven()
  to?: string;
}

/** The record of one message to one endpoint. */
export class DeliveryDto {
  /**
   * Tidings' own name for the delivery, as vendors and inboxes know it.
   * @example '16-1-2s'
   */
  reference: string;

  /**
   * Id of the message.
   * @example '42'
   */
  messageId: string;

  /**
   * Code of the channel.
   * @example '1001'
   */
  channel: string;

  /**
   * Id of the endpoint.
   * @example '100'
   */
  endpointId: string;

  /**
   * Code of the person; null for an address that belongs to nobody, and when the person was deleted.
   * @example 'USER001'
   */
  recipient: string | null;

  /**
   * The phone number, mail address, device token or account; null when the endpoint was deleted.
   * @example '18660886275'
   */
  address: string | null;

  /**
   * Code of the vendor account last used; `~` and its id when it was deleted.
   * @example 'sms-main'
   */
  vendorAccount: string;

  /**
   * `retrying`: failed so far and is tried again. `sent`: the vendor took it. `delivered` and `read`: as the vendor or the person said.
   * `failed`: for good; see `reason`. `unknown`: it may or may not have arrived, and waits for a receipt or a person.
   * @example 'delivered'
   */
  @ApiProperty({ enum: DELIVERY_STATES })
  state: DeliveryState;

  /**
   * Why it is being retried, failed or is unknown: a code of the vendor or of Tidings; null otherwise.
   * @example null
   */
  reason: string | null;

  /**
   * How often it was tried; 0 when it failed before any try.
   * @example 1
   */
  attempts: number;

  /**
   * The vendor's own name for it; null when it gave none.
   * @example null
   */
  vendorReference: string | null;

  /**
   * When its first outcome was recorded.
   * @example '2026-12-01T00:00:00.000Z'
   */
  createdAt: Date;

  /**
   * When the vendor took it; null before.
   * @example '2026-12-01T00:00:00.000Z'
   */
  sentAt: Date | null;

  /**
   * When it reached the person's device or mailbox; null before, or when nobody said so.
   * @example '2026-12-01T00:00:01.000Z'
   */
  deliveredAt: Date | null;

  /**
   * When the person read it; null before, or when nobody said so.
   * @example null
   */
  readAt: Date | null;

  /**
   * When it failed for good; null otherwise.
   * @example null
   */
  failedAt: Date | null;
}

export class DeliveryPageDto {
  /** The deliveries, newest message first. */
  items: DeliveryDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;
}

/** One delivery by what it is made of. */
export class NamedDeliveryDto {
  /**
   * Id of the message.
   * @example '42'
   */
  @Matches(ID, NOT_AN_ID)
  message: string;

  /**
   * Code of the channel.
   * @example '1001'
   */
  @IsCode()
  channel: string;

  /**
   * Id of the endpoint.
   * @example '100'
   */
  @Matches(ID, NOT_AN_ID)
  endpoint: string;
}

export class ResolveDeliveriesDto {
  /** Deliveries in the state `unknown`; 1 to 1000. Either these or `filter`. */
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => NamedDeliveryDto)
  @IfGiven()
  items?: NamedDeliveryDto[];

  /** All unknown deliveries that match, any number; `message` or `from` is needed in it. */
  @IsObject()
  @ValidateNested()
  @Type(() => DeliveryFilterDto)
  @IfGiven()
  filter?: DeliveryFilterDto;

  /**
   * What became of them: `sent` or `failed`; or `resend`: send them again, which may reach people twice.
   * @example 'sent'
   */
  @IsIn(RESOLUTIONS)
  @ApiProperty({ enum: RESOLUTIONS })
  as: (typeof RESOLUTIONS)[number];

  /**
   * With `resend`: a new expiry for the messages, with its zone; see the replay of dead letters.
   * @example '2026-12-01T20:00:00+08:00'
   */
  @IsTime()
  @IfGiven()
  expiresAt?: string;
}

export class ResolvedDeliveriesDto {
  /**
   * How many were unknown and are settled or being sent again now. Items that were not unknown, or that this caller may not know of,
   * were left alone.
   * @example 1
   */
  resolved: number;

  /** With `resend`: those that remain unknown, as they would only fail; most frequent reason first. */
  skipped?: SkippedDeliveriesDto[];
}

export function toDeliveryDto({ channelId, ...delivery }: ListedDelivery): DeliveryDto {
  return { reference: deliveryReference(delivery.messageId, channelId, delivery.endpointId), ...delivery };
}
