import { setMaxListeners } from 'node:events';
import type { Clock } from '../common/clock.js';

/** A vendor call that takes longer is aborted. */
const CALL_MILLISECONDS = 30_000;
/** Calls that begin so close to each other share a deadline: a signal for each costs more than a small call itself. */
const TOGETHER_MILLISECONDS = 100;

/** The signals that end vendor calls: at their deadline, or when the process will wait no longer. */
export class CallDeadlines {
  private latest: { since: number; stop: AbortSignal; signal: AbortSignal } | undefined;

  constructor(private readonly clock: Clock) {}

  /** For a call that begins now. */
  signal(stop: AbortSignal): AbortSignal {
    const now = this.clock.now().getTime();
    const { latest } = this;
    if (
      latest !== undefined &&
      latest.stop === stop &&
      now - latest.since < TOGETHER_MILLISECONDS &&
      now >= latest.since
    )
      return latest.signal;
    const deadline = new AbortController();
    this.clock.at(new Date(now + CALL_MILLISECONDS), () => deadline.abort(new Error('deadline')));
    const signal = AbortSignal.any([deadline.signal, stop]);
    setMaxListeners(0, signal);
    this.latest = { since: now, stop, signal };
    return signal;
  }
}
