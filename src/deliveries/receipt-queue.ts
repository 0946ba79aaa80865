import type { CancelTimer, Clock } from '../common/clock.js';
import { type DeliveryReceipt, mergeReceipts } from './delivery-receipt.js';

/** Receipts come in bursts; those that follow one another this closely share a statement. */
export const COLLECT_MILLISECONDS = 25;
/** So many are not waited for any longer; also the most of one statement. */
export const MOST_AT_ONCE = 2_000;

interface Submission {
  receipts: readonly DeliveryReceipt[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Collects the receipts of one organisation and applies them one batch after the other. */
export class ReceiptQueue {
  private waiting: Submission[] = [];
  private size = 0;
  private cancelTimer: CancelTimer | undefined;
  private running = Promise.resolve();

  constructor(
    private readonly clock: Clock,
    private readonly apply: (receipts: DeliveryReceipt[]) => Promise<void>,
  ) {}

  /** Resolves when all of these are applied; rejects when some may not be. */
  add(receipts: readonly DeliveryReceipt[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ receipts, resolve, reject });
      this.size += receipts.length;
      if (this.size >= MOST_AT_ONCE) void this.flush();
      else this.cancelTimer ??= this.clock.at(this.end(), () => void this.flush());
    });
  }

  /** Applies at once what has been collected. Never rejects: whoever added it learns of a failure. */
  flush(): Promise<void> {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.running = this.running.then(() => this.applyWaiting());
    return this.running;
  }

  private end(): Date {
    return new Date(this.clock.now().getTime() + COLLECT_MILLISECONDS);
  }

  private async applyWaiting(): Promise<void> {
    const taken = this.waiting;
    this.waiting = [];
    this.size = 0;
    try {
      const merged = mergeReceipts(taken.flatMap(({ receipts }) => receipts));
      for (let start = 0; start < merged.length; start += MOST_AT_ONCE) {
        await this.apply(merged.slice(start, start + MOST_AT_ONCE));
      }
      for (const { resolve } of taken) resolve();
    } catch (error) {
      for (const { reject } of taken) reject(error);
    }
  }
}
