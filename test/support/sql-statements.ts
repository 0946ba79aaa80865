import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url));

type Part = (...args: unknown[]) => string;
type Exports = ReadonlyMap<string, unknown>;

/** A statement as it is sent to the database. */
export interface Statement {
  name: string;
  sql: string;
}

const part = (all: Exports, name: string): Part => {
  const found = all.get(name);
  if (typeof found !== 'function') throw new Error(`${name} is no function of a file under sql/`);
  return found as Part;
};

const KINDS = ['dead', 'unknown'];
const candidates = (all: Exports): unknown[] => [
  ...KINDS.map((kind) => part(all, 'selectedCandidates')(kind)),
  all.get('namedCandidates'),
];

/** Every way to switch some flags on and off. */
const everyShape = <Flag extends string>(...flags: Flag[]): Record<Flag, boolean>[] =>
  Array.from(
    { length: 1 << flags.length },
    (_, bits) =>
      Object.fromEntries(flags.map((flag, bit) => [flag, (bits & (1 << bit)) !== 0])) as Record<Flag, boolean>,
  );

/** What each function under sql/ can make; an empty list: it makes no statement of its own. A new function needs a line here. */
const MADE_BY: Readonly<Record<string, (all: Exports) => string[]>> = {
  planWindow: (all) =>
    everyShape('all', 'wide', 'excludes', 'explicit', 'platforms', 'latest')
      // Everyone is never few.
      .filter(({ wide, all }) => wide || !all)
      .map((shape) => part(all, 'planWindow')(shape)),
  recordOutcomes: (all) => [true, false].map((first) => part(all, 'recordOutcomes')(first)),
  previewAudience: (all) =>
    everyShape('all', 'platforms', 'latest').map((shape) => part(all, 'previewAudience')(shape)),
  resolveUnknown: (all) => candidates(all).map((one) => part(all, 'resolveUnknown')(one)),
  replayDeliveries: (all) => candidates(all).map((one) => part(all, 'replayDeliveries')(one)),
  listSelected: (all) => KINDS.map((kind) => part(all, 'listSelected')(kind)),
  daysWith: (all) => KINDS.map((kind) => part(all, 'daysWith')(kind)),
  selectedCandidates: () => [],
  namedCandidates: () => [],
  selectedDeliveries: () => [],
  numbered: () => [],
  anyShard: () => [],
  writeBatches: () => [],
  onPlatforms: () => [],
  takesDevice: () => [],
};

/**
 * Every statement that a file in a folder named `sql` exports. Text that is a part of another statement and not one itself is left
 * out; a function that nobody said how to call is an error.
 */
export async function exportedStatements(): Promise<Statement[]> {
  const all = new Map<string, unknown>();
  for (const file of await sqlFiles()) {
    const found = (await import(file)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(found)) all.set(name, value);
  }
  const made = [...all].flatMap(([name, value]): Statement[] => {
    if (typeof value === 'string') return [{ name, sql: value }];
    if (typeof value !== 'function') return [];
    const make = MADE_BY[name];
    if (make === undefined) throw new Error(`Say in MADE_BY which statements ${name} makes`);
    return make(all).map((sql, index) => ({ name: `${name} ${index}`, sql }));
  });
  return made.filter(({ sql }) => !made.some((other) => other.sql !== sql && other.sql.includes(sql)));
}

async function sqlFiles(): Promise<string[]> {
  const entries = await readdir(SOURCES, { recursive: true });
  return entries
    .filter((entry) => /(^|\/)sql\/[^/]+\.ts$/.test(entry) && !entry.endsWith('.spec.ts'))
    .sort()
    .map((entry) => join(SOURCES, entry));
}
