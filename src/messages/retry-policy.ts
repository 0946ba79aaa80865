/** Attempts on one account before a delivery is given up. */
export const MOST_ATTEMPTS = 6;
/** A message without an expiry is not tried for longer than this. */
const LONGEST_LIFE = 72 * 3_600_000;
const FIRST_DELAY = 5_000;
const LONGEST_DELAY = 900_000;

/** Exponential back-off with full jitter in its upper half; a vendor's own wish is the least. */
export function retryDelay(
  attempt: number,
  afterSeconds: number | undefined,
  random: () => number = Math.random,
): number {
  const ceiling = Math.min(LONGEST_DELAY, FIRST_DELAY * 3 ** (attempt - 1));
  return Math.max((afterSeconds ?? 0) * 1000, Math.round(ceiling * (0.5 + random() / 2)));
}

/** Until when a message may be tried. */
export function lastTry(expiresAt: Date | null, plannedAt: Date | null, now: Date): Date {
  return expiresAt ?? new Date((plannedAt ?? now).getTime() + LONGEST_LIFE);
}
