import { jsonArray } from '../transport/read-text.js';
import { fieldsOf, instantOf, word } from '../transport/untrusted.js';
import type { Receipt, ReceiptCall, ReceiptReading } from '../vendor.js';
import { EVENTS } from './codes.js';

/** A JSON array; `param` is the reference that was sent along. Not signed. Other events are passed over. */
export function readReceipts({ body, now }: ReceiptCall): ReceiptReading {
  const entries = jsonArray(body);
  if (entries === undefined) return { receipts: [], answer: { status: 400 } };
  return { receipts: entries.flatMap((entry) => receiptOf(entry, now)), answer: { status: 200 } };
}

function receiptOf(entry: unknown, now: Date): Receipt[] {
  const { param, eventType = 'push_arrive', eventTime } = fieldsOf(entry);
  const event = word(eventType)?.toLowerCase() ?? '';
  const status = EVENTS.get(event);
  if (status === undefined || typeof param !== 'string' || param === '') return [];
  const code = status === 'delivered' || status === 'read' ? {} : { code: event };
  return [{ reference: param, status, at: instantOf(eventTime, now), ...code }];
}
