import { Tenants } from '../database/tenants.js';
import { addressFault } from './address-fault.js';
import type { PlanContext } from './plan-context.js';
import { lineFor } from './route-plan.js';
import { FAIL_UNUSABLE, FIND_EXPLICIT, PLAN_EXPLICIT, REGISTER_ADDRESSES } from './sql/plan-addresses.js';

interface ExplicitEndpoint {
  channelId: number;
  id: string;
  vendor: string;
  environment: string;
  recipientId: string | null;
  status: 'active' | 'quarantined';
  reason: string | null;
}

/**
 * Plans the endpoints that the message names one by one, before anything else and once: the message's cursor is set by the same
 * statement. Returns them, so that the windows over recipients leave them out.
 */
export async function planExplicit(context: PlanContext, tenants: Tenants): Promise<[number, string][]> {
  const { message } = context;
  const { addresses, endpointIds, aliases = [] } = message.audience;
  const named = message.channels.flatMap(({ channelId, kind }) =>
    (addresses[String(channelId)] ?? []).map((address) => ({ channelId, kind, address })),
  );
  if (named.length === 0 && endpointIds.length === 0 && aliases.length === 0) return [];
  return tenants.transaction(context.scope.organisationId, async (scope) => {
    const first = message.planCursor === null;
    if (first && named.length > 0) {
      await scope.query(REGISTER_ADDRESSES, [
        context.now,
        named.map(({ kind }) => kind),
        named.map(({ address }) => address),
        named.map(({ kind, address }) => addressFault(kind, address)),
      ]);
    }
    const found = await scope.query<ExplicitEndpoint>(FIND_EXPLICIT, [
      named.map(({ channelId }) => channelId),
      named.map(({ kind }) => kind),
      named.map(({ address }) => address),
      endpointIds,
      message.channels.map(({ channelId }) => channelId),
      message.channels.map(({ kind }) => kind),
      message.audience.exclude.recipientIds,
      context.excludedGroupIds,
      aliases,
    ]);
    if (first) await writeExplicit({ ...context, scope }, found);
    return found.map(({ channelId, id }): [number, string] => [channelId, id]);
  });
}

async function writeExplicit(
  { scope, message, lease, now, lines }: PlanContext,
  found: ExplicitEndpoint[],
): Promise<void> {
  const routed = found.map((endpoint) => ({ ...endpoint, line: lineFor(lines, endpoint.channelId, endpoint) }));
  const usable = routed.flatMap(({ line, ...rest }) =>
    line !== undefined && rest.status === 'active' ? [{ ...rest, line }] : [],
  );
  const unusable = routed.filter(({ line, status }) => line === undefined || status !== 'active');
  const rows = await scope.query(PLAN_EXPLICIT, [
    message.id,
    lease,
    now,
    null,
    '0',
    false,
    message.priority,
    message.day,
    message.templateId ?? 0,
    usable.map(({ channelId }) => channelId),
    usable.map(({ line }) => line.accountId),
    usable.map(({ line }) => line.batchSize),
    usable.map(({ id }) => id),
    usable.map(({ recipientId }) => recipientId),
  ]);
  if (rows.length === 0 || unusable.length === 0) return;
  await scope.query(FAIL_UNUSABLE, [
    message.id,
    message.day,
    now,
    message.templateId ?? 0,
    unusable.map(({ channelId }) => channelId),
    unusable.map(({ line }) => line?.accountId ?? 0),
    unusable.map(({ id }) => id),
    unusable.map(({ recipientId }) => recipientId),
    unusable.map(({ line, reason, status }) =>
      status === 'quarantined' ? (reason ?? 'quarantined') : line === undefined ? 'no-route' : 'unusable',
    ),
  ]);
}
