import type { Answered } from '../transport/account-http.js';
import {
  accepted,
  forAll,
  judge,
  type Judgement,
  judgeRefusal,
  judgeUnread,
  meaningOf,
  type Refusal,
  restInChina,
  resultOf,
  statusRefusal,
} from '../transport/judgement.js';
import { excerpt, jsonObject } from '../transport/read-text.js';
import { type CalledUnderToken, refusedUnderToken } from '../transport/token-cache.js';
import { fieldsOf, isObject, word } from '../transport/untrusted.js';
import type { VendorTarget } from '../vendor.js';
import { CLOCK_CODES, CODES, INVALID_REGISTRATION_ID } from './codes.js';

/** What an answer says of itself, before anybody's outcome: by its code or, where it has none, by its HTTP status. */
export function readCode(reply: Answered, now: Date): { data: unknown } | { refused: Refusal } {
  const { code, data, message } = fieldsOf(jsonObject(reply.text));
  const told = word(code);
  if (told === undefined) return { refused: statusRefusal(reply, now, { 401: 'token-expired' }) };
  return told === '0' ? { data } : { refused: refusalOf(told, message, reply, now) };
}

/** One outcome per device. A code for a whole batch is no verdict on any of its devices. */
export function readAnswer(reply: Answered, targets: readonly VendorTarget[], now: Date): CalledUnderToken {
  const answer = readCode(reply, now);
  if ('refused' in answer) {
    const refusal = targets.length === 1 ? ofOneDevice(answer.refused) : answer.refused;
    return refusedUnderToken(refusal, targets);
  }
  if (targets.length === 1) return { outcomes: [accepted(word(fieldsOf(answer.data)['messageId']))] };
  if (!Array.isArray(answer.data)) return forAll(targets, judgeUnread(reply.text));
  const items = new Map(answer.data.filter(isObject).map((item) => [item['registrationId'], item]));
  return resultOf(targets.map(({ address }) => judgeItem(items.get(address), reply, now)));
}

function judgeItem(item: Record<string, unknown> | undefined, reply: Answered, now: Date): Judgement {
  if (item === undefined) return judge('unknown', 'not-listed', 'OPPO took the batch, but did not list this device.');
  const code = word(item['errorCode']) ?? '0';
  if (code === '0') return { outcome: accepted(word(item['messageId'])) };
  return judgeRefusal(ofOneDevice(refusalOf(code, item['errorMessage'], reply, now)));
}

/** Said of one device alone, that its id is not valid means that it is gone. */
const ofOneDevice = (refusal: Refusal): Refusal =>
  refusal.code === INVALID_REGISTRATION_ID ? { ...refusal, meaning: 'address-gone' } : refusal;

function refusalOf(code: string, message: unknown, reply: Answered, now: Date): Refusal {
  const meaning = meaningOf(CODES, code) ?? 'rejected';
  const said = excerpt(word(message) ?? '');
  return {
    meaning,
    code,
    detail: CLOCK_CODES.has(code) ? `${said || code}; check the clock of this machine` : said,
    afterSeconds: restInChina(meaning, reply, now),
  };
}
