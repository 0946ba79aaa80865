import type { OrganisationChannels } from '../channels/organisation-channels.js';
import type { TenantScope } from '../database/tenant-scope.js';
import type { ClaimedMessage } from './plan-context.js';
import { LARGEST_BATCH, routePlan } from './route-plan.js';
import { PLAN_FEW } from './sql/plan-few.js';

/** People that a message may name to be planned together with others; small vendors' calls bound it further. */
const FEW = 50;

/** Whether a message names a few people and nothing else, so that it can be planned together with others. */
export function isSmall({ audience, planCursor }: ClaimedMessage): boolean {
  const { all, recipientIds, groupIds, departmentPaths, endpointIds, aliases, addresses, devices, exclude } = audience;
  const others = [
    groupIds,
    departmentPaths,
    endpointIds,
    exclude.recipientIds,
    exclude.groupIds,
    exclude.departmentPaths,
  ];
  return (
    !all &&
    aliases === undefined &&
    devices === undefined &&
    planCursor === null &&
    recipientIds.length <= FEW &&
    others.every((list) => list.length === 0) &&
    Object.values(addresses).every((list) => list.length === 0)
  );
}

/** Plans small messages in one statement. */
export async function planFew(
  scope: TenantScope,
  messages: readonly ClaimedMessage[],
  lease: string,
  now: Date,
  channels: OrganisationChannels,
): Promise<void> {
  const people = messages.flatMap(({ id, audience }) =>
    audience.recipientIds.map((recipientId) => ({ id, recipientId })),
  );
  // A few people fit into one call of every vendor's batches, so no batch needs to be cut.
  const lines = messages.flatMap(({ id, channels: plans }) =>
    routePlan(plans, channels, () => LARGEST_BATCH).map((line) => ({ id, ...line })),
  );
  await scope.query(PLAN_FEW, [
    lease,
    now,
    messages.map(({ id }) => id),
    messages.map(({ priority }) => priority),
    messages.map(({ day }) => day),
    messages.map(({ templateId }) => templateId ?? 0),
    people.map(({ id }) => id),
    people.map(({ recipientId }) => recipientId),
    lines.map(({ id }) => id),
    lines.map(({ channelId }) => channelId),
    lines.map(({ kind }) => kind),
    lines.map(({ accountId }) => accountId),
    lines.map(({ serves }) => serves),
    lines.map(({ before }) => before),
    lines.map(({ single }) => single),
  ]);
}
