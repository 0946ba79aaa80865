import type { CancelTimer, Clock } from '../common/clock.js';

/** How long a claim holds by itself: so soon is the work of a dead process taken up by others. */
export const LEASE_MILLISECONDS = 15_000;
/** Two renewals in a row may fail before the lease runs out. */
export const RENEWAL_MILLISECONDS = LEASE_MILLISECONDS / 3;
/** Sooner than the loops try again after an error: when the database comes back, the holder should be there before a claimer. */
const AGAIN_MILLISECONDS = 500;

/**
 * Renews a lease for as long as work goes on, however long that is. `renew` writes the new end; `failed` hears of the first of
 * several failures in a row. A lease that could not be renewed in time is another's to claim: what protects from doing the work
 * twice is never the renewal, but the token that fences each write, and on a `hold` channel the claim of what was claimed before.
 * @returns ends the renewing
 */
export function keepLease(
  clock: Clock,
  renew: (until: Date) => Promise<unknown>,
  failed: (error: unknown) => void,
): CancelTimer {
  let cancel: CancelTimer | undefined;
  let ended = false;
  let failing = false;
  const arm = (milliseconds: number): void => {
    cancel?.();
    cancel = clock.at(new Date(clock.now().getTime() + milliseconds), turn);
  };
  const turn = (): void => {
    // Armed before the answer is there, which may never come.
    arm(RENEWAL_MILLISECONDS);
    renew(new Date(clock.now().getTime() + LEASE_MILLISECONDS)).then(
      () => (failing = false),
      (error: unknown) => {
        if (ended) return;
        if (!failing) failed(error);
        failing = true;
        arm(AGAIN_MILLISECONDS);
      },
    );
  };
  arm(RENEWAL_MILLISECONDS);
  return () => {
    ended = true;
    cancel?.();
  };
}
