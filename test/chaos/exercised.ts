import { type Behaviour, FAULTS } from '../support/counting-vendor-faults.js';
import type { VendorCall } from '../support/counting-vendor-log.js';
import type { ChaosFigures } from './chaos-report.js';

/** How often the vendor did each thing. */
export function countFaults(calls: readonly VendorCall[]): ChaosFigures['faults'] {
  const counts: Partial<Record<Behaviour, number>> = {};
  for (const { behaviour } of calls) {
    if (behaviour !== undefined) counts[behaviour] = (counts[behaviour] ?? 0) + 1;
  }
  return counts;
}

/** Which of the troubles that a run is for it did not make. */
export function unexercised({ troubles, faults, urgent, memory }: ChaosFigures): string[] {
  const { powerCuts, apiKills, plansCut, restarts, outages, vendorDeaths } = troubles;
  const had: Record<string, number> = {
    'power cut': powerCuts,
    'kill of the API': apiKills,
    'death while planning': plansCut,
    'fast restart of the database': restarts.fast,
    'immediate restart of the database': restarts.immediate,
    'outage longer than a lease': outages,
    'vendor death': vendorDeaths,
    'urgent message in a quiet moment': urgent.quiet.count,
    'measured worker': memory.processes,
    ...Object.fromEntries(FAULTS.map((fault) => [`call that the vendor met with ${fault}`, faults[fault] ?? 0])),
  };
  return Object.keys(had).filter((what) => had[what] === 0);
}
