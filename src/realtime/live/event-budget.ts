import type { Clock } from '../../common/clock.js';

/** So many requests at once, and so many a second on the long run. */
export const BURST = 20;
export const PER_SECOND = 5;

/** How many requests a client may still make now. */
export class EventBudget {
  private left = BURST;
  private at: number;

  constructor(private readonly clock: Clock) {
    this.at = clock.now().getTime();
  }

  /** Whether one more is within it. */
  take(): boolean {
    const now = this.clock.now().getTime();
    this.left = Math.min(BURST, this.left + ((now - this.at) / 1000) * PER_SECOND);
    this.at = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
