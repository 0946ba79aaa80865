import type { Clock } from '../common/clock.js';

/** A loop waits so long for a send before it goes on without it. */
export const PATIENCE_MILLISECONDS = 250;
/** So many sends of one account may be left to finish by themselves; nothing more is claimed for it until one has. */
const MOST_OF_ACCOUNT = 4;
/** In all, in one process: what each holds is bounded by a claim, so this bounds the memory. */
const MOST = 64;

/**
 * Sends that take long. The loop that began one goes on with the work of other accounts, so that a slow vendor occupies as many sends
 * as it may have, and not the loops. Urgent sends are counted apart: they must not wait for bulk that is slow.
 */
export class Stragglers {
  private readonly all = new Map<Promise<void>, string>();

  constructor(
    private readonly clock: Clock,
    /** Called when one has finished: its account may be claimed for again. */
    private readonly finished: () => void,
  ) {}

  /** Resolves when `sending` has ended, or has taken long and may go on by itself. */
  async waitFor(organisationId: number, accountId: number, urgent: boolean, sending: Promise<void>): Promise<void> {
    const patience = new AbortController();
    const ended = sending.finally(() => patience.abort());
    await this.clock.sleep(PATIENCE_MILLISECONDS, patience.signal);
    if (patience.signal.aborted || this.all.size >= MOST) return ended;
    this.all.set(ended, keyOf(organisationId, accountId, urgent));
    ended
      .catch(() => undefined)
      .finally(() => {
        this.all.delete(ended);
        this.finished();
      });
  }

  /** The accounts of an organisation for which nothing more is to be claimed now. */
  full(organisationId: number, urgent: boolean): number[] {
    const counts = new Map<string, number>();
    for (const key of this.all.values()) counts.set(key, (counts.get(key) ?? 0) + 1);
    const prefix = keyOf(organisationId, undefined, urgent);
    return [...counts]
      .filter(([key, count]) => count >= MOST_OF_ACCOUNT && key.startsWith(prefix))
      .map(([key]) => Number(key.slice(prefix.length)));
  }

  /** Resolves when all have ended. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.all.keys());
  }
}

const keyOf = (organisationId: number, accountId: number | undefined, urgent: boolean): string =>
  `${urgent ? 'urgent' : 'any'}/${organisationId}/${accountId ?? ''}`;
