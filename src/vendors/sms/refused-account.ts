import { excerpt } from '../transport/read-text.js';
import type { VerifyResult } from '../vendor.js';

/** What refusals mean to the person who filled in the account, by how their code begins; the first that fits counts. */
export type Reasons = readonly (readonly [beginning: string, reason: string])[];

/** What a refusal tells of an account that was tried. */
export function refusedAccount(maker: string, reasons: Reasons, code: string, words: string): VerifyResult {
  const reason = reasons.find(([beginning]) => code.startsWith(beginning))?.[1] ?? 'refuses the account';
  const said = words.trim() === '' ? code : `${code}: ${excerpt(words)}`;
  return { ok: false, detail: `${maker} ${reason} (${said}).` };
}
