import type { AccountVerdict, Outcome, SendResult, VendorRequest } from '../vendor.js';

/**
 * What the calls to single subscriptions mean together. One refused sign-in (401, 403) may mean that the subscription was made for
 * another key, and one endpoint that cannot be reached may be anything that a client registered: each is the trouble of its target
 * alone. When all targets of a call fare so, and there are two or more, it is the account's trouble, and they stay untouched; but not
 * when they are the ones that could not be reached earlier, who fare alike because they were left over.
 *
 * @param troubles by the reference of their target
 */
export function judgeTogether(
  { targets, attempt }: Pick<VendorRequest, 'targets' | 'attempt'>,
  outcomes: readonly Outcome[],
  troubles: ReadonlyMap<string, AccountVerdict>,
): SendResult {
  const verdicts = targets.map(({ reference }) => troubles.get(reference));
  const [first] = verdicts;
  const alike = targets.length > 1 && verdicts.every((verdict) => verdict?.problem === first?.problem);
  const leftOver = first?.problem === 'unreachable' && attempt > 1;
  if (first !== undefined && alike && !leftOver) return { outcomes: [...outcomes], account: first };
  return { outcomes: outcomes.map((outcome, index) => alone(outcome, verdicts[index])) };
}

function alone(outcome: Outcome, trouble: AccountVerdict | undefined): Outcome {
  if (trouble === undefined) return outcome;
  const { problem, code, detail } = trouble;
  return { status: problem === 'credentials' ? 'rejected' : 'retry', code, detail };
}
