import type { HttpReply } from '../transport/account-http.js';
import { judgeRefusal } from '../transport/judgement.js';
import { notVerified } from '../transport/not-verified.js';
import type { VerifyResult } from '../vendor.js';
import { NO_TOKEN_VALID, PARTLY, SUCCESS } from './codes.js';
import { codeOf, refusalIn } from './read-answer.js';

/** A token that no device has, so that what is pushed to it reaches nobody. */
export const NO_DEVICE = 'tidings-verifies-this-account';

/** Codes that Huawei says only after it has taken the credentials, and what they tell of the account. */
const TAKEN: ReadonlyMap<string, string> = new Map([
  [SUCCESS, 'and the push that was tried.'],
  [PARTLY, 'and the push that was tried.'],
  [NO_TOKEN_VALID, 'and refuses nothing of the push that was tried but its made-up device token.'],
  [
    '80300002',
    'but finds no right to push to the made-up device token that was tried (80300002). It says so too where Push ' +
      'Kit is not switched on, or the devices’ app is of another project: a push to a real device will tell.',
  ],
]);

/** What the answer to a push to `NO_DEVICE` tells of the account; `credentials` names what logged in. */
export function readProbe(reply: HttpReply, credentials: string, now: Date): VerifyResult {
  if (!reply.answered) return { ok: false, detail: `Huawei’s push service cannot be reached: ${reply.detail}` };
  const code = codeOf(reply);
  const taken = TAKEN.get(code ?? '');
  if (taken !== undefined) return { ok: true, detail: `Huawei accepts the ${credentials} ${taken}` };
  if (code === undefined && reply.status === 404)
    return {
      ok: false,
      detail: 'Huawei has nothing at this address: are the server and the id of the app or the project right?',
    };
  if (code === '80200005')
    return {
      ok: false,
      detail: `Huawei finds the new token of the ${credentials} expired: is this machine’s clock right?`,
    };
  return notVerified(judgeRefusal(refusalIn(reply, now)), 'Huawei', credentials);
}
