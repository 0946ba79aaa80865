import { Injectable } from '@nestjs/common';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { largestCall } from '../channels/pacing/pace.js';
import { Clock } from '../common/clock.js';
import { Conflict, InvalidRequest } from '../common/problem.js';
import { Tenants } from '../database/tenants.js';
import { ReadyWork } from '../messages/ready-work.js';
import { lastTry } from '../messages/retry-policy.js';
import { routePlan } from '../messages/route-plan.js';
import { WorkSignal } from '../messages/work-signal.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import type { DeliverySelection } from './delivery-selection.js';
import { eachSlice, type SliceRow } from './selection-slices.js';
import { type Candidates, namedCandidates, selectedCandidates } from './sql/candidates.js';
import { anyShard } from './sql/count-moves.js';
import { replayDeliveries } from './sql/replay-deliveries.js';

/** How far a replay goes. */
export interface ReplayOptions {
  /** The most deliveries to send again. */
  limit?: number;
  /** The messages' new expiry. */
  expiresAt?: Date;
}

/** What a replay came to. */
export interface Replayed {
  replayed: number;
  /** Deliveries that were left as they are, by why. */
  skipped: { reason: string; count: number }[];
}

interface ReplayedSlice extends SliceRow {
  messages: number;
  skipped: Record<string, number>;
}

/** Sends again what ended without having been sent. */
@Injectable()
export class DeliveryReplay {
  constructor(
    private readonly tenants: Tenants,
    private readonly channels: ChannelDirectory,
    private readonly vendors: VendorRegistry,
    private readonly readyWork: ReadyWork,
    private readonly signal: WorkSignal,
    private readonly clock: Clock,
  ) {}

  /**
   * Replays a selection of any size.
   * @throws Conflict when the message that the selection names has expired, and InvalidRequest when the new expiry is past
   */
  async selected(
    organisationId: number,
    selection: DeliverySelection,
    { limit = Number.MAX_SAFE_INTEGER, expiresAt }: ReplayOptions,
  ): Promise<Replayed> {
    this.refusePast(expiresAt);
    if (expiresAt === undefined && selection.expiresAt !== null && selection.expiresAt <= this.clock.now()) {
      throw new Conflict(
        'message_expired',
        `Message ${selection.message} expired at ${selection.expiresAt.toISOString()}: give a new expiresAt to send it after all.`,
      );
    }
    const tally = new Tally();
    await eachSlice(selection, limit, async (values, left) =>
      tally.add(await this.slice(organisationId, selectedCandidates(selection.kind), [left, ...values], expiresAt)),
    );
    return tally.total();
  }

  /** Replays unknown deliveries that are named one by one; `values` are the parameters of `namedCandidates`. */
  async named(organisationId: number, values: unknown[], expiresAt?: Date): Promise<Replayed> {
    this.refusePast(expiresAt);
    const tally = new Tally();
    tally.add(await this.slice(organisationId, namedCandidates, [null, ...values], expiresAt));
    return tally.total();
  }

  private async slice(
    organisationId: number,
    candidates: Candidates,
    values: unknown[],
    expiresAt: Date | undefined,
  ): Promise<ReplayedSlice | undefined> {
    const now = this.clock.now();
    const route = await this.route(organisationId);
    await this.readyWork.mark(organisationId, now);
    const [row] = await this.tenants.transaction(organisationId, (scope) =>
      scope.query<ReplayedSlice>(replayDeliveries(candidates), [
        now,
        anyShard(),
        expiresAt ?? null,
        lastTry(null, now, now),
        ...route,
        ...values,
      ]),
    );
    if (row !== undefined && row.moved > 0) this.signal.notify('dispatch', true);
    return row;
  }

  /** Where each channel's endpoints go first, as columns. */
  private async route(organisationId: number): Promise<unknown[]> {
    const directory = await this.channels.load(organisationId);
    const lines = routePlan(
      directory.channels.map(({ id, kind }) => ({ channelId: id, kind })),
      directory,
      ({ vendor, pace }) => largestCall(this.vendors.get(vendor).definition.capabilities, pace),
    );
    return [
      lines.map(({ channelId }) => channelId),
      lines.map(({ accountId }) => accountId),
      lines.map(({ serves }) => serves),
      lines.map(({ before }) => before),
      lines.map(({ batchSize }) => batchSize),
    ];
  }

  private refusePast(expiresAt: Date | undefined): void {
    if (expiresAt !== undefined && expiresAt <= this.clock.now()) {
      throw InvalidRequest.at('expiresAt', 'must be in the future');
    }
  }
}

const NOTHING: SliceRow = { seen: 0, moved: 0, messageId: null, channelId: null, endpointId: null };

class Tally {
  private replayed = 0;
  private readonly skipped = new Map<string, number>();

  add(slice: ReplayedSlice | undefined): SliceRow {
    if (slice === undefined) return NOTHING;
    this.replayed += slice.moved;
    for (const [reason, count] of Object.entries(slice.skipped))
      this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + count);
    return slice;
  }

  total(): Replayed {
    const skipped = [...this.skipped].map(([reason, count]) => ({ reason, count }));
    return { replayed: this.replayed, skipped: skipped.sort((left, right) => right.count - left.count) };
  }
}
