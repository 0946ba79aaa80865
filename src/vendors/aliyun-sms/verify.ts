import { type Reasons, refusedAccount } from '../sms/refused-account.js';
import type { SmsSettings } from '../sms/sms-words.js';
import type { HttpReply } from '../transport/account-http.js';
import { jsonObject } from '../transport/read-text.js';
import { fieldsOf, word } from '../transport/untrusted.js';
import type { VerifyResult } from '../vendor.js';

/** Lists signatures: costs nothing, and nobody gets anything. */
export const VERIFY_ACTION = 'QuerySmsSignList';
const PAGE_SIZE = 50;
export const VERIFY_QUERY = { PageIndex: '1', PageSize: String(PAGE_SIZE) };

const REASONS: Reasons = [
  ['InvalidAccessKeyId', 'does not know the AccessKey ID, or has disabled it'],
  ['SignatureDoesNotMatch', 'refuses the signature: the AccessKey secret or signHost is wrong'],
  ['InvalidTimeStamp', "refuses the time of the request: this machine's clock is wrong"],
  ['InvalidSecurityToken', 'refuses the security token: it is wrong or has aged out'],
  ['isp.RAM_PERMISSION_DENY', `knows the key but does not let it call ${VERIFY_ACTION}`],
  ['Forbidden', `knows the key but does not let it call ${VERIFY_ACTION}`],
];

/** What the list of signatures, or its refusal, says of the account. */
export function readVerification(reply: HttpReply, { signName }: SmsSettings): VerifyResult {
  if (!reply.answered) return { ok: false, detail: `Alibaba Cloud cannot be reached: ${reply.detail}` };
  const { Code: code, Message: message, SmsSignList: signs } = jsonObject(reply.text) ?? {};
  if (code !== 'OK')
    return refusedAccount('Alibaba Cloud', REASONS, word(code) ?? `HTTP ${reply.status}`, word(message) ?? reply.text);
  const problem = signName === undefined || !Array.isArray(signs) ? undefined : signProblem(signName, signs);
  return problem === undefined
    ? { ok: true, detail: 'Alibaba Cloud accepts the key.' }
    : { ok: false, detail: `Alibaba Cloud accepts the key, but ${problem}.` };
}

function signProblem(signName: string, signs: readonly unknown[]): string | undefined {
  const sign = signs.map(fieldsOf).find(({ SignName }) => SignName === signName);
  // A full page may not be all of them.
  if (sign === undefined) return signs.length < PAGE_SIZE ? `has no signature "${signName}"` : undefined;
  const status = sign['AuditStatus'];
  return status === 'AUDIT_STATE_PASS' ? undefined : `the signature "${signName}" is not approved (${word(status)})`;
}
