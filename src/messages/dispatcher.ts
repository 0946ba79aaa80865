import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { ChannelDirectory } from '../channels/channel-directory.js';
import type { OrganisationChannels } from '../channels/organisation-channels.js';
import { Clock } from '../common/clock.js';
import { groupBy } from '../common/group-by.js';
import { Tenants } from '../database/tenants.js';
import { BatchSender } from './batch-sender.js';
import type { BatchEndpoint, BatchResult, ClaimedBatch } from './claimed-batch.js';
import { keepLease, LEASE_MILLISECONDS } from './lease.js';
import { type MessageWords, MessageWordsLoader } from './message-words.js';
import { Recorder } from './recorder.js';
import { CLAIM_BATCHES } from './sql/claim-batches.js';
import { LOAD_ADDRESSES, LOAD_ENDPOINTS, LOAD_NEIGHBOURS } from './sql/load-endpoints.js';
import { RENEW_BATCHES } from './sql/renew-lease.js';
import type { Stragglers } from './stragglers.js';

/** So many endpoints are taken at once: one large batch, or as many small ones as reach that. */
const CLAIM_ENDPOINTS = 1_000;
const MOST_BATCHES = 400;
const URGENT = 0;

/** Endpoints that are searched for one by one in any case, and how many may lie between two that are read as a range. */
const FEW = 64;
const SPREAD = 4;

const RETURN =
  'UPDATE batch SET lease = NULL, ready_at = $4 WHERE organisation_id = $1 AND id = ANY ($2::bigint[]) AND lease = $3';

/** The driver's own reading of an array goes character by character. */
type ClaimedRow = Omit<ClaimedBatch, 'endpointIds'> & { endpointIds: string };

/** All that sending the batches of a claim needs. */
interface Loaded {
  channels: OrganisationChannels;
  words: ReadonlyMap<string, MessageWords>;
  endpoints: ReadonlyMap<string, BatchEndpoint>;
}

/** Claims batches, lets go of the database, sends, and records. */
@Injectable()
export class Dispatcher {
  private readonly logger = new Logger(Dispatcher.name);
  /** How many batches that probably are, by organisation and lowest priority, as its last ones were. */
  private readonly claimSizes = new Map<string, number>();

