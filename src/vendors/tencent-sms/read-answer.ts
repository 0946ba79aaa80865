import { groupBy } from '../../common/group-by.js';
import type { Sending } from '../sms/send-planned.js';
import { isNoFaultOfAccount, judgeUntold } from '../sms/sms-answer.js';
import type { Answered } from '../transport/account-http.js';
import {
  forAll,
  judge,
  type Judgement,
  meaningOf,
  restInChina,
  resultOf,
  secondsUntilChina,
} from '../transport/judgement.js';
import { jsonObject } from '../transport/read-text.js';
import { fieldsOf, isObject, word } from '../transport/untrusted.js';
import type { SendResult } from '../vendor.js';
import { e164 } from './calls.js';
import { CODES, DEAD_NUMBER, OF_THE_WORDS } from './codes.js';

type Fields = Readonly<Record<string, unknown>>;

/** `Response`, which holds either an `Error` or what was asked for; undefined for what is no answer of Tencent Cloud. */
export function responseOf(text: string): Fields | undefined {
  const response = jsonObject(text)?.['Response'];
  return isObject(response) ? response : undefined;
}

/** Code and message of an error. */
export function errorOf(response: Fields): { code: string; message: string } | undefined {
  const { Code: code, Message: message } = fieldsOf(response['Error']);
  return typeof code === 'string' ? { code, message: word(message) ?? '' } : undefined;
}

/** An outcome per number, by its status; or one for all, when the call was refused as a whole. */
export function readAnswer(reply: Answered, call: readonly Sending[], now: Date): SendResult {
  const response = responseOf(reply.text) ?? {};
  const error = errorOf(response);
  if (error !== undefined) return forAll(call, judgeCode(error.code, error.message, call, reply, now));
  const statuses = response['SendStatusSet'];
  if (!Array.isArray(statuses)) return forAll(call, judgeUntold(reply));
  const byNumber = groupBy((statuses as unknown[]).flatMap(statusOf), ({ number }) => number);
  const judgements = call.map((sending): Judgement => {
    const own = byNumber.get(e164(sending.target.address)) ?? [];
    // A number that stands in the call twice has two statuses.
    const status = own.length > 1 ? own.shift() : own[0];
    return status === undefined ? judge('unknown', 'no-status', '') : judgeNumber(status.status, sending, reply, now);
  });
  return resultOf(judgements);
}

/** Statuses without a number are of nobody. */
function statusOf(entry: unknown): { number: string; status: Fields }[] {
  const status = fieldsOf(entry);
  const { PhoneNumber: number } = status;
  return typeof number === 'string' ? [{ number: e164(number), status }] : [];
}

function judgeNumber(status: Fields, sending: Sending, reply: Answered, now: Date): Judgement {
  const { Code: code, Message: message, SerialNo: serial } = status;
  if (code === 'Ok') {
    const reference =
      typeof serial === 'string' && serial !== '' ? { vendorReference: serial, echoesNothing: true } : {};
    return { outcome: { status: 'accepted', ...reference } };
  }
  if (typeof code !== 'string') return judge('unknown', 'no-status', '');
  return judgeCode(code, word(message) ?? '', [sending], reply, now);
}

/** Codes that nobody knows are the request's fault, unless the server failed over it. */
function judgeCode(code: string, message: string, call: readonly Sending[], reply: Answered, now: Date): Judgement {
  if (code === DEAD_NUMBER && call.length === 1) return judge('address-gone', code, message);
  if (isNoFaultOfAccount(OF_THE_WORDS.get(code), call)) return judge('rejected', code, message);
  const meaning = meaningOf(CODES, code) ?? (reply.status >= 500 ? 'unknown' : 'rejected');
  return judge(meaning, code, message, restOfNumber(code, now) ?? restInChina(meaning, reply, now));
}

function restOfNumber(code: string, now: Date): number | undefined {
  if (code === 'LimitExceeded.PhoneNumberThirtySecondLimit') return 30;
  return code === 'FailedOperation.MarketingSendTimeConstraint' ? secondsUntilChina(now, 8) : undefined;
}
