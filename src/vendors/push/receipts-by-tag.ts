import { fieldsOf } from '../transport/untrusted.js';
import type { Receipt } from '../vendor.js';

/** What became of devices. */
interface Fate {
  status: Receipt['status'];
  /** Why they did not get it; left out of those that did. */
  code?: string;
  at: Date;
}

/**
 * A receipt for each device that an entry names in `targets`, in a list or parted by commas; its `param` is the tag that was sent along.
 * None of an entry that is not of ours.
 */
export function receiptsByTag(entry: unknown, { status, code, at }: Fate): Receipt[] {
  const { param: tag, targets } = fieldsOf(entry);
  if (typeof tag !== 'string' || tag === '') return [];
  const why = status === 'delivered' || status === 'read' || code === undefined ? {} : { code };
  return addressesIn(targets).map((address) => ({ tag, addresses: [address], status, at, ...why }));
}

function addressesIn(targets: unknown): string[] {
  const listed: unknown[] = Array.isArray(targets) ? targets : [targets];
  return listed
    .flatMap((entry) => (typeof entry === 'string' ? entry.split(',') : []))
    .map((address) => address.trim())
    .filter((address) => address !== '');
}
