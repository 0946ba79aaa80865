import type { AccountVerdict, Outcome } from '../vendors/vendor.js';
import type {
  AwaitedReceipt,
  BatchEndpoint,
  BatchResult,
  ClaimedBatch,
  EndpointRecord,
  SharedRecord,
} from './claimed-batch.js';
import type { Device } from './route-plan.js';
import { lastTry, MOST_ATTEMPTS, retryDelay } from './retry-policy.js';

/** What the judge must know besides the outcomes. */
export interface JudgeContext {
  batch: ClaimedBatch;
  now: Date;
  /** Acceptance by this vendor is delivery. */
  acceptanceIsDelivery: boolean;
  unknownPolicy: 'resend' | 'hold';
  /** The route's next usable account for a device, if there is one. */
  nextAccount: (device: Device) => number | undefined;
  /** A verdict on the account itself, and when the account may be tried again. */
  account?: { verdict: AccountVerdict; until: Date };
  random?: () => number;
}

/** One endpoint with what the vendor said of it. */
export interface Judged {
  endpoint: BatchEndpoint;
  outcome: Outcome;
  content: string | null;
}

type Fate =
  | { state: EndpointRecord['state']; reason: string | null; vendorReference?: string }
  | { state: 'retrying'; reason: string; accountId: number; attempt: number; readyAt: Date }
  /** The vendor never had it: nothing is written, it only goes on. */
  | { state: 'untouched'; accountId: number; attempt: number; readyAt: Date };

/** Turns outcomes into records and follow-ups, by the rules of the vendor contract. Pure. */
export function judgeOutcomes(context: JudgeContext, judged: readonly Judged[]): BatchResult {
  const { batch } = context;
  const shared = sharedRecord(context, judged);
  if (shared !== undefined) return { ...emptyResult(), shared: [shared] };
  const result = emptyResult();
  const followUps = new Map<string, BatchResult['followUps'][number]>();
  // One delay for the whole batch: its endpoints go on together, as one batch.
  const delays = new Map<number | undefined, Date>();
  const readyAt = (afterSeconds: number | undefined): Date => {
    const known = delays.get(afterSeconds);
    if (known !== undefined) return known;
    const at = new Date(context.now.getTime() + retryDelay(batch.attempt, afterSeconds, context.random));
    delays.set(afterSeconds, at);
    return at;
  };
  for (const { endpoint, outcome, content } of judged) {
    const fate = fateOf(context, endpoint, outcome, readyAt);
    if (outcome.status === 'address-gone')
      result.gone.push({ endpointId: endpoint.id, code: outcome.code, since: outcome.since ?? null });
    if (isAwaited(outcome)) result.awaited.push(awaitedReceipt(batch, endpoint, outcome.vendorReference));
    if (fate.state !== 'untouched') {
      const { id: endpointId, recipientId } = endpoint;
      const vendorReference = ('vendorReference' in fate ? fate.vendorReference : undefined) ?? null;
      result.records.push({
        batchId: batch.id,
        endpointId,
        recipientId,
        state: fate.state,
        reason: fate.reason,
        vendorReference,
        content,
      });
    }
    if ('accountId' in fate) {
      const key = `${fate.accountId} ${fate.attempt} ${fate.readyAt.getTime()}`;
      const group = followUps.get(key) ?? {
        batchId: batch.id,
        vendorAccountId: fate.accountId,
        attempt: fate.attempt,
        readyAt: fate.readyAt,
        endpointIds: [],
      };
      group.endpointIds.push(endpoint.id);
      followUps.set(key, group);
    }
  }
  result.followUps.push(...followUps.values());
  return result;
}

export const emptyResult = (): BatchResult => ({ shared: [], records: [], followUps: [], gone: [], awaited: [] });

const isAwaited = (outcome: Outcome): outcome is Outcome & { vendorReference: string } =>
  outcome.status === 'accepted' && outcome.echoesNothing === true && outcome.vendorReference !== undefined;

