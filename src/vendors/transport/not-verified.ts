import type { VerifyResult } from '../vendor.js';
import type { Judgement } from './judgement.js';

/** What came of trying an account that was not accepted, for a person: `maker` was to accept `what` of it. */
export function notVerified({ outcome, account }: Judgement, maker: string, what: string): VerifyResult {
  const { code, detail } = { code: 'accepted', detail: '', ...outcome, ...account };
  const said = detail === '' ? code : `${code}: ${detail}`;
  return account?.problem === 'credentials'
    ? { ok: false, detail: `${maker} refuses the ${what} (${said}).` }
    : { ok: false, detail: `${maker} does not say at the moment whether it accepts the ${what} (${said}).` };
}
