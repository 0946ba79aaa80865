import { receiptsByTag } from '../push/receipts-by-tag.js';
import { jsonObject } from '../transport/read-text.js';
import { fieldsOf, instantOf, word } from '../transport/untrusted.js';
import type { Receipt, ReceiptCall, ReceiptReading } from '../vendor.js';
import { RECEIPT_TYPES } from './codes.js';

/** A form whose `data` holds, by message id, which devices fared how. Not signed. Other types are passed over. */
export function readReceipts({ body, now }: ReceiptCall): ReceiptReading {
  const entries = jsonObject(new URLSearchParams(body).get('data') ?? '');
  if (entries === undefined) return { receipts: [], answer: { status: 400 } };
  return { receipts: Object.values(entries).flatMap((entry) => receiptsOf(entry, now)), answer: { status: 200 } };
}

function receiptsOf(entry: unknown, now: Date): Receipt[] {
  const { type, timestamp } = fieldsOf(entry);
  const code = word(type) ?? '';
  const status = RECEIPT_TYPES.get(code);
  if (status === undefined) return [];
  return receiptsByTag(entry, { status, code: `xiaomi-${code}`, at: instantOf(timestamp, now) });
}
