import type { AccountVerdict, Outcome } from '../vendor.js';

/** What is made of one answer, for every target of the request alike. */
export interface Judgement {
  outcome: Outcome;
  account?: AccountVerdict;
}

type Meaning = 'rejected' | 'retry' | 'unknown' | AccountVerdict['problem'];

/** HTTP statuses with a meaning of their own; the others go by their hundred. */
const STATUSES: Readonly<Record<number, Meaning>> = {
  401: 'credentials',
  403: 'credentials',
  408: 'retry',
  425: 'retry',
  429: 'throttled',
  // Said by a proxy that lost its gateway on the way: the gateway may have taken the batch.
  502: 'unknown',
  503: 'throttled',
  504: 'unknown',
};

/** A gateway that asks for a longer rest is asked again after an hour. */
const LONGEST_REST_SECONDS = 3_600;

/** Judges an answer that is not 2xx. `excerpt` is the beginning of its body, for a person. */
export function judgeStatus(status: number, excerpt: string, afterSeconds: number | undefined): Judgement {
  const code = `http-${status}`;
  const detail = excerpt === '' ? `The gateway answered ${status}.` : `The gateway answered ${status}: ${excerpt}`;
  const meaning = STATUSES[status] ?? byHundred(status);
  switch (meaning) {
    case 'rejected':
    case 'unknown':
      return { outcome: { status: meaning, code, detail } };
    case 'retry':
      return { outcome: { status: 'retry', code, detail, afterSeconds } };
    default:
      return {
        outcome: { status: 'retry', code },
        account: { problem: meaning, code, detail, ...(meaning === 'throttled' && { afterSeconds }) },
      };
  }
}

function byHundred(status: number): Meaning {
  if (status >= 500) return 'retry';
  // A redirect is not followed: nobody was told anything, and the account's url is wrong.
  return status >= 400 ? 'rejected' : 'unreachable';
}

/** Seconds of a Retry-After header, which holds seconds or an HTTP date; undefined when it holds neither. */
export function restSeconds(header: string | undefined, now: Date): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(LONGEST_REST_SECONDS, Math.max(0, Math.ceil(seconds)));
}
