import { LEASE_MILLISECONDS } from '../../src/messages/lease.js';
import { parseReference } from '../../src/messages/reference.js';
import type { VendorCall } from '../support/counting-vendor-log.js';
import type { ChaosFigures } from './chaos-report.js';
import type { Downtime } from './downtime.js';
import type { InFlight } from './in-flight.js';
import type { Slowness } from './slowness.js';
import type { Sent } from './traffic.js';

/** From the API's yes, or from the end of a dead holder's lease, to the vendor. */
const MOST_MILLISECONDS = 3_000;

/**
 * How long urgent messages took from the API's yes to the vendor, and which took too long. The rule: the time in which a worker, the
 * database and the vendor were there is at most 3 s, and one lease and 3 s more for each process that died holding the message. The
 * seconds are those of a machine with a core to spare; see `Slowness`.
 */
export function urgentLatency(
  sent: readonly Sent[],
  calls: readonly VendorCall[],
  downtime: Pick<Downtime, 'within'>,
  inFlight: Pick<InFlight, 'deathsOfMessage'>,
  slowness: Pick<Slowness, 'within'>,
): { figures: ChaosFigures['urgent']; tooLong: string[] } {
  const arrived = firstArrivals(calls);
  const quiet: number[] = [];
  const held: number[] = [];
  const waiting: number[] = [];
  const tooLong: string[] = [];
  for (const { id, channel, acceptedAt } of sent) {
    const at = arrived.get(id);
    if (channel !== 'urgent' || at === undefined) continue;
    const took = Math.max(0, at - acceptedAt);
    const down = downtime.within(acceptedAt, at);
    const deaths = inFlight.deathsOfMessage(id);
    (deaths > 0 ? held : down > 0 ? waiting : quiet).push(took);
    const factor = slowness.within(acceptedAt, at);
    if (took - down > (deaths + 1) * MOST_MILLISECONDS * factor + deaths * LEASE_MILLISECONDS)
      tooLong.push(
        `urgent message ${id} took ${took} ms, ${down} ms of it alone, with ${deaths} holders dead, at ${factor.toFixed(1)} times the work`,
      );
  }
  quiet.sort((left, right) => left - right);
  const of = (share: number): number => quiet[Math.min(quiet.length - 1, Math.floor(quiet.length * share))] ?? 0;
  const figures = {
    quiet: { count: quiet.length, p50: of(0.5), p99: of(0.99), worst: quiet.at(-1) ?? 0 },
    held: { count: held.length, worst: Math.max(0, ...held) },
    waiting: { count: waiting.length, worst: Math.max(0, ...waiting) },
  };
  return { figures, tooLong };
}

/** When the vendor first accepted something of each message. */
function firstArrivals(calls: readonly VendorCall[]): Map<string, number> {
  const arrived = new Map<string, number>();
  for (const { references, acceptedAt, accepted } of calls) {
    const id = parseReference(references[0] ?? '')?.messageId ?? '';
    if (accepted > 0 && !arrived.has(id)) arrived.set(id, acceptedAt);
  }
  return arrived;
}
