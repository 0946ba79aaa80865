import type { Answered } from '../transport/account-http.js';
import {
  accepted,
  forAll,
  judge,
  type Judgement,
  judgeStatus,
  meaningOf,
  restInChina,
} from '../transport/judgement.js';
import { excerpt, jsonObject } from '../transport/read-text.js';
import { fieldsOf, word } from '../transport/untrusted.js';
import type { Outcome, SendResult, VendorTarget } from '../vendor.js';
import { CODES, OF_THE_DEVICE } from './codes.js';

const BAD: Outcome = { status: 'address-gone', code: 'bad-regid' };

/** One outcome per device: those listed as bad are gone, the others share the message's id. */
export function readAnswer(reply: Answered, targets: readonly VendorTarget[], now: Date): SendResult {
  const refusal = refusalIn(reply, now, targets.length === 1);
  if (refusal !== undefined) return forAll(targets, refusal);
  const { id, bad_regids: bad } = fieldsOf(jsonObject(reply.text)?.['data']);
  const badIds = new Set(word(bad)?.split(','));
  const taken = accepted(word(id));
  return { outcomes: targets.map(({ address }) => (badIds.has(address) ? BAD : taken)) };
}

/** Why nothing was taken, if so. `ofOneDevice`: whatever is said of a device is said of this one. */
export function refusalIn(reply: Answered, now: Date, ofOneDevice = false): Judgement | undefined {
  const { code, reason, description } = fieldsOf(jsonObject(reply.text));
  const told = word(code);
  if (told === undefined) return judgeStatus(reply, now);
  if (told === '0') return undefined;
  const meaning = ofOneDevice && OF_THE_DEVICE.has(told) ? 'address-gone' : (meaningOf(CODES, told) ?? 'rejected');
  const detail = excerpt(word(reason) ?? word(description) ?? '');
  return judge(meaning, told, detail, restInChina(meaning, reply, now));
}
