import { RECEIVED, receiptEntries } from '../huawei/receipt-entries.js';
import type { ReceiptCall, ReceiptReading } from '../vendor.js';
import { DELIVERED } from './codes.js';

/** Huawei's form of receipts, with codes of Honor's own; not signed. What is not known to be a delivery is passed over. */
export function readReceipts({ body, now }: ReceiptCall): ReceiptReading {
  const entries = receiptEntries(body, now);
  if (entries === undefined) return { receipts: [], answer: { status: 400 } };
  const delivered = entries.filter(({ result }) => DELIVERED.has(result));
  const receipts = delivered.map(({ tag, token, at }) => ({
    tag,
    addresses: [token],
    status: 'delivered' as const,
    at,
  }));
  return { receipts, answer: RECEIVED };
}
