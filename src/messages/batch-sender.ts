import { Injectable, Logger } from '@nestjs/common';
import { Alerts } from '../channels/alerts/alerts.js';
import type { Content } from '../channels/channel-kind.js';
import { mergeOptions } from '../channels/merge-options.js';
import type { OrganisationChannels, RouteAccount, RoutedChannel } from '../channels/organisation-channels.js';
import { type AccountGate, AccountGates, type Closed } from '../channels/pacing/account-gates.js';
import { largestCall } from '../channels/pacing/pace.js';
import { Clock } from '../common/clock.js';
import { groupBy } from '../common/group-by.js';
import { Problem } from '../common/problem.js';
import type { AccountVerdict, Outcome, SendResult, Vendor, VendorTarget } from '../vendors/vendor.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import { CallDeadlines } from './call-deadlines.js';
import { CallSlots } from './call-slots.js';
import type { BatchEndpoint, BatchResult, ClaimedBatch } from './claimed-batch.js';
import { emptyResult, type JudgeContext, type Judged, judgeOutcomes } from './judge-outcomes.js';
import { MassGuard } from './mass-guard.js';
import type { ChannelWords, MessageWords } from './message-words.js';
import { deliveryReference, messageTag } from './reference.js';
import { nextOnRoute, routeOf } from './route-plan.js';

const URGENT = 0;
/** Of what vendors call a delivery or a reason. */
const LONGEST_WORD = 500;
const PRIORITY_NAMES = ['high', 'normal', 'low'] as const;

/** One endpoint ready to be sent to. */
interface Prepared {
  endpoint: BatchEndpoint;
  locale: string;
  /** The person's own words. */
  own?: Content;
}

interface Sending {
  batch: ClaimedBatch;
  channel: RoutedChannel;
  account: RouteAccount;
  vendor: Vendor;
  message: MessageWords;
  words: ChannelWords;
  stop: AbortSignal;
}

/** How far a batch got. */
interface Called {
  judged: Judged[];
  /** Not handed to the vendor, because the account is `closed`. */
  waiting: BatchEndpoint[];
  closed?: Closed;
  /** What the last call said of the account. */
  verdict?: AccountVerdict;
}

const missing = (id: string): BatchEndpoint => ({
  id,
  vendor: '',
  environment: 'production',
  address: '',
  refused: 'endpoint-deleted',
  recipientId: null,
});

/** Sends one batch through its vendor and decides, for each endpoint, what follows. Touches no delivery. */
@Injectable()
export class BatchSender {
  private readonly logger = new Logger(BatchSender.name);
  private readonly deadlines: CallDeadlines;
  private readonly slots = new CallSlots();
  private readonly guard: MassGuard;

  constructor(
    private readonly vendors: VendorRegistry,
    private readonly gates: AccountGates,
    private readonly alerts: Alerts,
    private readonly clock: Clock,
  ) {
    this.deadlines = new CallDeadlines(clock);
    this.guard = new MassGuard(clock);
  }

