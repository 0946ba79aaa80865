import type { Downtime } from './downtime.js';
import { SLOT_MILLISECONDS } from './installation.js';

/** A message that a schedule made. */
export interface ScheduleRun {
  dedupKey: string;
  /** Milliseconds since 1970. */
  madeAt: number;
}

/** A scheduler looks at the database every 5 s, and may have several runs to catch up with. */
const MOST_LATE = 30_000;
/** Of slots missed by more than a minute the product makes the latest only. */
const MISSED = 60_000;

/**
 * A run of a schedule comes once per slot and none is left out. Only slots that were missed by more than a minute may be, and only when
 * nobody could make them for all but 30 s of that time.
 */
export function judgeRuns(runs: readonly ScheduleRun[], downtime: Pick<Downtime, 'within'>): string[] {
  const breaches: string[] = [];
  const last = new Map<string, number>();
  const tooLate = (slot: number, madeAt: number): boolean => madeAt - slot - downtime.within(slot, madeAt) > MOST_LATE;
  for (const { dedupKey, madeAt } of runs) {
    const [, schedule = '', ...rest] = dedupKey.split(':');
    const slot = Date.parse(rest.join(':'));
    const expected = (last.get(schedule) ?? slot - SLOT_MILLISECONDS) + SLOT_MILLISECONDS;
    const missed = slot > expected && madeAt - expected > MISSED && !tooLate(expected, madeAt);
    if (slot !== expected && !missed) {
      breaches.push(`schedule ${schedule} ran ${slot - expected + SLOT_MILLISECONDS} ms after its run before`);
    }
    last.set(schedule, slot);
  }
  if (last.size === 0) breaches.push('no schedule ran');
  return breaches;
}
