import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/principal.js';
import { Clock } from '../common/clock.js';
import { InvalidRequest } from '../common/problem.js';
import { Tenants } from '../database/tenants.js';
import { DeliveryReplay, type Replayed, type ReplayOptions } from './delivery-replay.js';
import { type DeliveryFilter, selectDeliveries } from './delivery-selection.js';
import { listSelection } from './list-selection.js';
import { afterCursor, type ListedDelivery } from './listed-delivery.js';

/** Deliveries that were given up: tried too often or for too long, and never taken by a vendor. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly tenants: Tenants,
    private readonly replays: DeliveryReplay,
    private readonly clock: Clock,
  ) {}

  /**
   * One more than `limit` when there are more; an application sees those of its own messages.
   * @throws InvalidRequest, NotFound
   */
  async list(
    caller: Caller,
    { limit, cursor, ...filter }: DeliveryFilter & { limit: number; cursor?: string },
  ): Promise<ListedDelivery[]> {
    const scope = this.tenants.of(caller.organisationId);
    const after = afterCursor(cursor);
    const selection = await selectDeliveries(scope, caller, 'dead', filter, this.clock.now());
    return listSelection(scope, selection, limit, after);
  }

  /**
   * Sends them again.
   * @throws InvalidRequest, NotFound, Conflict
   */
  async replay(caller: Caller, filter: DeliveryFilter, options: ReplayOptions): Promise<Replayed> {
    // A list may take days for granted; sending may not.
    if (filter.message === undefined && filter.from === undefined) {
      throw InvalidRequest.at('from', 'is needed unless message is given');
    }
    const scope = this.tenants.of(caller.organisationId);
    const selection = await selectDeliveries(scope, caller, 'dead', filter, this.clock.now());
    return this.replays.selected(caller.organisationId, selection, options);
  }
}
