import type { Answered } from '../transport/account-http.js';
import {
  accepted,
  judgeRefusal,
  meaningOf,
  QUOTA,
  type Refusal,
  secondsUntilChina,
  statusRefusal,
} from '../transport/judgement.js';
import { excerpt, jsonObject } from '../transport/read-text.js';
import type { CalledUnderToken } from '../transport/token-cache.js';
import { isObject, word } from '../transport/untrusted.js';
import type { Outcome, VendorTarget } from '../vendor.js';
import { CODES, INVALID_REG_ID, RESTS, USER_STATUSES } from './codes.js';

/** What an answer says of itself, before anybody's outcome. */
interface Answer {
  fields: Readonly<Record<string, unknown>>;
  refused?: Refusal;
}

/** By its `result` or, where it has none, by its HTTP status. */
export function readResult(reply: Answered, now: Date): Answer {
  const fields = jsonObject(reply.text) ?? {};
  const code = word(fields['result']);
  if (code === '0') return { fields };
  if (code === undefined) return { fields, refused: statusRefusal(reply, now, { 401: 'token-expired' }) };
  const meaning = meaningOf(CODES, code) ?? 'rejected';
  const untilHour = RESTS.get(code)?.untilHour ?? (meaning === QUOTA ? 0 : undefined);
  const afterSeconds = untilHour === undefined ? undefined : secondsUntilChina(now, untilHour);
  return { fields, refused: { meaning, code, detail: excerpt(word(fields['desc']) ?? ''), afterSeconds } };
}

/** One outcome per device: those that vivo names fare as it says, the others share the answer's result and task. */
export function readAnswer(
  reply: Answered,
  targets: readonly VendorTarget[],
  now: Date,
  savedTaskId?: string,
): CalledUnderToken {
  const { fields, refused } = readResult(reply, now);
  const unreached = unreachedIn(fields);
  const outcomesOr = (others: Outcome): Outcome[] => targets.map(({ address }) => unreached.get(address) ?? others);
  if (refused === undefined) return { outcomes: outcomesOr(accepted(word(fields['taskId']) ?? savedTaskId)) };
  if (refused.meaning === 'token-expired') return { tokenExpired: judgeRefusal(refused) };
  const gone = refused.code === INVALID_REG_ID && targets.length === 1;
  const { outcome, ...verdict } = judgeRefusal(gone ? { ...refused, meaning: 'address-gone' } : refused);
  return { outcomes: outcomesOr(outcome), ...verdict };
}

/** The id of a message that was saved for a list; without one nobody has been sent anything, whatever became of the call. */
export function readSaved(
  reply: Answered,
  targets: readonly VendorTarget[],
  now: Date,
): { taskId: string } | CalledUnderToken {
  const { fields, refused } = readResult(reply, now);
  const taskId = word(fields['taskId']);
  if (refused === undefined && taskId !== undefined) return { taskId };
  const read = readAnswer(reply, targets, now);
  return 'tokenExpired' in read ? read : { ...read, outcomes: read.outcomes.map(sentNothing) };
}

/** What is not known, or taken for done, did not reach anybody. */
export function sentNothing(outcome: Outcome): Outcome {
  if (outcome.status === 'accepted') return { status: 'retry', code: 'no-task-id' };
  return outcome.status === 'unknown' ? { ...outcome, status: 'retry' } : outcome;
}

/** By the id of the device. vivo names one in `invalidUser`, several in `invalidUsers`. */
function unreachedIn({ invalidUser, invalidUsers }: Answer['fields']): ReadonlyMap<string, Outcome> {
  const users = [invalidUser, ...(Array.isArray(invalidUsers) ? (invalidUsers as unknown[]) : [])].filter(isObject);
  return new Map(
    users.map(({ userid, status }) => {
      const code = word(status) ?? '';
      return [word(userid) ?? '', { status: USER_STATUSES.get(code) ?? 'rejected', code: `invalid-user-${code}` }];
    }),
  );
}
