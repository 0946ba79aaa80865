import { receiptsByTag } from '../push/receipts-by-tag.js';
import { jsonObject } from '../transport/read-text.js';
import { fieldsOf, instantOf, word } from '../transport/untrusted.js';
import type { Receipt, ReceiptCall, ReceiptReading } from '../vendor.js';
import { ACK_TYPES } from './codes.js';

/** By task id, which devices fared how. Not signed. Other types are passed over. */
export function readReceipts({ body, now }: ReceiptCall): ReceiptReading {
  const entries = jsonObject(body);
  if (entries === undefined) return { receipts: [], answer: { status: 400 } };
  return {
    receipts: Object.values(entries).flatMap((entry) => receiptsOf(entry, now)),
    answer: { status: 200, body: '{}' },
  };
}

function receiptsOf(entry: unknown, now: Date): Receipt[] {
  const { ackTime, ackType } = fieldsOf(entry);
  const status = ACK_TYPES.get(word(ackType ?? 0) ?? '');
  return status === undefined ? [] : receiptsByTag(entry, { status, at: instantOf(ackTime, now) });
}
