import { parseReference } from '../messages/reference.js';
import type { NamedReceipt } from './receipt-subjects.js';

const LONGEST_CODE = 200;
const EARLIEST = new Date('2000-01-01T00:00:00Z');
/** It cannot be stored, and one such receipt must not refuse all the others of its statement. */
const UNSTORABLE = '\0';

/** All that was said of one delivery, as one receipt. */
export interface DeliveryReceipt {
  vendorAccountId: number;
  messageId: string;
  channelId: number;
  endpointId: string;
  /** The furthest of what was said. */
  status: 'delivered' | 'read' | 'failed';
  deliveredAt: Date | null;
  readAt: Date | null;
  failedAt: Date | null;
  code: string | null;
  /** The address is dead, whatever became of the message. */
  gone: boolean;
  /** How often its delivery was looked for in vain. */
  tries: number;
}

const RANKS = { failed: 0, delivered: 1, read: 2 } as const;

/** What a vendor said, or undefined when the reference cannot be one of ours. */
export function readReceipt(vendorAccountId: number, receipt: NamedReceipt, now: Date): DeliveryReceipt | undefined {
  const delivery = parseReference(receipt.reference);
  if (delivery === undefined) return undefined;
  const status = receipt.status === 'address-gone' ? 'failed' : receipt.status;
  // A vendor's clock may be ahead of ours, or its time unreadable or absurd.
  const at = receipt.at >= EARLIEST && receipt.at <= now ? receipt.at : now;
  const code = receipt.code?.replaceAll(UNSTORABLE, '').slice(0, LONGEST_CODE);
  return {
    ...delivery,
    vendorAccountId,
    status,
    deliveredAt: status === 'failed' ? null : at,
    readAt: status === 'read' ? at : null,
    failedAt: status === 'failed' ? at : null,
    code: status === 'failed' ? code || receipt.status : null,
    gone: receipt.status === 'address-gone',
    tries: 0,
  };
}

/** One receipt per delivery: the furthest, with what the others add to it. */
export function mergeReceipts(receipts: Iterable<DeliveryReceipt>): DeliveryReceipt[] {
  const merged = new Map<string, DeliveryReceipt>();
  for (const receipt of receipts) {
    const { vendorAccountId, messageId, channelId, endpointId } = receipt;
    const key = `${vendorAccountId} ${messageId} ${channelId} ${endpointId}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? receipt : combine(known, receipt));
  }
  return [...merged.values()];
}

function combine(left: DeliveryReceipt, right: DeliveryReceipt): DeliveryReceipt {
  const further = RANKS[right.status] > RANKS[left.status] ? right : left;
  const dead = [left, right].find(({ gone }) => gone);
  return {
    ...further,
    deliveredAt: earliest(left.deliveredAt, right.deliveredAt),
    readAt: earliest(left.readAt, right.readAt),
    failedAt: further.status === 'failed' ? earliest(left.failedAt, right.failedAt) : null,
    code: (dead ?? further).code,
    gone: dead !== undefined,
    tries: Math.min(left.tries, right.tries),
  };
}

function earliest(left: Date | null, right: Date | null): Date | null {
  if (left === null || right === null) return left ?? right;
  return left <= right ? left : right;
}
