import { InvalidRequest } from '../../common/problem.js';
import { deliveryReference, parseReference } from '../../messages/reference.js';

/** Where an item stands in the order of an inbox. */
export interface InboxPlace {
  sentAt: Date;
  messageId: string;
  channelId: number;
  endpointId: string;
}

const SHAPE = /^(\d{1,15}) (.+)$/;

/** What `pageOf` makes the cursor of. */
export const placeText = ({ sentAt, messageId, channelId, endpointId }: InboxPlace): string =>
  `${sentAt.getTime()} ${deliveryReference(messageId, channelId, endpointId)}`;

/** The place a cursor stands for, or undefined without one. */
export function cursorPlace(cursor: string | undefined): InboxPlace | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const [, time, reference] = SHAPE.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const delivery = parseReference(reference ?? '');
  if (delivery === undefined) throw InvalidRequest.at('cursor', 'is not a cursor of this list');
  return { sentAt: new Date(Number(time)), ...delivery };
}
