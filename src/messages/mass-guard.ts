import type { Clock } from '../common/clock.js';

/** From so many on, and above this share, dead addresses mean a broken account rather than dead people. */
const MASS_SIZE = 20;
const MASS_SHARE = 0.5;
const WINDOW_MILLISECONDS = 10 * 60_000;
const MOST_ACCOUNTS = 10_000;

interface Sample {
  since: number;
  judged: number;
  gone: number;
  /** The window before, which weighs the less the older it gets. */
  before: { judged: number; gone: number };
}

/**
 * Whether to believe an account that calls addresses dead: not when that is most of one batch, nor when it is most of what the account
 * was asked about in the last ten minutes, in however small batches.
 */
export class MassGuard {
  private readonly samples = new Map<string, Sample>();

  constructor(private readonly clock: Clock) {}

  /** Counts a batch in; true when its dead addresses are to be left alone. */
  doubts(account: string, judged: number, gone: number): boolean {
    const sample = this.sampleOf(account);
    sample.judged += judged;
    sample.gone += gone;
    if (gone === 0) return false;
    const left = 1 - (this.clock.now().getTime() - sample.since) / WINDOW_MILLISECONDS;
    const lately = {
      judged: sample.judged + sample.before.judged * left,
      gone: sample.gone + sample.before.gone * left,
    };
    return isMass(judged, gone) || isMass(lately.judged, lately.gone);
  }

  private sampleOf(account: string): Sample {
    const now = this.clock.now().getTime();
    const known = this.samples.get(account);
    const age = known === undefined ? Infinity : now - known.since;
    if (known !== undefined && age < WINDOW_MILLISECONDS && age >= 0) return known;
    const before = known !== undefined && age < 2 * WINDOW_MILLISECONDS && age >= 0 ? known : { judged: 0, gone: 0 };
    const since = known !== undefined && age < 2 * WINDOW_MILLISECONDS ? known.since + WINDOW_MILLISECONDS : now;
    const sample = { since, judged: 0, gone: 0, before: { judged: before.judged, gone: before.gone } };
    if (this.samples.size >= MOST_ACCOUNTS) this.samples.clear();
    this.samples.set(account, sample);
    return sample;
  }
}

const isMass = (judged: number, gone: number): boolean => gone >= MASS_SIZE && gone > judged * MASS_SHARE;