  async send(
    batch: ClaimedBatch,
    message: MessageWords | undefined,
    known: ReadonlyMap<string, BatchEndpoint>,
    channels: OrganisationChannels,
    stop: AbortSignal,
  ): Promise<BatchResult> {
    const now = this.clock.now();
    const endpoints = batch.endpointIds.map((id) => known.get(id) ?? missing(id));
    const channel = channels.byId(batch.channelId);
    const account = channels.account(batch.vendorAccountId);
    const words = message?.channel(batch.channelId);
    const route = routeOf(channel, words?.route);
    const judge = (outcomes: Judged[], trouble?: JudgeContext['account'], elsewhere = true): BatchResult =>
      judgeOutcomes(
        {
          batch,
          now: this.clock.now(),
          acceptanceIsDelivery:
            account !== undefined && this.vendors.get(account.vendor).definition.capabilities.acceptanceIsDelivery,
          unknownPolicy: channel?.unknownPolicy ?? 'hold',
          nextAccount: (device) =>
            elsewhere ? nextOnRoute(route, channel?.kind, batch.vendorAccountId, device, now) : undefined,
          ...(trouble === undefined ? {} : { account: trouble }),
        },
        outcomes,
      );
    const all = (outcome: Outcome): Judged[] => endpoints.map((endpoint) => ({ endpoint, outcome, content: null }));

    if (batch.messageState === 'cancelled') return emptyResult();
    if (batch.reclaimed && channel?.unknownPolicy === 'hold')
      return judge(all({ status: 'unknown', code: 'interrupted' }));
    if (batch.expiresAt !== null && batch.expiresAt <= now) return judge(all({ status: 'rejected', code: 'expired' }));
    if (channel?.enabled !== true) return judge(all({ status: 'rejected', code: 'channel-disabled' }));
    if (account?.enabled !== true) return judge(all({ status: 'unreachable', code: 'account-disabled' }));
    if (account.pausedUntil !== null && account.pausedUntil > now) {
      const closed = { until: account.pausedUntil, code: 'account-paused', elsewhere: true };
      return judge(endpoints.map(untried(closed.code)), resting(closed));
    }
    if (message === undefined || words === undefined) return judge(all({ status: 'rejected', code: 'no-content' }));
    const sending = { batch, channel, account, vendor: this.vendors.get(account.vendor), message, words, stop };
    const { judged, waiting, closed, verdict } = await this.call(sending, endpoints);
    const sent = judge(
      judged,
      verdict === undefined || closed === undefined ? undefined : { verdict, until: closed.until },
    );
    const result = await this.guarded(account, sent, judged.length);
    if (closed === undefined || waiting.length === 0) return result;
    const held = judge(waiting.map(untried(closed.code)), resting(closed), closed.elsewhere);
    return {
      ...result,
      followUps: [...result.followUps, ...held.followUps],
      records: [...result.records, ...held.records],
    };
  }

  /** Where the account's word on dead addresses is not to be believed, somebody is told, and none of them is quarantined. */
  private async guarded(account: RouteAccount, result: BatchResult, judged: number): Promise<BatchResult> {
    const { organisationId, id: vendorAccountId, code } = account;
    if (!this.guard.doubts(`${organisationId}/${vendorAccountId}`, judged, result.gone.length)) return result;
    const detail =
      `${result.gone.length} of ${judged} addresses were called dead (${result.gone[0]?.code}), as were most of those lately: ` +
      'the account or its application is more likely wrong than they are. None was quarantined.';
    this.logger.error(`Account ${code}: ${detail}`);
    await this.alerts.raise({
      organisationId,
      vendorAccountId,
      kind: 'addresses-held',
      code: result.gone[0]?.code ?? '',
      detail,
    });
    return { ...result, gone: [] };
  }

  /** Goes through the endpoints call by call, as far as the account lets it. */
  private async call(sending: Sending, endpoints: BatchEndpoint[]): Promise<Called> {
    const called: Called = { judged: [], waiting: [] };
    const ready: Prepared[] = [];
    for (const endpoint of endpoints) {
      const prepared = prepare(sending.words, endpoint);
      if ('outcome' in prepared) called.judged.push(prepared);
      else ready.push(prepared);
    }
    const { account, batch, stop } = sending;
    const { capabilities } = sending.vendor.definition;
    const gate = this.gates.open({
      organisationId: account.organisationId,
      account,
      capabilities,
      urgent: batch.priority === URGENT,
      stop,
    });
    const size = largestCall(capabilities, account.pace);
    for (const [locale, group] of groupBy(ready, (one) => one.locale)) {
      let next = 0;
      while (next < group.length && called.closed === undefined) {
        next += await this.callOnce(sending, gate, locale, group.slice(next, next + size), called);
      }
      called.waiting.push(...group.slice(next).map(({ endpoint }) => endpoint));
    }
    return called;
  }

