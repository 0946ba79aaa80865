import { CREDENTIALS, type StatusTable } from '../transport/judgement.js';

/**
 * What the statuses of push services mean; the others go by their hundred. 401 and 403 are the account's fault only when every
 * subscription of a call gets one: see `judge-together.ts`.
 */
export const STATUSES: StatusTable = {
  400: 'rejected', // a header or the body is not as it should be
  401: CREDENTIALS, // the VAPID token is refused
  403: CREDENTIALS,
  404: 'address-gone',
  406: 'retry', // Windows says so for 429
  410: 'address-gone',
  413: 'rejected', // too large
  429: 'retry',
  500: 'retry',
  502: 'unknown', // said by a proxy that lost the service on the way
  503: 'retry',
  504: 'unknown',
};

/** The whole service wants to be left alone for a while. */
export const TOO_FAST: ReadonlySet<number> = new Set([406, 429]);

/** How Apple, Mozilla and Google say that the subscription was made for another VAPID key. */
export const OTHER_KEY = /VapidPkHashMismatch|VAPID public key mismatch|do not correspond to the credentials/i;
