import { type CancelTimer, Clock } from '../../src/common/clock.js';

interface Timer {
  at: number;
  fire: () => void;
}

/** A clock that stands still until a test moves it; timers fire, in order, when it passes them. */
export class FakeClock extends Clock {
  private readonly timers = new Set<Timer>();

  constructor(private time = new Date('2026-12-01T02:00:00.000Z')) {
    super();
  }

  now(): Date {
    return new Date(this.time);
  }

  at(at: Date, fire: () => void): CancelTimer {
    if (at <= this.time) {
      const immediate = setImmediate(fire);
      return () => clearImmediate(immediate);
    }
    const timer = { at: at.getTime(), fire };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (milliseconds <= 0 || signal?.aborted) return resolve();
      const cancel = this.at(new Date(this.time.getTime() + milliseconds), resolve);
      signal?.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }

  /** Whether something waits for a timer exactly so many milliseconds ahead. */
  isWaiting(milliseconds: number): boolean {
    return [...this.timers].some(({ at }) => at === this.time.getTime() + milliseconds);
  }

  /** Moves on by so many milliseconds, firing what falls due on the way, and lets what it set off get going. */
  async advance(milliseconds: number): Promise<void> {
    await this.set(new Date(this.time.getTime() + milliseconds));
  }

  async set(time: Date): Promise<void> {
    for (;;) {
      const due = [...this.timers]
        .filter(({ at }) => at <= time.getTime())
        .sort((left, right) => left.at - right.at)[0];
      if (due === undefined) break;
      this.timers.delete(due);
      this.time = new Date(Math.max(this.time.getTime(), due.at));
      due.fire();
      await settled();
    }
    this.time = time;
    await settled();
  }
}

/** Lets promises that are ready run. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
