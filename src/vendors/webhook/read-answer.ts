import type { Answered } from '../transport/account-http.js';
import { accepted, forAll, judgeRefusal, judgeUnread, statusRefusal, UNREADABLE } from '../transport/judgement.js';
import { excerpt, jsonObject } from '../transport/read-text.js';
import { isObject, word } from '../transport/untrusted.js';
import type { Outcome, SendResult, VendorTarget } from '../vendor.js';

const LONGEST_WORD = 200;

/**
 * The outcomes of an answer. Of a 2xx: for each target what its body names, accepted when it names none. Of any other status: its
 * usual meaning, for all alike.
 *
 * @example { "outcomes": [{ "reference": "16-1-2s", "status": "retry", "code": "busy", "afterSeconds": 5 }] }
 */
export function readAnswer(answer: Answered, targets: readonly VendorTarget[], now: Date): SendResult {
  if (!isTaken(answer))
    return forAll(targets, judgeRefusal({ ...statusRefusal(answer, now), detail: inWords(answer) }));
  const { text } = answer;
  const entries = text.trim() === '' ? [] : entriesOf(text);
  if (entries === undefined) return forAll(targets, judgeUnread(text));
  const named = new Map(entries.map((entry) => [entry['reference'], entry]));
  return {
    outcomes: targets.map(({ reference }) => {
      const entry = named.get(reference);
      return entry === undefined ? accepted() : toOutcome(entry);
    }),
  };
}

export const isTaken = ({ status }: Answered): boolean => status >= 200 && status < 300;

/** What the gateway answered, for a person. */
export function inWords({ status, text }: Answered): string {
  const words = excerpt(text);
  return `The gateway answered ${status}${words === '' ? '.' : `: ${words}`}`;
}

function entriesOf(text: string): Record<string, unknown>[] | undefined {
  const answer = jsonObject(text);
  if (answer === undefined) return undefined;
  const { outcomes = [] } = answer;
  return Array.isArray(outcomes) && outcomes.every(isObject) ? outcomes : undefined;
}

function toOutcome(entry: Record<string, unknown>): Outcome {
  const { status, afterSeconds } = entry;
  const code = short(entry['code']) ?? 'gateway';
  const detail = short(entry['detail']);
  switch (status) {
    case 'accepted':
      return accepted(short(entry['vendorReference']));
    case 'rejected':
    case 'address-gone':
    case 'unreachable':
    case 'unknown':
      return { status, code, detail };
    case 'retry':
      return typeof afterSeconds === 'number' && afterSeconds >= 0 && Number.isFinite(afterSeconds)
        ? { status, code, detail, afterSeconds }
        : { status, code, detail };
    default:
      return {
        status: 'unknown',
        code: UNREADABLE,
        detail: excerpt(`The outcome's status is ${JSON.stringify(status)}.`),
      };
  }
}

function short(value: unknown): string | undefined {
  return word(value)?.slice(0, LONGEST_WORD) || undefined;
}
