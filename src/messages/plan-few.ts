import type { OrganisationChannels } from '../channels/organisation-channels.js';
import type { TenantScope } from '../database/tenant-scope.js';
import type { ClaimedMessage } from './plan-context.js';
import { LARGEST_BATCH, type RouteLine, routePlan } from './route-plan.js';
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
  const plans = new Plans(channels);
  const people = messages.flatMap((message) => {
    const plan = plans.of(message);
    return message.audience.recipientIds.map((recipientId) => ({ id: message.id, recipientId, plan }));
  });
  const { lines } = plans;
  await scope.query(PLAN_FEW, [
    lease,
    now,
    messages.map(({ id }) => id),
    people.map(({ id }) => id),
    people.map(({ recipientId }) => recipientId),
    people.map(({ plan }) => plan),
    lines.map(({ plan }) => plan),
    lines.map(({ message }) => message.priority),
    lines.map(({ message }) => message.day),
    lines.map(({ message }) => message.templateId ?? 0),
    lines.map(({ channelId }) => channelId),
    lines.map(({ kind }) => kind),
    lines.map(({ accountId }) => accountId),
    lines.map(({ serves }) => serves),
    lines.map(({ before }) => before),
    lines.map(({ single }) => single),
  ]);
}

/** Messages that differ in nothing but their people and words share a plan: their routes, priority, day and template. */
class Plans {
  readonly lines: (RouteLine & { plan: number; message: ClaimedMessage })[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(private readonly channels: OrganisationChannels) {}

  of(message: ClaimedMessage): number {
    const { channels, priority, day, templateId } = message;
    const key = [channels.map(({ channelId, route }) => [channelId, route?.join('/')]), priority, day, templateId].join(
      '|',
    );
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const plan = this.numbers.size;
    this.numbers.set(key, plan);
    // A few people fit into one call of every vendor's batches, so no batch needs to be cut.
    const route = routePlan(channels, this.channels, () => LARGEST_BATCH);
    this.lines.push(...route.map((line) => ({ ...line, plan, message })));
    return plan;
  }
}
