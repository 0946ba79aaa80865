import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';

/** Wakes this process's idle workers, so that work made here need not wait for the next look. */
@Injectable()
export class WorkSignal {
  private waiting = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  notify(): void {
    const waiting = this.waiting;
    this.waiting = new Set();
    for (const wake of waiting) wake();
  }

  /** Resolves on the next `notify`, at `until`, or when `signal` aborts. */
  wait(until: Date, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const cancel = this.clock.at(until, () => done());
      const done = (): void => {
        cancel();
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
