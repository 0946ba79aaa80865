import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/principal.js';
import { Channel } from '../channels/channel.entity.js';
import { Clock } from '../common/clock.js';
import { InvalidRequest } from '../common/problem.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { findRecipient } from '../recipients/recipients.service.js';
import type { DeliveryState } from './delivery.entity.js';
import { selectDeliveries } from './delivery-selection.js';
import { listSelection } from './list-selection.js';
import { afterCursor, type DeliveryCursor, type ListedDelivery } from './listed-delivery.js';
import { LIST_DELIVERIES } from './sql/list-deliveries.js';
import { visibleMessage } from './visible-message.js';

/** Which deliveries to list; every condition given must hold. One of recipient and message is given, or the state is unknown. */
export interface DeliveryListFilter {
  limit: number;
  cursor?: string;
  /** Code, or `~` and id. */
  recipient?: string;
  message?: string;
  state?: DeliveryState;
  /** Code. */
  channel?: string;
  /** `YYYY-MM-DD`, UTC, included; of unknown deliveries only. */
  from?: string;
  to?: string;
}

/** The records of what reached whom. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /**
   * One delivery more than `limit` when there are more; an application sees those of its own messages.
   * @throws InvalidRequest, NotFound
   */
  async list(caller: Caller, filter: DeliveryListFilter): Promise<ListedDelivery[]> {
    const after = afterCursor(filter.cursor);
    if (filter.recipient !== undefined || filter.message !== undefined) return this.listOf(caller, filter, after);
    if (filter.state !== 'unknown') {
      throw InvalidRequest.at('recipient', 'is needed unless message is given or state is unknown');
    }
    const { limit, channel, from, to } = filter;
    const scope = this.tenants.of(caller.organisationId);
    const selection = await selectDeliveries(scope, caller, 'unknown', { channel, from, to }, this.clock.now());
    return listSelection(scope, selection, limit, after);
  }

  /** Of a person, of a message, or of both. */
  private async listOf(
    caller: Caller,
    filter: DeliveryListFilter,
    after: DeliveryCursor | undefined,
  ): Promise<ListedDelivery[]> {
    if ((filter.from ?? filter.to) !== undefined) {
      throw InvalidRequest.at('from', 'and to are for unknown deliveries of no particular person or message');
    }
    const scope = this.tenants.of(caller.organisationId);
    const message = filter.message === undefined ? undefined : await visibleMessage(scope, caller, filter.message);
    const recipient = filter.recipient === undefined ? undefined : await findRecipient(scope, filter.recipient);
    const channel = filter.channel === undefined ? undefined : await channelId(scope, filter.channel);
    if (message?.day === null) return [];
    return scope.query<ListedDelivery>(LIST_DELIVERIES, [
      message?.day ?? null,
      message?.id ?? null,
      recipient?.id ?? null,
      filter.state ?? null,
      channel ?? null,
      // That the message may be seen is known by now.
      message === undefined ? caller.applicationId : null,
      after?.messageId ?? null,
      after?.channelId ?? null,
      after?.endpointId ?? null,
      filter.limit + 1,
    ]);
  }
}

async function channelId(scope: TenantScope, code: string): Promise<number> {
  const channel = await scope.findOne(Channel, { code });
  if (channel === null) throw InvalidRequest.at('channel', `there is no channel ${code}`);
  return channel.id;
}
