import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { ChannelDirectory } from '../channels/channel-directory.js';
import type { OrganisationChannels } from '../channels/organisation-channels.js';
import { type CancelTimer, Clock } from '../common/clock.js';
import { groupBy } from '../common/group-by.js';
import { Tenants } from '../database/tenants.js';
import { BatchSender } from './batch-sender.js';
import type { BatchEndpoint, BatchResult, ClaimedBatch } from './claimed-batch.js';
import { MessageWordsLoader } from './message-words.js';
import { Recorder } from './recorder.js';
import { CLAIM_BATCHES } from './sql/claim-batches.js';
import { LOAD_ADDRESSES, LOAD_ENDPOINTS } from './sql/load-endpoints.js';

/** Longer than any vendor call with its recording; renewed while one runs. */
export const LEASE_MILLISECONDS = 60_000;
/** About so many endpoints are taken at once: one large batch, or many small ones. */
const CLAIM_ENDPOINTS = 1_000;
const MOST_BATCHES = 100;

const RENEW = 'UPDATE batch SET ready_at = $4 WHERE organisation_id = $1 AND id = ANY ($2::bigint[]) AND lease = $3';
const RETURN =
  'UPDATE batch SET lease = NULL, ready_at = $4 WHERE organisation_id = $1 AND id = ANY ($2::bigint[]) AND lease = $3';

/** Claims batches, lets go of the database, sends, and records. */
@Injectable()
export class Dispatcher {
  private readonly logger = new Logger(Dispatcher.name);
  private claimSize = 1;

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
   * vendor was called, the batches are given back; `abandon` aborts the calls themselves.
   * @returns how many batches were taken
   */
  async dispatchDue(organisationId: number, lowest: number, stop: AbortSignal, abandon: AbortSignal): Promise<number> {
    const scope = this.tenants.of(organisationId);
    const lease = randomUUID();
    const now = this.clock.now();
    const until = new Date(now.getTime() + LEASE_MILLISECONDS);
    const claimed = await scope.query<ClaimedBatch>(CLAIM_BATCHES, [lease, now, until, this.claimSize, lowest]);
    if (claimed.length === 0) return 0;
    const size = claimed.reduce((sum, batch) => sum + batch.endpointIds.length, 0);
    this.claimSize = Math.max(1, Math.min(MOST_BATCHES, Math.floor((CLAIM_ENDPOINTS * claimed.length) / size)));
    const giveBack = (): Promise<unknown> =>
      scope.query(RETURN, [claimed.map(({ id }) => id), lease, this.clock.now()]);
    const loaded = await Promise.all([this.channels.load(organisationId), this.load(organisationId, claimed)]).catch(
      async (error: unknown) => {
        // Nothing was sent yet: a hold channel must not take these for unknown when the lease runs out.
        await giveBack().catch(() => undefined);
        throw error;
      },
    );
    const [channels, endpoints] = loaded;
    if (stop.aborted) {
      await giveBack();
      return claimed.length;
    }
    // One account's slowness does not hold up the recording of another's batches.
    const groups = groupBy(claimed, ({ vendorAccountId }) => vendorAccountId);
    await Promise.all(
      [...groups.values()].map((group) =>
        this.sendAndRecord(organisationId, lease, group, endpoints, channels, abandon),
      ),
    );
    return claimed.length;
  }

  private async sendAndRecord(
    organisationId: number,
    lease: string,
    batches: ClaimedBatch[],
    endpoints: Map<string, BatchEndpoint>,
    channels: OrganisationChannels,
    abandon: AbortSignal,
  ): Promise<void> {
    const ids = batches.map(({ id }) => id);
    const endRenewal = this.renew(organisationId, lease, ids);
    try {
      const results = await Promise.all(
        batches.map((batch) => this.sender.send(organisationId, batch, endpoints, channels, abandon)),
      );
      await this.recorder.record(organisationId, lease, ids, merge(results));
    } catch (error) {
      // The lease runs out and the batches are claimed again, by the channel's policy for what may have been sent.
      this.logger.error(
        `Sending batches ${ids.join(', ')} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    } finally {
      endRenewal();
    }
  }

  private async load(organisationId: number, batches: ClaimedBatch[]): Promise<Map<string, BatchEndpoint>> {
    const personal = await Promise.all(
      batches.map(async ({ messageId, channelId }) => {
        const words = (await this.words.of(organisationId, messageId)).channel(channelId);
        return words !== undefined && (words.personal || words.localised);
      }),
    );
    const sql = personal.includes(true) ? LOAD_ENDPOINTS : LOAD_ADDRESSES;
    const ids = `{${batches.flatMap(({ endpointIds }) => endpointIds).join(',')}}`;
    const rows = await this.tenants.of(organisationId).query<BatchEndpoint>(sql, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  private renew(organisationId: number, lease: string, ids: string[]): () => void {
    let cancel: CancelTimer | undefined;
    const arm = (): void => {
      cancel = this.clock.at(new Date(this.clock.now().getTime() + LEASE_MILLISECONDS / 3), () => {
        const until = new Date(this.clock.now().getTime() + LEASE_MILLISECONDS);
        this.tenants
          .of(organisationId)
          .query(RENEW, [ids, lease, until])
          .catch((error: unknown) => this.logger.warn(`A lease could not be renewed: ${String(error)}`));
        arm();
      });
    };
    arm();
    return () => cancel?.();
  }
}

function merge(results: BatchResult[]): BatchResult {
  return {
    records: results.flatMap(({ records }) => records),
    followUps: results.flatMap(({ followUps }) => followUps),
    gone: results.flatMap(({ gone }) => gone),
  };
}
