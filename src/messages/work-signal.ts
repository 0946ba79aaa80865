import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';

export type Work = 'plan' | 'dispatch';

/** A loop that waits. */
interface Waiter {
  work: Work;
  /** It takes urgent work only. */
  urgentOnly: boolean;
  wake: () => void;
}

/**
 * Wakes this process's idle loops, so that work made here need not wait for the next look. New work wakes one loop of its kind; a
 * loop that found some wakes the next, so a single message does not make all of them ask the database in vain.
 */
@Injectable()
export class WorkSignal {
  private readonly waiting = new Set<Waiter>();
  private news: Record<Work, number> = { plan: 0, dispatch: 0 };

  constructor(private readonly clock: Clock) {}

  /** There is work. `urgent`: some of it may be, so the loop that is kept free for that is woken too. */
  notify(work: Work, urgent: boolean): void {
    this.news[work]++;
    this.wakeOne(work, false);
    if (urgent) this.wakeOne(work, true);
  }

  /** There may be work of any kind. */
  notifyAll(): void {
    this.news.plan++;
    this.news.dispatch++;
    const all = [...this.waiting];
    for (const { wake } of all) wake();
  }

  /** Ask before looking for work, and give the answer to `wait`: what is announced in between is not missed. */
  heard(work: Work): number {
    return this.news[work];
  }

  /** Resolves when there is news of this work that was not heard yet, at `until`, or when `signal` aborts. */
  wait(work: Work, urgentOnly: boolean, heard: number, until: Date, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted || this.news[work] !== heard) return resolve();
      const wake = (): void => {
        cancel();
        this.waiting.delete(waiter);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const cancel = this.clock.at(until, wake);
      const waiter: Waiter = { work, urgentOnly, wake };
      this.waiting.add(waiter);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  private wakeOne(work: Work, urgentOnly: boolean): void {
    for (const waiter of this.waiting) {
      if (waiter.work === work && waiter.urgentOnly === urgentOnly) return waiter.wake();
    }
  }
}
