import type { Answered } from '../transport/account-http.js';
import {
  accepted,
  forAll,
  judge,
  type Judgement,
  judgeStatus,
  meaningOf,
  restInChina,
  resultOf,
} from '../transport/judgement.js';
import { excerpt, jsonObject } from '../transport/read-text.js';
import { fieldsOf, word } from '../transport/untrusted.js';
import type { SendResult, VendorTarget } from '../vendor.js';
import { CODES, DEVICE_CODES, FOLDED_CODE, FOLDED_SECONDS } from './codes.js';

/** One outcome per device: those that are listed under a code fare as it says, the others share the answer's. */
export function readAnswer(reply: Answered, targets: readonly VendorTarget[], now: Date): SendResult {
  const refusal = refusalIn(reply, now, targets.length === 1);
  if (refusal !== undefined) return forAll(targets, refusal);
  const { value, msgId } = fieldsOf(jsonObject(reply.text));
  const listed = listedIn(value);
  const taken = { outcome: accepted(word(msgId)) };
  return resultOf(targets.map(({ address }) => listed.get(address) ?? taken));
}

/** Why nothing was taken, if so. `ofOneDevice`: whatever is said of a device is said of this one. */
export function refusalIn(reply: Answered, now: Date, ofOneDevice = false): Judgement | undefined {
  const { code, message } = fieldsOf(jsonObject(reply.text));
  const told = word(code);
  if (told === '200') return undefined;
  if (told === undefined) return judgeStatus(reply, now);
  const found = meaningOf(CODES, told) ?? meaningOf(DEVICE_CODES, told) ?? 'rejected';
  const meaning = found === 'address-gone' && !ofOneDevice ? 'rejected' : found;
  return judge(meaning, told, excerpt(word(message) ?? ''), restInChina(meaning, reply, now));
}

/** By device; there may be nobody, in whatever shape. */
function listedIn(value: unknown): ReadonlyMap<unknown, Judgement> {
  return new Map(
    Object.entries(fieldsOf(value)).flatMap(([code, pushIds]) => {
      const meaning = meaningOf(DEVICE_CODES, code) ?? 'rejected';
      const judgement = judge(meaning, code, '', code === FOLDED_CODE ? FOLDED_SECONDS : undefined);
      return Array.isArray(pushIds) ? pushIds.map((pushId: unknown) => [pushId, judgement] as const) : [];
    }),
  );
}
