import { Injectable, Logger, Optional } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { isDatabaseAway, isWorthRepeating, sqlState } from '../database/sql-state.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import type { BatchResult, ClaimedBatch } from './claimed-batch.js';
import { RecordedFeed } from './recorded-feed.js';
import { recordOutcomes } from './sql/record-outcomes.js';

/** Counters of a day are spread over this many rows, taken in turn: who writes to one holds it until the commit. */
const SHARDS = 8;
const TRIES = 12;
const UNIQUE_VIOLATION = '23505';

/** What was registered anew since the vendor lost it is left alone. */
const QUARANTINE = `
UPDATE endpoint e SET status = 'quarantined', quarantine_reason = g.code, quarantined_at = $2
  FROM unnest($3::bigint[], $4::text[], $5::timestamptz[]) AS g (id, code, since)
 WHERE e.organisation_id = $1 AND e.id = g.id AND e.status = 'active' AND (g.since IS NULL OR e.updated_at <= g.since)`;

/** The vendor's word for a delivery; should it give one out again, it means the last one. */
const AWAIT_RECEIPTS = `
INSERT INTO awaited_receipt (organisation_id, vendor_account_id, vendor_reference, message_id, channel_id, endpoint_id, created_at)
SELECT DISTINCT ON (a.account, a.reference) $1::int, a.account, a.reference, a.message, a.channel, a.endpoint, $2::timestamptz
  FROM unnest($3::int[], $4::text[], $5::bigint[], $6::int[], $7::bigint[]) AS a (account, reference, message, channel, endpoint)
ON CONFLICT (organisation_id, vendor_account_id, vendor_reference) DO UPDATE
   SET message_id = excluded.message_id, channel_id = excluded.channel_id, endpoint_id = excluded.endpoint_id,
       created_at = excluded.created_at`;

/** Writes what became of batches; after it has returned, no crash can lose or repeat them. */
@Injectable()
export class Recorder {
  private readonly logger = new Logger(Recorder.name);
  private turn = Math.floor(Math.random() * SHARDS);

  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
    @Optional() private readonly feed: RecordedFeed = new RecordedFeed(),
  ) {}

  /** Records claimed batches under their lease. While the database is away it tries again, since the vendor has been called. */
  async record(
    organisationId: number,
    lease: string,
    batches: readonly ClaimedBatch[],
    result: BatchResult,
  ): Promise<void> {
    const scope = this.tenants.of(organisationId);
    const values = [
      lease,
      this.clock.now(),
      array(batches.map(({ id }) => id)),
      this.turn++ % SHARDS,
      ...outcomeColumns(result, batches.length === 1),
      ...followUpColumns(result),
      result.records[0]?.state ?? 'sent',
      ...sharedColumns(result),
    ];
    // Before the deliveries: whoever is recorded as sent can be found by its receipt.
    await this.awaitReceipts(scope, result.awaited);
    let first = batches.every(({ planned }) => planned);
    await this.again(async () => {
      try {
        await scope.query(recordOutcomes(first), values);
      } catch (error) {
        if (!first || sqlState(error) !== UNIQUE_VIOLATION) throw error;
        first = false;
        await scope.query(recordOutcomes(first), values);
      }
    });
    this.feed.recorded(organisationId, batches);
    if (result.gone.length > 0) {
      const gone = [
        array(result.gone.map(({ endpointId }) => endpointId)),
        result.gone.map(({ code }) => code),
        result.gone.map(({ since }) => since),
      ];
      await this.again(() => scope.query(QUARANTINE, [this.clock.now(), ...gone]));
    }
  }

  private async awaitReceipts(scope: TenantScope, awaited: BatchResult['awaited']): Promise<void> {
    if (awaited.length === 0) return;
    const values = [
      this.clock.now(),
      awaited.map(({ vendorAccountId }) => vendorAccountId),
      awaited.map(({ vendorReference }) => vendorReference),
      array(awaited.map(({ messageId }) => messageId)),
      awaited.map(({ channelId }) => channelId),
      array(awaited.map(({ endpointId }) => endpointId)),
    ];
    await this.again(() => scope.query(AWAIT_RECEIPTS, values));
  }

  private async again(work: () => Promise<unknown>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await work();
        return;
      } catch (error) {
        const temporary = isDatabaseAway(error) || isWorthRepeating(error);
        if (!temporary || attempt === TRIES) throw error;
        this.logger.warn(
          `Recording waits for the database (try ${attempt}): ${error instanceof Error ? error.message : String(error)}`,
        );
        await this.clock.sleep(Math.min(5_000, 50 * 2 ** attempt));
      }
    }
  }
}

/** An array of ids as Postgres reads it; the driver's own way escapes every element. */
const array = (ids: (string | null)[]): string => `{${ids.map((id) => id ?? 'NULL').join(',')}}`;

/** A column of nulls is sent as an empty array: the statement fills it up. */
const sparse = (values: (string | null)[]): (string | null)[] => (values.some((value) => value !== null) ? values : []);

function outcomeColumns({ records }: BatchResult, oneBatch: boolean): unknown[] {
  const state = records[0]?.state;
  const uniform = records.every((record) => record.state === state);
  return [
    array(oneBatch ? [] : records.map(({ batchId }) => batchId)),
    array(records.map(({ endpointId }) => endpointId)),
    array(records.map(({ recipientId }) => recipientId)),
    array(uniform ? [] : records.map((record) => record.state)),
    sparse(records.map(({ reason }) => reason)),
    sparse(records.map(({ vendorReference }) => vendorReference)),
    sparse(records.map(({ content }) => content)),
  ];
}

function sharedColumns({ shared }: BatchResult): unknown[] {
  return [
    array(shared.map(({ batchId }) => batchId)),
    shared.map(({ state }) => state),
    sparse(shared.map(({ reason }) => reason)),
    sparse(shared.map(({ vendorReference }) => vendorReference)),
  ];
}

function followUpColumns({ followUps }: BatchResult): unknown[] {
  return [
    array(followUps.map(({ batchId }) => batchId)),
    followUps.map(({ vendorAccountId }) => vendorAccountId),
    followUps.map(({ attempt }) => attempt),
    followUps.map(({ readyAt }) => readyAt),
    followUps.map(({ endpointIds }) => array(endpointIds)),
  ];
}
