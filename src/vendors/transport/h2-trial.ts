import type { Outcome, SendResult, VendorAccountConfig, VendorRequest, VerifyResult } from '../vendor.js';
import { notVerified } from './not-verified.js';

/** A silent push to a device that there is not, so that it reaches nobody. */
export function trialRequest(
  account: VendorAccountConfig,
  address: string,
  now: Date,
  signal: AbortSignal,
): VendorRequest {
  return {
    account,
    content: { ext: {} },
    targets: [{ reference: 'verify', address }],
    tag: 'verify',
    priority: 'low',
    category: 'verify',
    attempt: 1,
    expiresAt: now,
    options: {},
    signal,
  };
}

/**
 * What a push to a device that there is not tells of `what` the account signs in with: `maker` looks at that first, and where it is right
 * it refuses the device only.
 */
export function readTrial({ outcomes, account }: SendResult, maker: string, what: string): VerifyResult {
  const [outcome] = outcomes as [Outcome];
  if (outcome.status === 'accepted' || outcome.status === 'address-gone')
    return { ok: true, detail: `${maker} accepts the ${what}, and refuses only the made-up device that was tried.` };
  if (account?.problem === 'unreachable')
    return { ok: false, detail: `${maker} cannot be reached (${account.code}: ${account.detail}).` };
  return notVerified({ outcome, account }, maker, what);
}
