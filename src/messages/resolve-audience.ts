import { normaliseAddress } from '../recipients/address.js';
import { InvalidRequest } from '../common/problem.js';
import type { TenantScope } from '../database/tenant-scope.js';
import type { ChannelKind } from '../channels/channel-kind.js';
import type { OrganisationChannels } from '../channels/organisation-channels.js';
import type { Audience, Devices, Selectors, Unresolved } from './message-request.js';
import type { RecipientLookup } from './recipient-lookup.js';
import type { ResolvedAudience, ResolvedDevices, ResolvedSelectors } from './resolved-message.js';
import { completeUnresolved } from './unresolved.js';

/** More people than this are better named by a group. */
export const MOST_NAMED = 10_000;
/** What cannot be an address is still recorded, in an index whose entries are bounded. */
const LONGEST_ADDRESS = 500;

const GROUP_FIELDS = { departments: 'department', posts: 'post', roles: 'role', tags: 'tag' } as const;
type GroupField = keyof typeof GROUP_FIELDS;
const GROUP_FIELD_NAMES = Object.keys(GROUP_FIELDS) as GroupField[];

/** Counts no further than it must. $2 aliases, $3 how far */
const COUNT_BEARERS = `
SELECT count(*)::int AS endpoints FROM (
  SELECT FROM endpoint WHERE organisation_id = $1 AND alias = ANY ($2::text[]) LIMIT $3) bearer`;

const UNBORNE_ALIASES = `
SELECT a.alias FROM unnest($2::text[]) AS a (alias)
 WHERE NOT EXISTS (SELECT FROM endpoint e WHERE e.organisation_id = $1 AND e.alias = a.alias)`;

interface GroupRow {
  id: number;
  kind: string;
  code: string;
  path: string;
}

/** Codes looked up once for the selectors and the exclusions together. */
interface Known {
  recipients: ReadonlyMap<string, string>;
  groups: Map<string, GroupRow>;
}

const lengthOf = (lists: (string[] | undefined)[]): number => lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);

/** Refuses what names nobody: a broadcast is asked for by name, never by leaving something out. */
export function checkAudience(audience: Audience): void {
  const { all, exclude, addresses = {}, devices: _, ...selectors } = audience;
  const named = lengthOf(Object.values<string[] | undefined>(selectors)) + lengthOf(Object.values(addresses));
  if (all === true && named > 0)
    throw InvalidRequest.at('audience.all', 'stands alone: everyone is already everyone', 'ambiguous_audience');
  if (all !== true && named === 0) {
    throw InvalidRequest.at(
      'audience',
      'names nobody: give at least one selector, or "all": true for everyone',
      'empty_audience',
    );
  }
  const excluded = lengthOf(Object.values<string[] | undefined>({ ...exclude }));
  if (named + excluded > MOST_NAMED)
    throw InvalidRequest.at('audience', `names ${named + excluded} codes and addresses; at most ${MOST_NAMED}`);
}

/** Looks the codes up. Those that name nothing are returned as `unresolved`; the others count. */
export async function resolveAudience(
  scope: TenantScope,
  audience: Audience,
  channels: OrganisationChannels,
  recipients: RecipientLookup,
): Promise<{ audience: ResolvedAudience; unresolved: Unresolved }> {
  const exclude = audience.exclude ?? {};
  const known: Known = {
    recipients: await recipients.find(scope.organisationId, [...(audience.users ?? []), ...(exclude.users ?? [])]),
    groups: await findGroups(scope, [audience, exclude]),
  };
  const unresolved = completeUnresolved();
  const resolved = {
    all: audience.all === true,
    ...select(audience, known, unresolved),
    endpointIds: await findEndpoints(scope, audience.endpoints ?? [], unresolved),
    ...(await keepAliases(scope, audience.aliases ?? [], unresolved)),
    addresses: channelAddresses(audience.addresses ?? {}, channels),
    ...resolveDevices(audience.devices),
    exclude: select(exclude, known, unresolved),
  };
  return { audience: resolved, unresolved };
}

async function findGroups(scope: TenantScope, parts: Selectors[]): Promise<Map<string, GroupRow>> {
  const wanted = parts.flatMap((part) => [
    ...GROUP_FIELD_NAMES.flatMap((field) => (part[field] ?? []).map((code) => ({ kind: GROUP_FIELDS[field], code }))),
    ...[...new Set(part.scopes)].flatMap(scopeCodes).map((code) => ({ kind: 'department', code })),
  ]);
  if (wanted.length === 0) return new Map();
  const rows = await scope.query<GroupRow>(
    `SELECT g.id, g.kind, g.code, g.path FROM recipient_group g
       JOIN (SELECT DISTINCT * FROM unnest($2::text[], $3::text[]) AS w (kind, code)) w ON w.kind = g.kind AND w.code = g.code
      WHERE g.organisation_id = $1`,
    [wanted.map(({ kind }) => kind), wanted.map(({ code }) => code)],
  );
  return new Map(rows.map((row) => [`${row.kind} ${row.code}`, row]));
}

