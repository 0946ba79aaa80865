import { NO_TOKEN_VALID } from '../huawei/codes.js';
import type { Answered } from '../transport/account-http.js';
import { accepted, forAll, judge, meaningOf, statusMeaning, statusRefusal } from '../transport/judgement.js';
import { excerpt, jsonObject } from '../transport/read-text.js';
import { type CalledUnderToken, refusedUnderToken } from '../transport/token-cache.js';
import { fieldsOf, word } from '../transport/untrusted.js';
import type { Outcome, VendorTarget } from '../vendor.js';
import { CODES, STATUSES, TAKEN } from './codes.js';

/** One outcome per device: those whose tokens are expired are gone, those that failed are not. */
export function readAnswer(reply: Answered, targets: readonly VendorTarget[], now: Date): CalledUnderToken {
  const { code: said, message, data } = fieldsOf(jsonObject(reply.text));
  const code = word(said);
  const byStatus = statusRefusal(reply, now, STATUSES);
  if (code === undefined) return refusedUnderToken(byStatus, targets);
  if (TAKEN.has(code)) return { outcomes: targets.map(outcomeIn(fieldsOf(data))) };
  if (code === NO_TOKEN_VALID && targets.length === 1)
    return forAll(targets, judge('address-gone', code, 'Honor does not know the token.'));
  const meaning = meaningOf(CODES, code) ?? (/^[45]\d\d$/.test(code) ? statusMeaning(Number(code)) : 'rejected');
  return refusedUnderToken(
    { ...byStatus, meaning, code, detail: excerpt(word(message) ?? '') || byStatus.detail },
    targets,
  );
}

function outcomeIn({ sendResult, requestId, failTokens, expireTokens }: Record<string, unknown>) {
  const expired = new Set<unknown>(Array.isArray(expireTokens) ? expireTokens : []);
  const failed = new Set<unknown>(Array.isArray(failTokens) ? failTokens : []);
  const taken = accepted(word(requestId));
  return ({ address }: VendorTarget): Outcome => {
    if (expired.has(address)) return { status: 'address-gone', code: 'expired-token' };
    if (failed.has(address)) return { status: 'rejected', code: 'failed-token' };
    return sendResult === false ? { status: 'rejected', code: 'not-sent' } : taken;
  };
}
