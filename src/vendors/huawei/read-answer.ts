import type { Answered } from '../transport/account-http.js';
import {
  accepted,
  CREDENTIALS,
  forAll,
  judge,
  type Meaning,
  meaningOf,
  type Refusal,
  statusRefusal,
  type StatusTable,
} from '../transport/judgement.js';
import { excerpt, jsonObject } from '../transport/read-text.js';
import { type CalledUnderToken, refusedUnderToken } from '../transport/token-cache.js';
import { fieldsOf, word } from '../transport/untrusted.js';
import type { Outcome, SendResult, VendorTarget } from '../vendor.js';
import { CODES, ILLEGAL_TOKEN, NO_TOKEN_VALID, PARTLY, REASONS, SUCCESS } from './codes.js';

/** 401 speaks of the token, 404 of an address that does not exist. */
const STATUSES: StatusTable = { 401: 'token-expired', 404: CREDENTIALS };

/** An answer to a push of v1, v2 or v3. */
export function readAnswer(reply: Answered, targets: readonly VendorTarget[], now: Date): CalledUnderToken {
  const { msg, requestId } = jsonObject(reply.text) ?? {};
  const taken = accepted(word(requestId));
  switch (codeOf(reply)) {
    case SUCCESS:
      return forAll(targets, { outcome: taken });
    case PARTLY:
      return partlyTaken(refusedTokens(msg), targets, taken);
    case NO_TOKEN_VALID:
      return noneValid(refusedTokens(msg), targets);
    default:
      return refusedUnderToken(refusalIn(reply, now), targets);
  }
}

/** Undefined where the status says all: 503 is how Huawei says that pushes come too fast. */
export const codeOf = ({ status, text }: Answered): string | undefined =>
  status === 503 ? undefined : word(jsonObject(text)?.['code']);

/** Why a whole push was not taken. */
export function refusalIn(reply: Answered, now: Date): Refusal {
  const code = codeOf(reply);
  if (code === undefined) return statusRefusal(reply, now, STATUSES);
  const detail = excerpt(word(jsonObject(reply.text)?.['msg']) ?? '');
  return { meaning: meaningOf(CODES, code) ?? 'rejected', code, detail };
}

/** By token the reason of those that `msg` names: a JSON text with a list (v1, v2), or with a list by reason (v3). */
function refusedTokens(msg: unknown): Map<string, string> {
  const said = typeof msg === 'string' ? jsonObject(msg) : undefined;
  const named = said?.['illegalTokens'] ?? said?.['illegal_tokens'];
  const lists = Object.entries(Array.isArray(named) ? { [ILLEGAL_TOKEN]: named as unknown } : fieldsOf(named));
  return new Map(
    lists.flatMap(([reason, tokens]) =>
      Array.isArray(tokens) ? tokens.map((token: unknown) => [word(token) ?? '', reason] as const) : [],
    ),
  );
}

function partlyTaken(refused: Map<string, string>, targets: readonly VendorTarget[], taken: Outcome): SendResult {
  if (refused.size === 0)
    return forAll(
      targets,
      judge('unknown', PARTLY, 'Huawei took the push for some tokens and does not tell for which.'),
    );
  const outcomes = targets.map(({ address }) => {
    const reason = refused.get(address);
    return reason === undefined ? taken : refusal(reason, true);
  });
  return { outcomes };
}

/**
 * All tokens of a call were refused. Of a single one that is a verdict about it. Of several it is as likely that the account's app is
 * not theirs, so none of them is called gone.
 */
function noneValid(refused: Map<string, string>, targets: readonly VendorTarget[]): SendResult {
  const alone = targets.length === 1;
  const reasons = targets.map(({ address }) => refused.get(address) ?? NO_TOKEN_VALID);
  const [first = NO_TOKEN_VALID] = reasons;
  if (!alone && reasons.every((reason) => reasonMeaning(reason) === CREDENTIALS))
    return forAll(targets, judge(CREDENTIALS, first, `Huawei refuses every token of a push: ${first}`));
  return { outcomes: reasons.map((reason) => refusal(reason, alone)) };
}

const reasonMeaning = (reason: string): Meaning => meaningOf(REASONS, reason) ?? 'rejected';

/** `sure`: the refusal speaks of this token, and not of all that were sent with it. */
function refusal(reason: string, sure: boolean): Outcome {
  const meaning = reasonMeaning(reason);
  const status = meaning === 'unreachable' || (meaning === 'address-gone' && sure) ? meaning : 'rejected';
  return { status, code: reason };
}