async function findEndpoints(scope: TenantScope, ids: string[], unresolved: Unresolved): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await scope.query<{ id: string }>(
    'SELECT id FROM endpoint WHERE organisation_id = $1 AND id = ANY ($2::bigint[])',
    [ids],
  );
  const found = new Set(rows.map(({ id }) => id));
  unresolved.endpoints.push(...new Set(ids.filter((id) => !found.has(id))));
  return [...found];
}

/** All are kept, since who bears them is found at planning; those that nobody bears now are told. */
async function keepAliases(
  scope: TenantScope,
  given: string[],
  unresolved: Unresolved,
): Promise<Pick<ResolvedAudience, 'aliases'>> {
  const aliases = [...new Set(given)];
  if (aliases.length === 0) return {};
  const rows = await scope.query<{ alias: string }>(UNBORNE_ALIASES, [aliases]);
  const unborne = new Set(rows.map(({ alias }) => alias));
  unresolved.aliases.push(...aliases.filter((alias) => unborne.has(alias)));
  const [borne] = await scope.query<{ endpoints: number }>(COUNT_BEARERS, [aliases, MOST_NAMED + 1]);
  if (borne !== undefined && borne.endpoints > MOST_NAMED)
    throw InvalidRequest.at(
      'audience.aliases',
      `are borne by more than ${MOST_NAMED} endpoints; name so many by a group`,
    );
  return { aliases };
}

function resolveDevices({ platforms, latestOnly = false }: Devices = {}): { devices?: ResolvedDevices } {
  if (platforms === undefined && !latestOnly) return {};
  if (platforms === undefined) return { devices: { latestOnly } };
  return { devices: { platforms: [...new Set(platforms.map((name) => name.toLowerCase()))], latestOnly } };
}

/** `232` and `301` of `/232/301/`; the first and the last slash may be missing. */
const scopeCodes = (path: string): string[] => path.replace(/^\//, '').replace(/\/$/, '').split('/');

/** The path of ids that a path of codes stands for, when there is such a way down the tree. */
function scopePath(path: string, groups: ReadonlyMap<string, GroupRow>): string | undefined {
  const departments = scopeCodes(path).map((code) => groups.get(`department ${code}`));
  const ids = departments.map((department) => department?.id).join('/');
  const last = departments.at(-1);
  return last?.path === `/${ids}/` ? last.path : undefined;
}

function select(part: Selectors, known: Known, unresolved: Unresolved): ResolvedSelectors {
  const recipientIds = new Set<string>();
  for (const code of new Set(part.users ?? [])) {
    const id = known.recipients.get(code);
    if (id === undefined) unresolved.users.push(code);
    else recipientIds.add(id);
  }
  const groupIds = new Set<number>();
  const departmentPaths = new Set<string>();
  for (const field of GROUP_FIELD_NAMES) {
    for (const code of new Set(part[field] ?? [])) {
      const group = known.groups.get(`${GROUP_FIELDS[field]} ${code}`);
      if (group === undefined) unresolved[field].push(code);
      else if (field === 'departments') departmentPaths.add(group.path);
      else groupIds.add(group.id);
    }
  }
  for (const scope of new Set(part.scopes)) {
    const path = scopePath(scope, known.groups);
    if (path === undefined) unresolved.scopes.push(scope);
    else departmentPaths.add(path);
  }
  return { recipientIds: [...recipientIds], groupIds: [...groupIds], departmentPaths: [...departmentPaths] };
}

function channelAddresses(
  addresses: Record<string, string[]>,
  channels: OrganisationChannels,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(addresses).map(([code, list]) => {
      const channel = channels.byCode(code);
      if (channel === undefined)
        throw InvalidRequest.at(`audience.addresses.${code}`, `there is no channel ${code}`, 'unknown_channel');
      const kept = list
        .map((address, index) => spelling(channel.kind, address, `audience.addresses.${code}[${index}]`))
        .filter((address) => address !== '');
      return [String(channel.id), [...new Set(kept)]];
    }),
  );
}

/** The spelling under which endpoints are stored; what cannot be an address is kept as it came, and fails by itself later. */
function spelling(kind: ChannelKind, address: string, path: string): string {
  if (address.length > LONGEST_ADDRESS) throw InvalidRequest.at(path, `is longer than ${LONGEST_ADDRESS} characters`);
  return normaliseAddress(kind, address) ?? address.trim();
}
