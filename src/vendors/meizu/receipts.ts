import { receiptsByTag } from '../push/receipts-by-tag.js';
import { jsonObject } from '../transport/read-text.js';
import { fieldsOf, word } from '../transport/untrusted.js';
import type { Receipt, ReceiptCall, ReceiptReading } from '../vendor.js';
import { RECEIPT_TYPES } from './codes.js';

/** A form whose `cb` holds, by message and type, the devices. Neither signed nor timed. Other types are passed over. */
export function readReceipts({ body, now }: ReceiptCall): ReceiptReading {
  const entries = jsonObject(new URLSearchParams(body).get('cb') ?? '');
  if (entries === undefined) return { receipts: [], answer: { status: 400 } };
  return { receipts: Object.values(entries).flatMap((entry) => receiptsOf(entry, now)), answer: { status: 200 } };
}

function receiptsOf(entry: unknown, at: Date): Receipt[] {
  const status = RECEIPT_TYPES.get(word(fieldsOf(entry)['type']) ?? '');
  return status === undefined ? [] : receiptsByTag(entry, { status, at });
}
