import type { Content } from '../../channels/channel-kind.js';
import { groupBy } from '../../common/group-by.js';
import type { AccountVerdict, Outcome, SendResult, VendorRequest, VendorTarget } from '../vendor.js';
import { forAll, untouched } from './judgement.js';

/** Targets that one request can carry: they get the same words. */
export interface Part {
  content: Content;
  targets: readonly VendorTarget[];
}

interface PartOptions {
  /** Most targets in one part. */
  size: number;
  /** Most parts under way at once. */
  parallel: number;
}

/** Sends a request in parts of one content and at most `size` targets each, as `runParts` does. */
export async function sendInParts(
  request: VendorRequest,
  { size, parallel }: PartOptions,
  sendPart: (part: Part) => Promise<SendResult>,
): Promise<SendResult> {
  const { outcomes, ...verdict } = await runParts(partsOf(request, size), request, parallel, sendPart);
  return { outcomes: inOrder(request.targets, outcomes), ...verdict };
}

/** What became of those who were in parts. */
interface PartsResult {
  outcomes: ReadonlyMap<VendorTarget, Outcome>;
  account?: AccountVerdict;
}

/**
 * Sends parts, at most `parallel` at once; `sendPart` returns one outcome for each target of its part, in order. A verdict on the account
 * ends it: who is not on the way yet stays untouched. So does the end of the call.
 */
export async function runParts<P extends Pick<Part, 'targets'>>(
  parts: readonly P[],
  { signal }: Pick<VendorRequest, 'signal'>,
  parallel: number,
  sendPart: (part: P) => Promise<SendResult>,
): Promise<PartsResult> {
  const outcomes = new Map<VendorTarget, Outcome>();
  let verdict: AccountVerdict | undefined;
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let part = parts[next++]; part !== undefined; part = parts[next++]) {
      const over = verdict?.code ?? (signal.aborted ? 'aborted' : undefined);
      const result = over === undefined ? await sendPart(part) : forAll(part.targets, untouched(over));
      for (const [index, target] of part.targets.entries()) {
        const outcome = result.outcomes[index];
        if (outcome !== undefined) outcomes.set(target, outcome);
      }
      verdict ??= result.account;
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, parts.length) }, worker));
  return { outcomes, ...(verdict === undefined ? {} : { account: verdict }) };
}

/** One outcome for each target; nothing is known of those without. */
export const inOrder = (targets: readonly VendorTarget[], outcomes: PartsResult['outcomes']): Outcome[] =>
  targets.map((target) => outcomes.get(target) ?? { status: 'unknown', code: 'no-outcome' });

/** Slices of at most so many. */
export function slices<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Those without words of their own share the request's; equal words of people's own are one content as well. */
function partsOf({ content, targets }: VendorRequest, size: number): Part[] {
  const groups = groupBy(targets, (target) => (target.content === undefined ? '' : JSON.stringify(target.content)));
  return [...groups.values()].flatMap((group) =>
    slices(group, size).map((part) => ({ content: group[0]?.content ?? content, targets: part })),
  );
}
