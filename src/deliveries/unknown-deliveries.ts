import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Caller } from '../access/principal.js';
import { Channel } from '../channels/channel.entity.js';
import { Clock } from '../common/clock.js';
import { InvalidRequest } from '../common/problem.js';
import { Tenants } from '../database/tenants.js';
import { DeliveryReplay, type Replayed } from './delivery-replay.js';
import { type DeliveryFilter, type DeliverySelection, selectDeliveries } from './delivery-selection.js';
import { eachSlice, type SliceRow } from './selection-slices.js';
import { type Candidates, namedCandidates, selectedCandidates } from './sql/candidates.js';
import { anyShard } from './sql/count-moves.js';
import { resolveUnknown } from './sql/resolve-unknown.js';

/** A delivery as a person names it. */
export interface NamedDelivery {
  message: string;
  /** Code. */
  channel: string;
  endpoint: string;
}

/** What becomes of it; undefined as reason: `unknown: ` and why it was unknown. */
export type Resolution = { as: 'sent' } | { as: 'failed'; reason?: string } | { as: 'resend'; expiresAt?: Date };

/** How many were settled; what was not sent again, by why. */
export interface Resolved {
  resolved: number;
  skipped?: Replayed['skipped'];
}

/** Deliveries of which nobody knows whether they arrived. */
@Injectable()
export class UnknownDeliveries {
  constructor(
    private readonly tenants: Tenants,
    private readonly replays: DeliveryReplay,
    private readonly clock: Clock,
  ) {}

  /**
   * Settles deliveries that are named; those in another state are left alone. The counters follow.
   * @throws InvalidRequest naming channels there are none of
   */
  async resolveNamed(caller: Caller, named: readonly NamedDelivery[], resolution: Resolution): Promise<Resolved> {
    const { organisationId, applicationId } = caller;
    const channels = await this.channelIds(organisationId, named);
    const values = [
      applicationId,
      named.map(({ message }) => message),
      named.map(({ channel }) => channels.get(channel)),
      named.map(({ endpoint }) => endpoint),
    ];
    if (resolution.as === 'resend') {
      return toResolved(await this.replays.named(organisationId, values, resolution.expiresAt));
    }
    return { resolved: (await this.settle(organisationId, namedCandidates, values, resolution)).moved };
  }

  /**
   * The same for all that a filter selects.
   * @throws InvalidRequest, NotFound, Conflict
   */
  async resolveSelected(caller: Caller, filter: DeliveryFilter, resolution: Resolution): Promise<Resolved> {
    if (filter.message === undefined && filter.from === undefined) {
      throw InvalidRequest.at('filter.from', 'is needed unless filter.message is given');
    }
    const { organisationId } = caller;
    const scope = this.tenants.of(organisationId);
    const selection = await selectDeliveries(scope, caller, 'unknown', filter, this.clock.now(), 'filter.');
    if (resolution.as === 'resend') {
      return toResolved(await this.replays.selected(organisationId, selection, resolution));
    }
    return { resolved: await this.settleSelection(organisationId, selection, resolution) };
  }

  /** @returns how many were settled */
  async settleSelection(
    organisationId: number,
    selection: DeliverySelection,
    resolution: Exclude<Resolution, { as: 'resend' }>,
  ): Promise<number> {
    let settled = 0;
    await eachSlice(selection, Number.MAX_SAFE_INTEGER, async (values) => {
      const slice = await this.settle(organisationId, selectedCandidates(selection.kind), values, resolution);
      settled += slice.moved;
      return slice;
    });
    return settled;
  }

  private async settle(
    organisationId: number,
    candidates: Candidates,
    values: unknown[],
    resolution: Exclude<Resolution, { as: 'resend' }>,
  ): Promise<SliceRow> {
    const reason = resolution.as === 'failed' ? (resolution.reason ?? null) : null;
    const [row] = await this.tenants.transaction(organisationId, (scope) =>
      scope.query<SliceRow>(resolveUnknown(candidates), [
        this.clock.now(),
        anyShard(),
        resolution.as,
        reason,
        ...values,
      ]),
    );
    if (row === undefined) throw new Error('Settling deliveries answered nothing');
    return row;
  }

  private async channelIds(organisationId: number, named: readonly NamedDelivery[]): Promise<Map<string, number>> {
    const codes = [...new Set(named.map(({ channel }) => channel))];
    const found = await this.tenants.of(organisationId).find(Channel, { code: In(codes) });
    const ids = new Map(found.map(({ code, id }) => [code, id]));
    const errors = named.flatMap(({ channel }, index) =>
      ids.has(channel) ? [] : [{ path: `items[${index}].channel`, message: `there is no channel ${channel}` }],
    );
    if (errors.length > 0) throw new InvalidRequest(errors);
    return ids;
  }
}

const toResolved = ({ replayed, skipped }: Replayed): Resolved => ({ resolved: replayed, skipped });