  /** One call to the vendor with as many of `part` as the account takes now. Returns how many these were. */
  private async callOnce(
    sending: Sending,
    gate: AccountGate,
    locale: string,
    part: Prepared[],
    called: Called,
  ): Promise<number> {
    const entry = await gate.enter(part.length);
    if ('until' in entry) {
      called.closed = entry;
      return 0;
    }
    const now = part.slice(0, entry.granted);
    const { account, vendor, batch } = sending;
    // The call's deadline begins with its slot: who only waited would otherwise be charged for the account's slowness.
    const result = await this.slots.run(
      account.id,
      vendor.definition.capabilities.concurrency,
      batch.priority === URGENT,
      () => this.callVendor(sending, locale, now),
    );
    now.forEach(({ endpoint, own }, index) => {
      const outcome = storable(result.outcomes[index] ?? { status: 'unknown', code: 'no-outcome' });
      called.judged.push({ endpoint, outcome, content: own === undefined ? null : JSON.stringify(own) });
    });
    called.verdict = result.account;
    called.closed = await gate.leave(result);
    return now.length;
  }

  private async callVendor(
    { batch, channel, account, vendor, message, words, stop }: Sending,
    locale: string,
    part: Prepared[],
  ): Promise<SendResult> {
    const targets = part.map(({ endpoint, own }): VendorTarget => ({
      reference: deliveryReference(batch.messageId, batch.channelId, endpoint.id),
      address: endpoint.address,
      ...(own === undefined ? {} : { content: own }),
    }));
    try {
      return await vendor.send({
        account,
        content: part[0]?.own ?? words.render(locale),
        targets,
        tag: messageTag(batch.messageId, batch.channelId),
        ...(account.receiptUrl === undefined ? {} : { receiptUrl: account.receiptUrl }),
        priority: PRIORITY_NAMES[batch.priority] ?? 'normal',
        category: message.category,
        attempt: batch.attempt,
        ...(batch.expiresAt === null ? {} : { expiresAt: batch.expiresAt }),
        ...(message.sender === undefined ? {} : { sender: message.sender }),
        options: optionsOf(channel, message),
        signal: this.deadlines.signal(stop),
      });
    } catch (error) {
      this.logger.error(
        `Vendor ${account.vendor} threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return { outcomes: targets.map(() => ({ status: 'unknown', code: 'vendor-failed' })) };
    }
  }
}

/** Vendors' words go into the database, which refuses a NUL, and with it everything else of its statement. */
function storable(outcome: Outcome): Outcome {
  if (outcome.status === 'accepted') {
    const { vendorReference } = outcome;
    return vendorReference === undefined || isStorable(vendorReference)
      ? outcome
      : { ...outcome, vendorReference: cleaned(vendorReference) };
  }
  return isStorable(outcome.code) ? outcome : { ...outcome, code: cleaned(outcome.code) };
}

const isStorable = (word: string): boolean => word.length <= LONGEST_WORD && !word.includes('\0');
const cleaned = (word: string): string => word.replaceAll('\0', '').slice(0, LONGEST_WORD);

/** The person's locale and words, or why nothing can be said to them. */
function prepare(words: ChannelWords, endpoint: BatchEndpoint): Prepared | Judged {
  if (endpoint.refused !== null)
    return { endpoint, outcome: { status: 'rejected', code: endpoint.refused }, content: null };
  const locale = words.localeFor(endpoint.locale ?? null);
  if (!words.personal) return { endpoint, locale };
  const { code = null, name = null, attributes = null } = endpoint;
  const person = code === null ? undefined : { code, name, locale: endpoint.locale ?? null, attributes };
  try {
    return { endpoint, locale, own: words.render(locale, person) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return {
      endpoint,
      outcome: { status: 'rejected', code: `missing-variable: ${error.message}`.slice(0, 200) },
      content: null,
    };
  }
}

/** The vendor did not have it. */
const untried =
  (code: string) =>
  (endpoint: BatchEndpoint): Judged => ({ endpoint, outcome: { status: 'retry', code }, content: null });

/** Until then nothing goes through the account, for no fault of the endpoints. */
const resting = ({ code, until }: Closed): NonNullable<JudgeContext['account']> => ({
  verdict: { problem: 'unreachable', code, detail: 'The account takes nothing now.' },
  until,
});

/** The message's options over the channel's; most have only one of them. */
function optionsOf({ options }: RoutedChannel, message: MessageWords): Readonly<Record<string, unknown>> {
  return Object.keys(options).length === 0 ? message.options : mergeOptions(options, message.options);
}
