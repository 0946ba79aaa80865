import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/principal.js';
import { InvalidRequest } from '../../common/problem.js';
import type { TenantScope } from '../../database/tenant-scope.js';
import { Tenants } from '../../database/tenants.js';
import type { DeliveryState } from '../../deliveries/delivery.entity.js';
import { Recipient } from '../../recipients/recipient.entity.js';
import { MessageReader } from './message-reader.js';
import { MESSAGE_DELIVERIES } from './sql/message-deliveries.js';

export interface MessageDelivery {
  channelId: number;
  endpointId: string;
  channel: string | null;
  account: string | null;
  address: string | null;
  recipient: string | null;
  state: DeliveryState;
  reason: string | null;
  attempts: number;
  vendorReference: string | null;
  createdAt: Date;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  failedAt: Date | null;
}

export interface DeliveryFilter {
  limit: number;
  cursor?: string;
  state?: DeliveryState;
  /** By code. */
  channel?: string;
  /** By code. */
  recipient?: string;
}

/** One person's addresses on all channels of a message are fewer than this. */
const MOST_OF_ONE_PERSON = 1_000;

/** The deliveries of one message. */
@Injectable()
export class MessageDeliveries {
  constructor(
    private readonly messages: MessageReader,
    private readonly tenants: Tenants,
  ) {}

  /** One delivery more than `limit` when there are more; none for a recipient there is not. */
  async list(caller: Caller, messageId: string, filter: DeliveryFilter): Promise<MessageDelivery[]> {
    const after = deliveryCursor(filter.cursor);
    const { id, day } = await this.messages.get(caller, messageId);
    if (day === null) return [];
    const scope = this.tenants.of(caller.organisationId);
    const person =
      filter.recipient === undefined ? undefined : await scope.findOne(Recipient, { code: filter.recipient });
    if (person === null) return [];
    const { state = null, channel = null, limit } = filter;
    return scope.query<MessageDelivery>(MESSAGE_DELIVERIES, [
      day,
      id,
      ...after,
      state,
      channel,
      person?.id ?? null,
      limit + 1,
    ]);
  }
}

/** All deliveries of a message to one person. */
export async function deliveriesTo(
  scope: TenantScope,
  { id, day }: { id: string; day: string | null },
  recipientId: string,
): Promise<MessageDelivery[]> {
  if (day === null) return [];
  return scope.query<MessageDelivery>(MESSAGE_DELIVERIES, [
    day,
    id,
    0,
    '0',
    null,
    null,
    recipientId,
    MOST_OF_ONE_PERSON,
  ]);
}

/** What a page of deliveries ends with: channel and endpoint. */
export const deliveryKey = ({ channelId, endpointId }: MessageDelivery): string => `${channelId}.${endpointId}`;

function deliveryCursor(cursor: string | undefined): [number, string] {
  if (cursor === undefined || cursor === '') return [0, '0'];
  const [, channel, endpoint] =
    /^(\d{1,9})\.(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (channel === undefined || endpoint === undefined) {
    throw InvalidRequest.at('cursor', 'is not a cursor of this list');
  }
  return [Number(channel), endpoint];
}
