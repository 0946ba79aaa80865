import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven } from '../../common/if-given.js';
import { IsCode } from '../../common/is-code.js';
import { PageQuery } from '../../common/pagination.js';
import { DELIVERY_STATES, type DeliveryState } from '../../deliveries/delivery.entity.js';

/** Which deliveries of a message to list; every filter given must hold. */
export class MessageDeliveryQuery extends PageQuery {
  /**
   * Only deliveries in this state.
   * @example 'failed'
   */
  @IfGiven()
  @IsIn(DELIVERY_STATES)
  @ApiPropertyOptional({ enum: DELIVERY_STATES })
  state?: DeliveryState;

  /**
   * Only deliveries on the channel of this code.
   * @example '1001'
   */
  @IfGiven()
  @IsCode()
  channel?: string;

  /**
   * Only deliveries to the recipient of this code.
   * @example 'USER001'
   */
  @IfGiven()
  @IsCode()
  recipient?: string;
}

/** One message to one address. */
export class MessageDeliveryDto {
  /**
   * The channel's code; its id as `~7` once it is deleted.
   * @example '1001'
   */
  channel: string;

  /**
   * Id of the endpoint.
   * @example '42'
   */
  endpoint: string;

  /**
   * Phone, mailbox, device token …; null once the endpoint is deleted. Personal data.
   * @example '18660886275'
   */
  address: string | null;

  /**
   * Code of the vendor account that had it last; null when none was tried.
   * @example 'sms'
   */
  account: string | null;

  /**
   * Code of the person; null for an address of nobody known.
   * @example 'USER001'
   */
  recipient: string | null;

  /**
   * `retrying`: failed for now. `sent`: taken by the vendor. `delivered`, `read`: said by a receipt, or by a vendor whose
   * acceptance is delivery. `failed`: given up. `unknown`: handed over without an answer.
   * @example 'delivered'
   */
  @ApiProperty({ enum: DELIVERY_STATES })
  state: DeliveryState;

  /**
   * Why it failed, is tried again or is unknown: the vendor's code or a word of Tidings; null when all is well.
   * @example null
   */
  reason: string | null;

  /**
   * Attempts so far; 0 when the address could not be used at all.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  attempts: number;

  /**
   * The vendor's own id of it, when it gave one.
   * @example 'BizId-900619746936498440'
   */
  vendorReference: string | null;

  /**
   * When its first outcome was written.
   * @example '2026-12-01T00:00:00.000Z'
   */
  createdAt: Date;

  /**
   * When the vendor took it.
   * @example '2026-12-01T00:00:00.000Z'
   */
  sentAt: Date | null;

  /**
   * When it arrived, as far as is known.
   * @example '2026-12-01T00:00:02.000Z'
   */
  deliveredAt: Date | null;

  /**
   * When it was read, as far as is known.
   * @example null
   */
  readAt: Date | null;

  /**
   * When it was given up.
   * @example null
   */
  failedAt: Date | null;
}

/** One page of a message's deliveries. */
export class MessageDeliveryPageDto {
  /** In order of channel and endpoint. */
  items: MessageDeliveryDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example 'MS40Mg'
   */
  nextCursor: string | null;
}
