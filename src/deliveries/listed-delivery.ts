import { InvalidRequest } from '../common/problem.js';
import { parseReference } from '../messages/reference.js';
import type { DeliveryState } from './delivery.entity.js';

/** A delivery with the codes of what it refers to. */
export interface ListedDelivery {
  messageId: string;
  channelId: number;
  endpointId: string;
  channel: string;
  recipient: string | null;
  address: string | null;
  vendorAccount: string;
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

/** A page goes on after this delivery. */
export interface DeliveryCursor {
  messageId: string;
  channelId: number;
  endpointId: string;
}

/** The delivery whose reference a cursor holds. */
export function afterCursor(cursor: string | undefined): DeliveryCursor | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const after = parseReference(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (after === undefined) throw InvalidRequest.at('cursor', 'is not a cursor of this list');
  return after;
}
