import { jsonObject } from '../transport/read-text.js';
import { fieldsOf, instantOf, word } from '../transport/untrusted.js';
import type { ReceiptAnswer } from '../vendor.js';

/** What one entry of a receipt says of one device. */
interface ReceiptEntry {
  tag: string;
  token: string;
  /** In digits. */
  result: string;
  at: Date;
}

/** Older and newer documentation name the fields differently, so all of them are given. */
export const RECEIVED: ReceiptAnswer = {
  status: 200,
  body: JSON.stringify({ code: '0', message: 'success', errno: '0', errmsg: 'success' }),
};

/** The entries of both versions that name a push and a device; undefined for what is no receipt at all. */
export function receiptEntries(body: string, now: Date): ReceiptEntry[] | undefined {
  const statuses = jsonObject(body)?.['statuses'];
  return Array.isArray(statuses) ? statuses.flatMap((entry: unknown) => entryOf(entry, now)) : undefined;
}

function entryOf(entry: unknown, now: Date): ReceiptEntry[] {
  const { biTag, token, deliveryStatus, ...v1 } = fieldsOf(entry);
  const v2 = fieldsOf(deliveryStatus);
  const result = word(v2['result'] ?? v1['status'])?.trim() ?? '';
  if (typeof biTag !== 'string' || biTag === '' || typeof token !== 'string' || !/^\d+$/.test(result)) return [];
  return [{ tag: biTag, token, result, at: instantOf(v2['timestamp'] ?? v1['timestamp'], now) }];
}
