import type { Outcome } from '../vendor.js';

/** What becomes of a delivery, by whether its device is online. */
export const OUTCOMES = {
  /** It is on its way over the device's own connection, whose acknowledgement will be the receipt. */
  online: { status: 'accepted' },
  /** The route's next account is tried: a vendor reaches devices that sleep. */
  offline: { status: 'unreachable', code: 'offline' },
  /** Nobody could be asked who is online; nothing was sent. */
  unasked: { status: 'retry', code: 'presence-unavailable' },
} as const satisfies Record<string, Outcome>;