  constructor(
    private readonly tenants: Tenants,
    private readonly channels: ChannelDirectory,
    private readonly words: MessageWordsLoader,
    private readonly sender: BatchSender,
    private readonly recorder: Recorder,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends what is due in one organisation, once round. `lowest` is the lowest priority to take. When `stop` aborts before the
   * vendor was called, the batches are given back; `abandon` aborts the calls themselves. `found` is told when there is something,
   * before it is sent. With `stragglers`, what takes long is left to them, and accounts that have enough of them are passed over.
   * @returns how many batches were taken
   */
  async dispatchDue(
    organisationId: number,
    lowest: number,
    stop: AbortSignal,
    abandon: AbortSignal,
    { found, stragglers }: { found?: () => void; stragglers?: Stragglers } = {},
  ): Promise<number> {
    const scope = this.tenants.of(organisationId);
    const lease = randomUUID();
    const now = this.clock.now();
    const until = new Date(now.getTime() + LEASE_MILLISECONDS);
    const sizeKey = `${organisationId}/${lowest}`;
    const most = this.claimSizes.get(sizeKey) ?? 1;
    const urgent = lowest === URGENT;
    const full = stragglers?.full(organisationId, urgent) ?? [];
    const bounds = [most, lowest, CLAIM_ENDPOINTS, full];
    const rows = await scope.query<ClaimedRow>(CLAIM_BATCHES, [lease, now, until, ...bounds]);
    if (rows.length === 0) {
      this.claimSizes.delete(sizeKey);
      return 0;
    }
    found?.();
    const claimed = rows.map((row): ClaimedBatch => ({ ...row, endpointIds: row.endpointIds.split(',') }));
    const size = claimed.reduce((sum, batch) => sum + batch.endpointIds.length, 0);
    this.claimSizes.set(
      sizeKey,
      Math.max(1, Math.min(MOST_BATCHES, Math.floor((CLAIM_ENDPOINTS * claimed.length) / size))),
    );
    const giveBack = (): Promise<unknown> =>
      scope.query(RETURN, [claimed.map(({ id }) => id), lease, this.clock.now()]);
    const endRenewal = this.renew(
      organisationId,
      lease,
      claimed.map(({ id }) => id),
    );
    const loaded = await this.load(organisationId, claimed)
      .catch(async (error: unknown) => {
        // Nothing was sent yet: a hold channel must not take these for unknown when the lease runs out.
        await giveBack().catch(() => undefined);
        throw error;
      })
      .finally(endRenewal);
    if (stop.aborted) {
      await giveBack();
      return claimed.length;
    }
    // One account's slowness does not hold up the recording of another's batches.
    const groups = groupBy(claimed, ({ vendorAccountId }) => vendorAccountId);
    await Promise.all(
      [...groups].map(([accountId, group]) => {
        const sending = this.sendAndRecord(organisationId, lease, group, loaded, abandon);
        return stragglers?.waitFor(organisationId, accountId, urgent, sending) ?? sending;
      }),
    );
    return claimed.length;
  }

  private async sendAndRecord(
    organisationId: number,
    lease: string,
    batches: ClaimedBatch[],
    { endpoints, words, channels }: Loaded,
    abandon: AbortSignal,
  ): Promise<void> {
    const ids = batches.map(({ id }) => id);
    const endRenewal = this.renew(organisationId, lease, ids);
    try {
      const results = await Promise.all(
        batches.map((batch) => this.sender.send(batch, words.get(batch.messageId), endpoints, channels, abandon)),
      );
      await this.recorder.record(organisationId, lease, batches, merge(results));
    } catch (error) {
      // The lease runs out and the batches are claimed again, by the channel's policy for what may have been sent.
      this.logger.error(
        `Sending batches ${ids.join(', ')} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    } finally {
      endRenewal();
    }
  }

  private async load(organisationId: number, batches: ClaimedBatch[]): Promise<Loaded> {
    const messageIds = [...new Set(batches.map(({ messageId }) => messageId))];
    const [channels, messages] = await Promise.all([
      this.channels.load(organisationId),
      Promise.all(messageIds.map((id) => this.words.of(organisationId, id))),
    ]);
    const words = new Map(messages.map((message) => [message.messageId, message]));
    const personal = batches.some(({ messageId, channelId }) => {
      const said = words.get(messageId)?.channel(channelId);
      return said !== undefined && (said.personal || said.localised);
    });
    const ids = batches.flatMap(({ endpointIds }) => endpointIds);
    const endpoints = await this.loadEndpoints(organisationId, ids, personal);
    return { channels, words, endpoints: new Map(endpoints.map((endpoint) => [endpoint.id, endpoint])) };
  }

  private loadEndpoints(organisationId: number, ids: string[], personal: boolean): Promise<BatchEndpoint[]> {
    const scope = this.tenants.of(organisationId);
    const list = `{${ids.join(',')}}`;
    if (personal) return scope.query<BatchEndpoint>(LOAD_ENDPOINTS, [list]);
    const range = ids.length < FEW ? undefined : closeRange(ids);
    return range === undefined
      ? scope.query<BatchEndpoint>(LOAD_ADDRESSES, [list])
      : scope.query<BatchEndpoint>(LOAD_NEIGHBOURS, [list, ...range]);
  }

  private renew(organisationId: number, lease: string, ids: string[]): () => void {
    return keepLease(
      this.clock,
      (until) => this.tenants.of(organisationId).query(RENEW_BATCHES, [ids, lease, until]),
      (error) => this.logger.warn(`A lease of batches ${ids.join(', ')} could not be renewed: ${String(error)}`),
    );
  }
}

/** The first and last of ids that lie so close together that reading all between them is cheaper than a search for each. */
function closeRange(ids: readonly string[]): [string, string] | undefined {
  const numbers = ids.map(BigInt);
  const [first, last] = numbers.reduce(
    ([least, most], id) => [id < least ? id : least, id > most ? id : most],
    [numbers[0] ?? 0n, numbers[0] ?? 0n],
  );
  return last - first < BigInt(ids.length * SPREAD) ? [String(first), String(last)] : undefined;
}

function merge(results: BatchResult[]): BatchResult {
  return {
    shared: results.flatMap(({ shared }) => shared),
    records: results.flatMap(({ records }) => records),
    followUps: results.flatMap(({ followUps }) => followUps),
    gone: results.flatMap(({ gone }) => gone),
    awaited: results.flatMap(({ awaited }) => awaited),
  };
}
