import { parseReference } from '../../src/messages/reference.js';
import type { VendorCall } from '../support/counting-vendor-log.js';
import type { ChaosFigures } from './chaos-report.js';
import type { Disturbance } from './director.js';
import type { Sent } from './traffic.js';

/** How long urgent messages took from the API's yes to the vendor, in milliseconds; apart those that a disturbance met on their way. */
export function urgentLatency(
  sent: readonly Sent[],
  calls: readonly VendorCall[],
  disturbances: readonly Disturbance[],
): ChaosFigures['urgent'] {
  const arrived = new Map<string, number>();
  for (const { references, acceptedAt, accepted } of calls) {
    const id = parseReference(references[0] ?? '')?.messageId ?? '';
    if (accepted > 0 && !arrived.has(id)) arrived.set(id, acceptedAt);
  }
  const quiet: number[] = [];
  const disturbed: number[] = [];
  for (const { id, channel, acceptedAt } of sent) {
    const at = arrived.get(id);
    if (channel !== 'urgent' || at === undefined) continue;
    const met = disturbances.some(({ from, to }) => from <= at && to >= acceptedAt);
    (met ? disturbed : quiet).push(Math.max(0, at - acceptedAt));
  }
  quiet.sort((left, right) => left - right);
  const of = (share: number): number => quiet[Math.min(quiet.length - 1, Math.floor(quiet.length * share))] ?? 0;
  return {
    count: quiet.length,
    p50: of(0.5),
    p99: of(0.99),
    worst: quiet.at(-1) ?? 0,
    disturbed: disturbed.length,
    worstDisturbed: Math.max(0, ...disturbed),
  };
}
