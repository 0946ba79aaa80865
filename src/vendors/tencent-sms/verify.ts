import { type Reasons, refusedAccount } from '../sms/refused-account.js';
import type { HttpReply } from '../transport/account-http.js';
import type { VerifyResult } from '../vendor.js';
import { errorOf, responseOf } from './read-answer.js';

/** Reads how much is left of bought packages: costs nothing, and nobody gets anything. */
export const VERIFY_ACTION = 'SmsPackagesStatistics';

const DAY_MILLISECONDS = 24 * 3_600_000;

/** Packages bought in a day that is over by the clocks of every time zone: few or none, since any answer will do. */
export function verifyBody(sdkAppId: string, now: Date): Record<string, unknown> {
  const hour = (daysAgo: number): string =>
    new Date(now.getTime() - daysAgo * DAY_MILLISECONDS).toISOString().replaceAll(/[-T]/g, '').slice(0, 10);
  return { SmsSdkAppId: sdkAppId, Limit: 1, Offset: 0, BeginTime: hour(2), EndTime: hour(1) };
}

const REASONS: Reasons = [
  ['AuthFailure.SecretIdNotFound', 'does not know the SecretId'],
  ['AuthFailure.InvalidSecretId', 'does not know the SecretId'],
  ['AuthFailure.SignatureExpire', "refuses the time of the request: this machine's clock is wrong"],
  ['AuthFailure.SignatureFailure', 'refuses the signature: the SecretKey or signHost is wrong'],
  ['AuthFailure.TokenFailure', 'refuses the token: it is wrong or has aged out'],
  ['AuthFailure.UnauthorizedOperation', `knows the keys but does not let them call ${VERIFY_ACTION}`],
  ['UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'knows the keys, to which the SdkAppId does not belong'],
  ['UnauthorizedOperation', 'knows the keys but refuses the account'],
];

export function readVerification(reply: HttpReply): VerifyResult {
  if (!reply.answered) return { ok: false, detail: `Tencent Cloud cannot be reached: ${reply.detail}` };
  const response = responseOf(reply.text);
  const error = response && errorOf(response);
  if (response !== undefined && error === undefined)
    return { ok: true, detail: 'Tencent Cloud accepts the keys for this application.' };
  const { code, message } = error ?? { code: `HTTP ${reply.status}`, message: reply.text };
  return refusedAccount('Tencent Cloud', REASONS, code, message);
}
