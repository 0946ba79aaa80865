import type { FieldError } from '../common/problem.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { GROUP_FIELDS, type GroupCodes, type GroupField } from './recipient-change.js';
import type { GroupKind } from './recipient-group.entity.js';

/** Group ids by `kind:code`. */
export type KnownGroups = ReadonlyMap<string, number>;

const fieldsOf = (codes: GroupCodes): [GroupField, string[]][] =>
  (Object.keys(GROUP_FIELDS) as GroupField[]).flatMap((field) => {
    const listed = codes[field];
    return listed === undefined || listed === null ? [] : [[field, listed] satisfies [GroupField, string[]]];
  });

const FIND = `
  SELECT g.kind, g.code, g.id
    FROM unnest($2::text[], $3::text[]) AS w (kind, code)
    JOIN recipient_group g ON g.organisation_id = $1 AND g.kind = w.kind AND g.code = w.code`;

/** Looks up every group named in `lists`, in one statement. */
export async function findGroups(scope: TenantScope, lists: GroupCodes[]): Promise<KnownGroups> {
  const wanted = new Map<string, { kind: GroupKind; code: string }>();
  for (const [field, codes] of lists.flatMap(fieldsOf)) {
    const kind = GROUP_FIELDS[field];
    for (const code of codes) wanted.set(`${kind}:${code}`, { kind, code });
  }
  if (wanted.size === 0) return new Map();
  const groups = [...wanted.values()];
  const rows = await scope.query<{ kind: GroupKind; code: string; id: number }>(FIND, [
    groups.map(({ kind }) => kind),
    groups.map(({ code }) => code),
  ]);
  return new Map(rows.map(({ kind, code, id }) => [`${kind}:${code}`, id]));
}

/** Every code that names no group, with its place in the request below `prefix`. */
export function unknownGroups(known: KnownGroups, codes: GroupCodes, prefix = ''): FieldError[] {
  return fieldsOf(codes).flatMap(([field, listed]) =>
    listed.flatMap((code, index) =>
      known.has(`${GROUP_FIELDS[field]}:${code}`)
        ? []
        : [{ path: `${prefix}${field}[${index}]`, message: `there is no ${GROUP_FIELDS[field]} ${code}` }],
    ),
  );
}

/** Of two requests that place the same person, one waits for the other: together they would leave the groups of both. */
const LOCK = `
  SELECT FROM recipient WHERE organisation_id = $1 AND id = ANY($2::bigint[]) ORDER BY id FOR NO KEY UPDATE`;

const HELD = `
  SELECT m.recipient_id AS "recipientId", m.group_id AS "groupId", g.kind
    FROM membership m JOIN recipient_group g ON g.organisation_id = $1 AND g.id = m.group_id
   WHERE m.organisation_id = $1 AND m.recipient_id = ANY($2::bigint[])`;

const LEAVE = `
  DELETE FROM membership m USING unnest($2::bigint[], $3::integer[]) AS x (recipient_id, group_id)
   WHERE m.organisation_id = $1 AND m.group_id = x.group_id AND m.recipient_id = x.recipient_id`;

const JOIN = `
  INSERT INTO membership (organisation_id, group_id, recipient_id)
  SELECT $1, x.group_id, x.recipient_id FROM unnest($2::bigint[], $3::integer[]) AS x (recipient_id, group_id)
   ORDER BY x.group_id, x.recipient_id
  ON CONFLICT DO NOTHING`;

interface Member {
  recipientId: string;
  groupId: number;
}

const keyOf = ({ recipientId, groupId }: Member): string => `${recipientId}:${groupId}`;
const columnsOf = (members: Member[]): [string[], number[]] => [
  members.map(({ recipientId }) => recipientId),
  members.map(({ groupId }) => groupId),
];

/**
 * Puts each recipient into exactly the listed groups of the kinds that are given; other kinds stay. The codes must be known.
 * Returns the recipients for whom that changed anything. The difference is taken here and not by one DELETE with a NOT EXISTS:
 * on a table that has just grown from nothing, Postgres planned that a hundred times slower.
 */
export async function replaceMemberships(
  scope: TenantScope,
  known: KnownGroups,
  wanted: { recipientId: string; groups: GroupCodes }[],
): Promise<string[]> {
  const placed = wanted.filter(({ groups }) => fieldsOf(groups).length > 0);
  if (placed.length === 0) return [];
  const ids = placed.map(({ recipientId }) => recipientId);
  await scope.query(LOCK, [ids]);
  const held = await scope.query<Member & { kind: GroupKind }>(HELD, [ids]);
  const members = new Map<string, Member>();
  const replaced = new Set<string>();
  for (const { recipientId, groups } of placed) {
    for (const [field, codes] of fieldsOf(groups)) {
      const kind = GROUP_FIELDS[field];
      replaced.add(`${recipientId}:${kind}`);
      for (const code of codes) {
        const member = { recipientId, groupId: groupId(known, kind, code) };
        members.set(keyOf(member), member);
      }
    }
  }
  const leaving = held.filter((m) => replaced.has(`${m.recipientId}:${m.kind}`) && !members.has(keyOf(m)));
  for (const member of held) members.delete(keyOf(member));
  const joining = [...members.values()];
  if (leaving.length > 0) await scope.query(LEAVE, columnsOf(leaving));
  if (joining.length > 0) await scope.query(JOIN, columnsOf(joining));
  return [...leaving, ...joining].map(({ recipientId }) => recipientId);
}

function groupId(known: KnownGroups, kind: GroupKind, code: string): number {
  const id = known.get(`${kind}:${code}`);
  if (id === undefined) throw new Error(`The ${kind} ${code} was not looked up`);
  return id;
}
