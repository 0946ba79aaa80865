import { byErrcode, judgeBy, refusalIn } from '../chat/read-answer.js';
import type { Answered, HttpReply } from '../transport/account-http.js';
import { accepted } from '../transport/judgement.js';
import { jsonObject } from '../transport/read-text.js';
import { type CalledUnderToken, type GrantAnswer, refusedUnderToken } from '../transport/token-cache.js';
import { lifeOf, readGrant } from '../transport/token-grant.js';
import { word } from '../transport/untrusted.js';
import type { Outcome, VendorTarget } from '../vendor.js';
import { APP_CODES, OF_THE_PERSON, REST_SECONDS } from './codes.js';

const USUAL_LIFE_SECONDS = 7200;
const read = byErrcode(APP_CODES, REST_SECONDS);

/** What a reply of an app's call says of the account, or of a whole message. */
export const judgeApp = judgeBy(read);

/** One outcome per person: those listed as invalid or without a licence did not get it, the others share the message's id. */
export function readSent(reply: Answered, targets: readonly VendorTarget[], now: Date): CalledUnderToken {
  const refusal = refusalIn(reply, read, now);
  if (refusal !== undefined) {
    const gone = targets.length === 1 && OF_THE_PERSON.has(refusal.code);
    return refusedUnderToken(gone ? { ...refusal, meaning: 'address-gone' } : refusal, targets);
  }
  const { invaliduser, unlicenseduser, msgid } = jsonObject(reply.text) ?? {};
  const invalid = listed(invaliduser);
  const unlicensed = listed(unlicenseduser);
  const taken = accepted(word(msgid));
  return {
    outcomes: targets.map(({ address }): Outcome => {
      const person = address.toLowerCase();
      if (invalid.has(person)) return { status: 'address-gone', code: 'invalid-user' };
      return unlicensed.has(person) ? { status: 'unreachable', code: 'unlicensed-user' } : taken;
    }),
  };
}

export const readToken = (reply: HttpReply, signal: AbortSignal, now: Date): GrantAnswer =>
  readGrant(reply, signal, (answer) => {
    const { access_token: token, expires_in: life } = jsonObject(answer.text) ?? {};
    return typeof token === 'string' && token !== ''
      ? { token, expiresInSeconds: lifeOf(life, USUAL_LIFE_SECONDS) }
      : refusalIn(answer, read, now);
  });

/** The members in a list such as `a|b`; WeCom writes them in lower case. */
const listed = (list: unknown): ReadonlySet<string> =>
  new Set(typeof list === 'string' ? list.toLowerCase().split('|') : []);
