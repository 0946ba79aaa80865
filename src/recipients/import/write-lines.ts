import type { TenantScope } from '../../database/tenant-scope.js';
import { findGroups, type KnownGroups, replaceMemberships, unknownGroups } from '../memberships.js';
import { addAddresses, addressesOf } from '../recipient-addresses.js';
import type { NewRecipient } from '../recipient-change.js';
import { failedLine, type ImportLine, type LineResult } from './import-line.js';
import { takenClientIds, upsertRecipients } from './upsert-recipients.js';

interface PersonLine extends ImportLine {
  person: NewRecipient;
}

const hasPerson = (line: ImportLine): line is PersonLine => line.person !== undefined;

/** Carries out the lines within the transaction of `scope`, with a handful of statements however many lines there are. */
export async function writeLines(scope: TenantScope, lines: ImportLine[], now: Date): Promise<LineResult[]> {
  const results: LineResult[] = [];
  for (const wave of waves(lines)) {
    results.push(...(await removePeople(scope, wave)), ...(await writePeople(scope, wave.filter(hasPerson), now)));
  }
  return results.sort((left, right) => left.line - right.line);
}

/** Lets every code stand once in a statement: its first line is in the first wave, its second in the second. */
export function waves(lines: ImportLine[]): ImportLine[][] {
  const seen = new Map<string, number>();
  const all: ImportLine[][] = [];
  for (const line of lines) {
    const wave = seen.get(line.code) ?? 0;
    seen.set(line.code, wave + 1);
    (all[wave] ??= []).push(line);
  }
  return all;
}

async function removePeople(scope: TenantScope, lines: ImportLine[]): Promise<LineResult[]> {
  const leaving = lines.filter((line) => !hasPerson(line));
  if (leaving.length === 0) return [];
  const rows = await scope.query<{ code: string }>(
    'DELETE FROM recipient WHERE organisation_id = $1 AND code = ANY($2::text[]) RETURNING code',
    [leaving.map(({ code }) => code)],
  );
  const removed = new Set(rows.map(({ code }) => code));
  return leaving.map(({ line, code }) => ({
    line,
    code,
    status: removed.has(code) ? 'removed' : 'unchanged',
    errors: [],
  }));
}

async function writePeople(scope: TenantScope, lines: PersonLine[], now: Date): Promise<LineResult[]> {
  const groups = await findGroups(
    scope,
    lines.map(({ person }) => person.groups ?? {}),
  );
  const { refused, accepted } = await sift(scope, lines, groups);
  if (accepted.length === 0) return refused;
  const people = accepted.map(({ person }) => person);
  const { ids, created, updated } = await upsertRecipients(scope, people, now);
  const identified = people.map((person) => ({ person, recipientId: idOf(ids, person.code) }));
  const addressed = await addAddresses(
    scope,
    identified.flatMap(({ person, recipientId }) => addressesOf(recipientId, person)),
    now,
  );
  const regrouped = await replaceMemberships(
    scope,
    groups,
    identified.map(({ person, recipientId }) => ({ recipientId, groups: person.groups ?? {} })),
  );
  const touched = new Set([...addressed, ...regrouped]);
  const written = accepted.map(({ line, code }): LineResult => {
    const changed = updated.has(code) || touched.has(idOf(ids, code));
    return { line, code, status: created.has(code) ? 'created' : changed ? 'updated' : 'unchanged', errors: [] };
  });
  return [...refused, ...written];
}

/** Sorts out the lines that contradict what is stored, so that they fail alone. */
async function sift(
  scope: TenantScope,
  lines: PersonLine[],
  groups: KnownGroups,
): Promise<{ refused: LineResult[]; accepted: PersonLine[] }> {
  const taken = await takenClientIds(
    scope,
    lines.map(({ person }) => person),
  );
  const refused: LineResult[] = [];
  const accepted: PersonLine[] = [];
  for (const line of lines) {
    const errors = unknownGroups(groups, line.person.groups ?? {});
    const holder = taken.get(line.code);
    if (holder !== undefined) errors.push({ path: 'clientId', message: `is already taken by ${holder}` });
    if (errors.length > 0) refused.push(failedLine(line.line, line.code, errors));
    else accepted.push(line);
  }
  return { refused, accepted };
}

function idOf(ids: ReadonlyMap<string, string>, code: string): string {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`The recipient ${code} was written but is not there`);
  return id;
}
