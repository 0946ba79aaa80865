import type { OrganisationChannels } from '../../channels/organisation-channels.js';
import type { TenantScope } from '../../database/tenant-scope.js';
import type { ResolvedAudience, ResolvedSelectors } from '../resolved-message.js';
import type { AudienceSummaryDto, NamedItemsDto, SelectorsSummaryDto } from './audience-summary.dto.js';
import { channelCode } from './to-message-dto.js';

/** Items shown of one list. */
const SHOWN = 100;

interface GroupRow {
  id: number;
  kind: string;
  code: string;
}

/** Codes by id, for the selectors and the exclusions together. */
interface Codes {
  recipients: Map<string, string>;
  groups: Map<number, GroupRow>;
}

/** A stored audience by the codes that its people and groups have now. */
export async function readableAudience(
  scope: TenantScope,
  audience: ResolvedAudience,
  channels: OrganisationChannels,
): Promise<AudienceSummaryDto> {
  const codes = await findCodes(scope, [audience, audience.exclude]);
  const addresses = Object.entries(audience.addresses).map(
    ([channelId, list]) => [channelCode(channels, Number(channelId)), first(list)] as const,
  );
  return {
    all: audience.all,
    ...readable(audience, codes),
    endpoints: first(audience.endpointIds),
    aliases: first(audience.aliases ?? []),
    addresses: Object.fromEntries(addresses),
    devices: audience.devices === undefined ? null : { platforms: null, ...audience.devices },
    exclude: readable(audience.exclude, codes),
  };
}

/** The department that a path leads to: 5 of `/1/5/`. */
export const departmentOf = (path: string): number => Number(path.split('/').at(-2));

async function findCodes(scope: TenantScope, parts: ResolvedSelectors[]): Promise<Codes> {
  const recipientIds = parts.flatMap(({ recipientIds }) => recipientIds.slice(0, SHOWN));
  const groupIds = parts.flatMap(({ groupIds, departmentPaths }) => [
    ...groupIds,
    ...departmentPaths.map((path) => departmentOf(path)),
  ]);
  const recipients =
    recipientIds.length === 0
      ? []
      : await scope.query<{ id: string; code: string }>(
          'SELECT id, code FROM recipient WHERE organisation_id = $1 AND id = ANY ($2::bigint[])',
          [recipientIds],
        );
  const groups =
    groupIds.length === 0
      ? []
      : await scope.query<GroupRow>(
          'SELECT id, kind, code FROM recipient_group WHERE organisation_id = $1 AND id = ANY ($2::int[])',
          [groupIds],
        );
  return {
    recipients: new Map(recipients.map(({ id, code }) => [id, code])),
    groups: new Map(groups.map((group) => [group.id, group])),
  };
}

function readable({ recipientIds, groupIds, departmentPaths }: ResolvedSelectors, codes: Codes) {
  const groups = groupIds.flatMap((id) => codes.groups.get(id) ?? []);
  const ofKind = (kind: string): NamedItemsDto =>
    first(groups.filter((group) => group.kind === kind).map(({ code }) => code));
  const users = recipientIds.slice(0, SHOWN).flatMap((id) => codes.recipients.get(id) ?? []);
  const departments = departmentPaths.flatMap((path) => codes.groups.get(departmentOf(path))?.code ?? []);
  return {
    users: { count: recipientIds.length, items: users },
    departments: { count: departmentPaths.length, items: departments.slice(0, SHOWN) },
    posts: ofKind('post'),
    roles: ofKind('role'),
    tags: ofKind('tag'),
  } satisfies SelectorsSummaryDto;
}

const first = (list: string[]): NamedItemsDto => ({ count: list.length, items: list.slice(0, SHOWN) });
