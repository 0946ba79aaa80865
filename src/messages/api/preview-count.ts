import { Injectable } from '@nestjs/common';
import { type ChannelKind } from '../../channels/channel-kind.js';
import type { OrganisationChannels } from '../../channels/organisation-channels.js';
import type { TenantScope } from '../../database/tenant-scope.js';
import { Tenants } from '../../database/tenants.js';
import { addressFault } from '../address-fault.js';
import type { PreparedMessage } from '../prepared-message.js';
import { lineFor, type RouteLine, routePlan } from '../route-plan.js';
import { audienceGroups, HASH_JOINS, isFew } from '../audience-groups.js';
import { PreviewTally } from './preview-tally.js';
import { previewAudience } from './sql/preview-audience.js';
import { PREVIEW_NAMED_ENDPOINTS } from './sql/preview-named-endpoints.js';

interface NamedEndpoint {
  channelId: number;
  kind: ChannelKind;
  address: string;
  /** Null for an address that nobody has registered. */
  id: string | null;
  vendor: string;
  environment: string;
  recipientId: string | null;
  quarantined: boolean | null;
  reason: string | null;
  excluded: boolean;
}

interface CountRow {
  what: string;
  channelId: number | null;
  accountId: number | null;
  count: number;
  first: string | null;
}

/** What both counts need. */
interface Counting {
  scope: TenantScope;
  message: PreparedMessage;
  lines: RouteLine[];
  groupIds: number[];
  excludedGroupIds: number[];
  tally: PreviewTally;
}

/** Counts what the planner would make of a message, without writing anything. */
@Injectable()
export class PreviewCount {
  constructor(private readonly tenants: Tenants) {}

  async count(organisationId: number, message: PreparedMessage, channels: OrganisationChannels): Promise<PreviewTally> {
    const scope = this.tenants.of(organisationId);
    const counting: Counting = {
      scope,
      message,
      lines: routePlan(message.channels, channels, () => 1),
      groupIds: await audienceGroups(scope, message.audience),
      excludedGroupIds: await audienceGroups(scope, message.audience.exclude),
      tally: new PreviewTally(),
    };
    const named = await countNamed(counting);
    await countPeople(this.tenants, counting, named);
    counting.tally.firstRecipientId ??= named.find(({ recipientId }) => recipientId !== null)?.recipientId ?? null;
    return counting.tally;
  }
}

/** Counts the endpoints named one by one, and returns those that the count of people leaves out. */
async function countNamed({ scope, message, lines, excludedGroupIds, tally }: Counting): Promise<NamedEndpoint[]> {
  const { addresses, endpointIds, aliases = [], exclude } = message.audience;
  const raw = message.channels.flatMap(({ channelId, kind }) =>
    (addresses[String(channelId)] ?? []).map((address) => ({ channelId, kind, address })),
  );
  if (raw.length === 0 && endpointIds.length === 0 && aliases.length === 0) return [];
  const named = await scope.query<NamedEndpoint>(PREVIEW_NAMED_ENDPOINTS, [
    raw.map(({ channelId }) => channelId),
    raw.map(({ kind }) => kind),
    raw.map(({ address }) => address),
    endpointIds,
    message.channels.map(({ channelId }) => channelId),
    message.channels.map(({ kind }) => kind),
    exclude.recipientIds,
    excludedGroupIds,
    aliases,
  ]);
  for (const endpoint of named) {
    const line = lineFor(lines, endpoint.channelId, endpoint);
    const reason = whyNot(endpoint, line);
    if (reason !== null) tally.drop(endpoint.channelId, reason, 1);
    else if (line !== undefined) tally.target(endpoint.channelId, line.accountId, 1);
  }
  return named.filter(({ id, excluded }) => id !== null && !excluded);
}

function whyNot(endpoint: NamedEndpoint, line: RouteLine | undefined): string | null {
  if (endpoint.excluded) return 'excluded';
  if (endpoint.id === null) {
    const fault = addressFault(endpoint.kind, endpoint.address);
    if (fault !== null) return fault;
  }
  if (endpoint.quarantined === true) return endpoint.reason ?? 'quarantined';
  return line === undefined ? 'no-route' : null;
}

async function countPeople(tenants: Tenants, counting: Counting, named: NamedEndpoint[]): Promise<void> {
  const { scope, message, lines, tally } = counting;
  const { audience, channels } = message;
  const { platforms, latestOnly = false } = audience.devices ?? {};
  const values = [
    audience.recipientIds,
    counting.groupIds,
    audience.exclude.recipientIds,
    counting.excludedGroupIds,
    named.map(({ channelId }) => channelId),
    named.map(({ id }) => id),
    channels.map(({ channelId }) => channelId),
    channels.map(({ kind }) => kind),
    lines.map(({ channelId }) => channelId),
    lines.map(({ accountId }) => accountId),
    lines.map(({ serves }) => serves),
    lines.map(({ before }) => before),
    lines.map(({ single }) => single),
    ...(platforms === undefined ? [] : [platforms]),
  ];
  const sql = previewAudience({ all: audience.all, platforms: platforms !== undefined, latest: latestOnly });
  const count = (within: TenantScope): Promise<CountRow[]> => within.query<CountRow>(sql, values);
  const few = await isFew(scope, audience, counting.groupIds);
  const rows = few
    ? await count(scope)
    : await tenants.transaction(scope.organisationId, async (within) => {
        await within.execute(HASH_JOINS);
        return count(within);
      });
  for (const { what, channelId, accountId, count, first } of rows) {
    if (what === 'recipients') {
      tally.recipients = count;
      tally.firstRecipientId = first;
    } else if (channelId !== null && accountId !== null) tally.target(channelId, accountId, count);
    else if (channelId !== null) tally.drop(channelId, what, count);
  }
}
