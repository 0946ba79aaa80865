import { parseReference } from '../../src/messages/reference.js';
import type { VendorCall } from '../support/counting-vendor-log.js';

export interface Tally {
  /** How often each delivery was accepted, by message id, then by reference. */
  acceptances: Map<string, Map<string, number>>;
  /** In how many calls without a clear answer each delivery was. */
  unclear: Map<string, number>;
}

/** Sums up the vendor's log. */
export function tallyCalls(calls: readonly VendorCall[]): Tally {
  const tally: Tally = { acceptances: new Map(), unclear: new Map() };
  for (const { references, accepted, answered } of calls) {
    const id = parseReference(references[0] ?? '')?.messageId ?? '';
    const ofMessage = tally.acceptances.get(id) ?? new Map<string, number>();
    tally.acceptances.set(id, ofMessage);
    for (const reference of references.slice(0, accepted)) add(ofMessage, reference);
    if (!answered) for (const reference of references) add(tally.unclear, reference);
  }
  return tally;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
