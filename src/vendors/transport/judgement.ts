import type { AccountVerdict, Outcome, SendResult } from '../vendor.js';
import type { Answered } from './account-http.js';
import { excerpt } from './read-text.js';

/** What is made of one answer, for every target it speaks of. */
export interface Judgement {
  outcome: Outcome;
  account?: AccountVerdict;
}

/**
 * What a code of a vendor means, as its table says: an outcome of the target; or that the access token has aged out (a new one is
 * fetched, once); or trouble of the account, which leaves its targets untouched.
 */
export type Meaning =
  Exclude<Outcome['status'], 'accepted'> | 'token-expired' | { readonly account: AccountVerdict['problem'] };

/** Wrong key, secret, permission, signature, clock or address list: somebody must look at the account. */
export const CREDENTIALS = { account: 'credentials' } as const satisfies Meaning;
/** What the vendor allows in a day is spent. */
export const QUOTA = { account: 'quota' } as const satisfies Meaning;
/** Too fast at the moment. */
export const THROTTLED = { account: 'throttled' } as const satisfies Meaning;
/** The vendor is not there, or not in a state to work. */
export const DOWN = { account: 'unreachable' } as const satisfies Meaning;

/** What codes mean; a key that ends in `*` stands for all codes that begin so and have no longer key of their own. */
export type CodeTable = Readonly<Record<string, Meaning>>;

/** The meaning of a code, or undefined when the table knows nothing like it. */
export function meaningOf(table: CodeTable, code: string): Meaning | undefined {
  if (Object.hasOwn(table, code)) return table[code];
  const beginnings = Object.keys(table).filter((key) => key.endsWith('*') && code.startsWith(key.slice(0, -1)));
  const [longest] = beginnings.toSorted((left, right) => right.length - left.length);
  return longest === undefined ? undefined : table[longest];
}

const LONGEST_DETAIL = 500;

/** A token that was refused although it is fresh is the account's fault. */
export function judge(meaning: Meaning, code: string, detail: string, afterSeconds?: number): Judgement {
  const words = detail.slice(0, LONGEST_DETAIL);
  const after = afterSeconds === undefined ? {} : { afterSeconds };
  if (meaning === 'token-expired') return judge(CREDENTIALS, code, detail);
  if (typeof meaning === 'object') {
    return {
      outcome: { status: 'retry', code },
      account: { problem: meaning.account, code, detail: words, ...after },
    };
  }
  return { outcome: { status: meaning, code, detail: words, ...(meaning === 'retry' ? after : {}) } };
}

/** The same for each of these targets, or of whatever holds one target each. */
export function forAll(targets: readonly unknown[], { outcome, account }: Judgement): SendResult {
  return { outcomes: targets.map(() => outcome), ...(account === undefined ? {} : { account }) };
}

/** One outcome per judgement, in order, and the first verdict on the account. */
export function resultOf(judgements: readonly Judgement[]): SendResult {
  const account = judgements.find((judgement) => judgement.account !== undefined)?.account;
  return { outcomes: judgements.map(({ outcome }) => outcome), ...(account === undefined ? {} : { account }) };
}

/** Of a target that the vendor took, by the vendor's name of it where there is one. */
export const accepted = (vendorReference?: string): Outcome => ({
  status: 'accepted',
  ...(vendorReference === undefined ? {} : { vendorReference }),
});

/** Of a target to which nothing was sent, and whose fault that is not. */
export const untouched = (code: string): Judgement => ({ outcome: { status: 'retry', code } });

/** Code of a success whose words cannot be read. */
export const UNREADABLE = 'unreadable-answer';

/** It tells nothing of anybody. */
export const judgeUnread = (text: string): Judgement => judge('unknown', UNREADABLE, text.slice(0, LONGEST_DETAIL));

/** What HTTP statuses mean. */
export type StatusTable = Readonly<Record<number, Meaning>>;

/** Statuses with a meaning of their own; the others go by their hundred. */
const STATUSES: StatusTable = {
  401: CREDENTIALS,
  403: CREDENTIALS,
  408: 'retry',
  413: 'rejected',
  425: 'retry',
  429: THROTTLED,
  // Said by a proxy that lost the vendor on the way: the vendor may have taken the request.
  502: 'unknown',
  503: THROTTLED,
  504: 'unknown',
};

/** The meaning of a status that no body explains: 4xx is the request's fault, 5xx may pass, a redirect means a wrong address. */
export function statusMeaning(status: number): Meaning {
  const own = STATUSES[status];
  if (own !== undefined) return own;
  if (status >= 500) return 'retry';
  return status >= 400 ? 'rejected' : DOWN;
}

/** Why something was not taken, before it is anybody's outcome. */
export interface Refusal {
  meaning: Meaning;
  code: string;
  detail: string;
  /** How long to wait, where that is known. */
  afterSeconds?: number;
}

export const judgeRefusal = ({ meaning, code, detail, afterSeconds }: Refusal): Judgement =>
  judge(meaning, code, detail, afterSeconds);

/** What an answer says by nothing but its HTTP status; `own` are the statuses that mean something else with this vendor. */
export function statusRefusal({ status, headers, text }: Answered, now: Date, own: StatusTable = {}): Refusal {
  const detail = excerpt(text) || `HTTP ${status}`;
  if (status < 300) return { meaning: 'unknown', code: UNREADABLE, detail };
  const afterSeconds = restSeconds(headers['retry-after'], now);
  return { meaning: own[status] ?? statusMeaning(status), code: `http-${status}`, detail, afterSeconds };
}

/** Judges an answer that says nothing but its HTTP status. */
export const judgeStatus = (reply: Answered, now: Date, own?: StatusTable): Judgement =>
  judgeRefusal(statusRefusal(reply, now, own));

/** A vendor that asks for a longer rest is asked again after an hour. */
const LONGEST_REST_SECONDS = 3_600;

/** Seconds of a Retry-After header, which holds seconds or an HTTP date; undefined when it holds neither. */
export function restSeconds(header: string | undefined, now: Date): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(LONGEST_REST_SECONDS, Math.max(0, Math.ceil(seconds)));
}

/**
 * How long an account with a vendor in China rests after a refusal: until midnight there when its quota is spent, and when it was too
 * fast for as long as the vendor asks.
 */
export function restInChina(meaning: Meaning, { headers }: Answered, now: Date): number | undefined {
  if (meaning === QUOTA) return secondsUntilChina(now);
  return meaning === THROTTLED ? restSeconds(headers['retry-after'], now) : undefined;
}

const CHINA_OFFSET_MILLISECONDS = 8 * 3_600_000;
const DAY_MILLISECONDS = 24 * 3_600_000;

/** Seconds until it is `hour` o'clock in China (UTC+8 all year): when quotas of a day begin anew there. */
export function secondsUntilChina(now: Date, hour = 0): number {
  const wanted = hour * 3_600_000;
  const passed = (now.getTime() + CHINA_OFFSET_MILLISECONDS - wanted) % DAY_MILLISECONDS;
  return Math.ceil((DAY_MILLISECONDS - passed) / 1000);
}
