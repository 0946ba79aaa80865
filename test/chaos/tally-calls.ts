import { parseReference } from '../../src/messages/reference.js';
import type { VendorCall } from '../support/counting-vendor-log.js';
import type { Span } from './downtime.js';

export interface Tally {
  /** How often each delivery was accepted, by message id, then by reference. */
  acceptances: Map<string, Map<string, number>>;
  /** When, in milliseconds since 1970. */
  times: Map<string, number[]>;
  /** In how many calls each delivery was whose outcome may not have been recorded: without a clear answer, or with the database away. */
  unclear: Map<string, number>;
}

/** From the vendor's reading of a call to the record of its outcome, generously. */
const MOST_TO_RECORD = 10_000;

/** Sums up the vendor's log. `away`: when the database was. */
export function tallyCalls(calls: readonly VendorCall[], away: readonly Span[]): Tally {
  const tally: Tally = { acceptances: new Map(), times: new Map(), unclear: new Map() };
  for (const { references, accepted, acceptedAt, answered, receivedAt } of calls) {
    const id = parseReference(references[0] ?? '')?.messageId ?? '';
    const ofMessage = tally.acceptances.get(id) ?? new Map<string, number>();
    tally.acceptances.set(id, ofMessage);
    for (const reference of references.slice(0, accepted)) {
      add(ofMessage, reference);
      tally.times.set(reference, [...(tally.times.get(reference) ?? []), acceptedAt]);
    }
    const unrecorded = away.some(({ from, to }) => receivedAt >= from - MOST_TO_RECORD && receivedAt <= to);
    if (!answered || unrecorded) for (const reference of references) add(tally.unclear, reference);
  }
  return tally;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