function awaitedReceipt(batch: ClaimedBatch, endpoint: BatchEndpoint, vendorReference: string): AwaitedReceipt {
  const { vendorAccountId, messageId, channelId } = batch;
  return { vendorAccountId, vendorReference, messageId, channelId, endpointId: endpoint.id };
}

/** What is written once for the whole batch, when all its endpoints came to the same end. */
function sharedRecord(context: JudgeContext, judged: readonly Judged[]): SharedRecord | undefined {
  const { batch } = context;
  const first = judged[0]?.outcome;
  if (first === undefined || !batch.planned || judged.length !== batch.endpointIds.length) return undefined;
  if ((first.status !== 'accepted' && first.status !== 'rejected') || isAwaited(first)) return undefined;
  if (!judged.every(({ outcome, content }) => content === null && isSame(outcome, first))) return undefined;
  return {
    batchId: batch.id,
    state: first.status === 'rejected' ? 'failed' : context.acceptanceIsDelivery ? 'delivered' : 'sent',
    reason: first.status === 'rejected' ? first.code : null,
    vendorReference: (first.status === 'accepted' ? first.vendorReference : undefined) ?? null,
  };
}

function isSame(one: Outcome, other: Outcome): boolean {
  if (one === other) return true;
  if (one.status === 'accepted') return other.status === 'accepted' && one.vendorReference === other.vendorReference;
  return one.status === 'rejected' && other.status === 'rejected' && one.code === other.code;
}

function fateOf(
  context: JudgeContext,
  device: Device,
  outcome: Outcome,
  readyAt: (afterSeconds: number | undefined) => Date,
): Fate {
  switch (outcome.status) {
    case 'accepted':
      return {
        state: context.acceptanceIsDelivery ? 'delivered' : 'sent',
        reason: null,
        vendorReference: outcome.vendorReference,
      };
    case 'rejected':
    case 'address-gone':
      return { state: 'failed', reason: outcome.code };
    case 'unreachable':
      return elsewhere(context, device, outcome.code) ?? { state: 'failed', reason: outcome.code };
    case 'unknown':
      return context.unknownPolicy === 'hold'
        ? { state: 'unknown', reason: outcome.code }
        : later(context, outcome.code, readyAt(undefined), true);
    case 'retry':
      return context.account === undefined
        ? later(context, outcome.code, readyAt(outcome.afterSeconds), true)
        : untouched(context, device, outcome.code);
  }
}

/** The next account of the route, at once. */
function elsewhere({ nextAccount, now }: JudgeContext, device: Device, reason: string): Fate | undefined {
  const nextAccountId = nextAccount(device);
  return nextAccountId === undefined
    ? undefined
    : { state: 'retrying', reason, accountId: nextAccountId, attempt: 1, readyAt: now };
}

function later({ batch, now }: JudgeContext, reason: string, readyAt: Date, charged: boolean): Fate {
  const attempt = charged ? batch.attempt + 1 : batch.attempt;
  if (attempt > MOST_ATTEMPTS) return { state: 'failed', reason: `gave-up: ${reason}` };
  if (readyAt >= lastTry(batch.expiresAt, batch.plannedAt, now))
    return { state: 'failed', reason: `expired: ${reason}` };
  return { state: 'retrying', reason, accountId: batch.vendorAccountId, attempt, readyAt };
}

/** The account is in trouble, not the endpoint: the next account takes over, or it waits without losing an attempt. */
function untouched(context: JudgeContext, device: Device, reason: string): Fate {
  const { batch, now, account } = context;
  const nextAccountId = context.nextAccount(device);
  if (nextAccountId !== undefined) return { state: 'untouched', accountId: nextAccountId, attempt: 1, readyAt: now };
  const fate = later(context, reason, account?.until ?? now, false);
  return fate.state === 'retrying'
    ? { state: 'untouched', accountId: batch.vendorAccountId, attempt: batch.attempt, readyAt: account?.until ?? now }
    : fate;
}
