import { internationalDigits } from '../sms/international-digits.js';
import { judgeUntold } from '../sms/sms-answer.js';
import type { HttpReply } from '../transport/account-http.js';
import {
  judge,
  type Judgement,
  judgeUnread,
  type Meaning,
  QUOTA,
  restSeconds,
  THROTTLED,
  UNREADABLE,
  meaningOf,
} from '../transport/judgement.js';
import { excerpt } from '../transport/read-text.js';
import type { Outcome, SendResult, VendorTarget } from '../vendor.js';
import type { AnswerRules, ResultRules } from './answer-rules.js';
import { parseData } from './data-format.js';
import type { Gateway } from './gateway.js';
import { textAt, valueAt } from './json-path.js';
import { digitsRead, type Numbering } from './phone-number.js';
import { secondsUntilTomorrow } from './time-format.js';
import { vendorReference } from './vendor-reference.js';

type Answered = HttpReply & { answered: true };

const ACCEPTED: Judgement = { outcome: { status: 'accepted' } };

/**
 * One outcome per number: by its own result where the answer has one, otherwise by the answer as a whole. That a whole request of several
 * numbers is to dead ones is not believed.
 */
export function readAnswer(gateway: Gateway, reply: Answered, targets: readonly VendorTarget[], now: Date): SendResult {
  const { answer, numbering } = gateway;
  const { results, idPath } = answer;
  const data = parseData(reply.text, answer.encoding, answer.separators);
  const whole = believable(judgeData(gateway, answer, data, reply, now), targets);
  const entryOf = results && resultFinder(data, results, targets, numbering);
  const judgements = targets.map((target, index): Judgement => {
    const entry = entryOf?.(target, index);
    const own = results && entry !== undefined ? judgeEntry(gateway, results, entry, whole) : whole;
    const id = results?.idPath && entry !== undefined ? textAt(entry, results.idPath) : textAt(data, idPath);
    return own.outcome.status === 'accepted' ? { outcome: acceptedOutcome(gateway, id, target) } : own;
  });
  const account = judgements.find((judgement) => judgement.account !== undefined)?.account;
  return { outcomes: judgements.map(({ outcome }) => outcome), ...(account === undefined ? {} : { account }) };
}

/** What an answer says as a whole. */
export function judgeAnswer(gateway: Gateway, rules: AnswerRules, reply: Answered, now: Date): Judgement {
  return judgeData(gateway, rules, parseData(reply.text, rules.encoding, rules.separators), reply, now);
}

function believable(whole: Judgement, targets: readonly VendorTarget[]): Judgement {
  const { outcome } = whole;
  if (outcome.status !== 'address-gone' || targets.length === 1) return whole;
  return { outcome: { ...outcome, status: 'rejected' } };
}

function judgeData(
  { codes, plain }: Gateway,
  rules: AnswerRules,
  data: unknown,
  reply: Answered,
  now: Date,
): Judgement {
  const { status, headers, text } = reply;
  const code = textAt(data, rules.codePath);
  const isGood = rules.isGoodStatus(status);
  if (code === undefined) {
    if (!isGood) return judgeStatus(reply, now);
    return rules.codePath === undefined ? ACCEPTED : judgeUnread(text);
  }
  if (rules.isSuccess(code)) return isGood ? ACCEPTED : judge('unknown', `http-${status}`, excerpt(text));
  const meaning = meaningOf(codes, code);
  if (meaning === undefined && status >= 300) return judgeStatus(reply, now);
  const rest = meaning === QUOTA ? secondsUntilTomorrow(now, plain.timeZone) : restSeconds(headers['retry-after'], now);
  return judge(meaning ?? 'rejected', code, textAt(data, rules.messagePath) ?? excerpt(text), rest);
}

function judgeStatus(reply: Answered, now: Date): Judgement {
  const { status, headers, text } = reply;
  return status === 429
    ? judge(THROTTLED, `http-${status}`, excerpt(text), restSeconds(headers['retry-after'], now))
    : judgeUntold(reply);
}

/** Without a code of its own, an entry only tells the number's id. */
function judgeEntry({ codes }: Gateway, rules: ResultRules, entry: unknown, whole: Judgement): Judgement {
  if (rules.codePath === undefined) return whole;
  const code = textAt(entry, rules.codePath);
  if (code === undefined) return judge('unknown', UNREADABLE, '');
  if (rules.isSuccess(code)) return ACCEPTED;
  return judge(ofOneNumber(meaningOf(codes, code) ?? 'rejected'), code, textAt(entry, rules.messagePath) ?? '');
}

/** A limit that one number has reached is none of the account. */
function ofOneNumber(meaning: Meaning): Meaning {
  if (meaning === THROTTLED) return 'retry';
  return meaning === QUOTA ? 'unreachable' : meaning;
}

function acceptedOutcome({ receipts, plain }: Gateway, id: string | undefined, { address }: VendorTarget): Outcome {
  const reference = vendorReference(id, internationalDigits(address, plain.countryCode), receipts);
  if (reference === undefined) return { status: 'accepted' };
  const echoesNothing = receipts?.subject === 'vendorReference' ? { echoesNothing: true } : {};
  return { status: 'accepted', vendorReference: reference, ...echoesNothing };
}

/** Finds the entry of a number by the number, or by its place in a list that has one for each. */
function resultFinder(
  data: unknown,
  { path, phonePath }: ResultRules,
  targets: readonly VendorTarget[],
  numbering: Numbering,
): (target: VendorTarget, index: number) => unknown {
  const found = valueAt(data, path);
  const entries: unknown[] = Array.isArray(found) ? found : [];
  if (phonePath === undefined) return (_, index) => (entries.length === targets.length ? entries[index] : undefined);
  const byNumber = new Map(
    entries.map((entry) => {
      const phone = textAt(entry, phonePath);
      return [phone && digitsRead(phone, numbering), entry] as const;
    }),
  );
  return ({ address }) => byNumber.get(internationalDigits(address, numbering.countryCode));
}
