import { isMainland, type Sending } from '../sms/send-planned.js';
import { isNoFaultOfAccount, judgeUntold } from '../sms/sms-answer.js';
import type { Answered } from '../transport/account-http.js';
import {
  accepted,
  forAll,
  judge,
  type Judgement,
  type Meaning,
  meaningOf,
  restInChina,
} from '../transport/judgement.js';
import { jsonObject } from '../transport/read-text.js';
import { word } from '../transport/untrusted.js';
import type { SendResult } from '../vendor.js';
import { haveSameWords } from './calls.js';
import { CODES, NUMBER_ILLEGAL, OF_THE_NUMBER, OF_THE_WORDS } from './codes.js';

export interface CallAnswer {
  result: SendResult;
  /** Nobody of the call has been sent anything, and it is worth another try: in halves, when one of several is to blame. */
  again?: 'new-nonce' | 'halves';
}

/** One outcome for all of a call: the service takes or refuses it as a whole. */
export function readAnswer(reply: Answered, call: readonly Sending[], now: Date): CallAnswer {
  const { Code: code, Message: message, BizId: bizId } = jsonObject(reply.text) ?? {};
  if (typeof code !== 'string') return { result: forAll(call, judgeUntold(reply)) };
  if (code === 'OK') return { result: forAll(call, { outcome: accepted(word(bizId)) }) };
  const meaning = meaningFor(code, call, reply.status);
  const detail = word(message) ?? '';
  const judgement =
    code === 'isv.BUSINESS_LIMIT_CONTROL'
      ? judgeNumberLimit(code, detail)
      : judge(meaning, code, detail, restInChina(meaning, reply, now));
  return { result: forAll(call, judgement), ...againOf(code, meaning, call) };
}

/** Codes that nobody knows are the request's fault, unless the server failed over it. */
function meaningFor(code: string, call: readonly Sending[], status: number): Meaning {
  if (isNoFaultOfAccount(OF_THE_WORDS.get(code), call)) return 'rejected';
  // Abroad it may only say that the template is for the mainland.
  if (code === NUMBER_ILLEGAL && !call.every(isMainland)) return 'rejected';
  return meaningOf(CODES, code) ?? (status >= 500 ? 'unknown' : 'rejected');
}

/**
 * A number gets so many SMS of an account in a minute, an hour and a day. A minute is waited for. The rest is not: the route's next
 * account has limits of its own, and what an SMS says is seldom worth saying hours later.
 */
function judgeNumberLimit(code: string, message: string): Judgement {
  return /小时级|天级|hour|day/i.test(message)
    ? judge('unreachable', code, message)
    : judge('retry', code, message, 60);
}

function againOf(code: string, meaning: Meaning, call: readonly Sending[]): Pick<CallAnswer, 'again'> {
  if (meaning === 'token-expired') return { again: 'new-nonce' };
  if (call.length === 1) return {};
  const ofOne = OF_THE_NUMBER.has(code) || (meaning === 'rejected' && !haveSameWords(call));
  return ofOne ? { again: 'halves' } : {};
}
