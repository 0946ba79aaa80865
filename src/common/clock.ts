import { Injectable } from '@nestjs/common';

/** Cancels a timer; harmless when it has already fired. */
export type CancelTimer = () => void;

/** Where all time comes from, so that schedules, leases and back-off can be tested without sleeping. */
export abstract class Clock {
  abstract now(): Date;
  /** Calls `fire` once when the clock reaches `at` (at once, asynchronously, when that is past). Never keeps the process alive. */
  abstract at(at: Date, fire: () => void): CancelTimer;
  /** Resolves after `milliseconds`, or at once when `signal` aborts. */
  abstract sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** setTimeout's longest delay; a timer further away is armed in stages. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  at(at: Date, fire: () => void): CancelTimer {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const left = at.getTime() - Date.now();
      timer = left > LONGEST_TIMEOUT ? setTimeout(arm, LONGEST_TIMEOUT) : setTimeout(fire, Math.max(0, left));
      timer.unref();
    };
    arm();
    return () => clearTimeout(timer);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal?.addEventListener('abort', done, { once: true });
    });
  }
}
