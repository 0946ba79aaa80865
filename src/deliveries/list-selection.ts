import { InvalidRequest } from '../common/problem.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { type DeliverySelection, selectionValues } from './delivery-selection.js';
import type { DeliveryCursor, ListedDelivery } from './listed-delivery.js';
import { listSelected } from './sql/list-deliveries.js';

/**
 * A page of a selection, newest day first: one query a day, each in the order of one partition's key, until the page is full.
 * @returns one more than `limit` when there are more
 */
export async function listSelection(
  scope: TenantScope,
  selection: DeliverySelection,
  limit: number,
  after: DeliveryCursor | undefined,
): Promise<ListedDelivery[]> {
  const start = after === undefined ? undefined : await dayOf(scope, after);
  const rows: ListedDelivery[] = [];
  for (const day of selection.days.toReversed()) {
    if (start !== undefined && day > start) continue;
    const begin = day === start ? after : undefined;
    const found = await scope.query<ListedDelivery>(listSelected(selection.kind), [
      ...selectionValues(selection, day),
      begin?.messageId ?? null,
      begin?.channelId ?? null,
      begin?.endpointId ?? null,
      limit + 1 - rows.length,
    ]);
    rows.push(...found);
    if (rows.length > limit) break;
  }
  return rows;
}

async function dayOf(scope: TenantScope, { messageId }: DeliveryCursor): Promise<string> {
  const [message] = await scope.query<{ day: string | null }>(
    'SELECT day::text AS day FROM message WHERE organisation_id = $1 AND id = $2',
    [messageId],
  );
  if (message?.day == null) throw InvalidRequest.at('cursor', 'is not a cursor of this list');
  return message.day;
}
