import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '../support/pause.js';
import type { Scratch } from '../support/scratch-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { type BenchFigure, type BenchLine, figure } from './bench-line.js';
import { type BenchOrganisation, makeOrganisation, startTidings } from './bench-organisation.js';
import { describeStatement } from './describe-statement.js';
import type { RecordedStatement } from './programs/statement-recorder.js';

const RECORDER = new URL('./programs/statement-recorder.js', import.meta.url);
const WARM_UP = 10;
const MESSAGES = 100;

const DONE = "SELECT state = 'done' AS done FROM message WHERE organisation_id = $1 AND id = $2";
const WRITTEN = `
SELECT relname AS table, n_tup_ins AS inserted, n_tup_upd AS updated, n_tup_del AS deleted FROM pg_stat_user_tables`;

interface Written {
  table: string;
  inserted: string;
  updated: string;
  deleted: string;
}

async function sendOne(scratch: Scratch, server: ServerProcess, { id, key }: BenchOrganisation): Promise<void> {
  const message = { audience: { users: ['P1'] }, content: { sms: { text: 'x' } } };
  const sent = await server.call<{ id: string }>('POST', '/api/v1/messages', message, undefined, key);
  for (let done = false; !done; await pause(2)) {
    server.assertRunning();
    const { rows } = await scratch.client.query<{ done: boolean }>(DONE, [id, sent.id]);
    done = rows[0]?.done === true;
  }
}

/** The rows each table got, lost or had changed so far; processes that ended have told all of theirs. */
async function written({ client }: Scratch): Promise<Map<string, number[]>> {
  await pause(1_500);
  const { rows } = await client.query<Written>(WRITTEN);
  return new Map(rows.map((row) => [row.table, [Number(row.inserted), Number(row.updated), Number(row.deleted)]]));
}

/** Statements of one kind. */
interface Tally {
  sent: number;
  empty: number;
  rows: number;
}

function tally(recorded: RecordedStatement[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { text, rows } of recorded) {
    const name = describeStatement(text);
    const { sent, empty, rows: sum } = tallies.get(name) ?? { sent: 0, empty: 0, rows: 0 };
    tallies.set(name, { sent: sent + 1, empty: empty + (rows === 0 ? 1 : 0), rows: sum + rows });
  }
  return tallies;
}

const per = (count: number, messages: number): string => (count / messages).toFixed(2).padStart(6);

function toldTables(before: Map<string, number[]>, after: Map<string, number[]>): [string, number[]][] {
  return [...after]
    .map(([table, counts]): [string, number[]] => [table, counts.map((n, i) => n - (before.get(table)?.[i] ?? 0))])
    .filter(([, counts]) => counts.some((count) => count >= MESSAGES / 2));
}

export const QUERIES: BenchLine = {
  name: 'queries',
  about: 'statements, and rows written, for one message to one person from accept to sent',
  run: async ({ scratch, log }): Promise<BenchFigure[]> => {
    const organisation = await makeOrganisation(scratch, 'queries', 10);
    const file = join(scratch.dataDir, 'statements.ndjson');
    await writeFile(file, '');
    const before = await written(scratch);
    const server = await startTidings(scratch, {
      ROLES: 'api,worker',
      NODE_OPTIONS: `--import ${RECORDER.href}`,
      STATEMENT_FILE: file,
    });
    let recorded: RecordedStatement[];
    try {
      for (let n = 0; n < WARM_UP; n++) await sendOne(scratch, server, organisation);
      await truncate(file);
      for (let n = 0; n < MESSAGES; n++) await sendOne(scratch, server, organisation);
      const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
      recorded = lines.map((line) => JSON.parse(line) as RecordedStatement);
    } finally {
      await server.stop();
    }
    const tables = toldTables(before, await written(scratch));
    log('statements per message, of those finding nothing, rows:');
    const tallies = [...tally(recorded)].sort(([, left], [, right]) => right.sent - left.sent);
    for (const [name, { sent, empty, rows }] of tallies)
      if (sent >= MESSAGES / 20) log(`${[sent, empty, rows].map((n) => per(n, MESSAGES)).join(' ')}  ${name}`);
    log('rows per message inserted, updated, deleted:');
    for (const [table, counts] of tables) log(`${counts.map((n) => per(n, MESSAGES + WARM_UP)).join(' ')}  ${table}`);
    const rows = tables.reduce((sum, [, counts]) => sum + counts.reduce((a, b) => a + b, 0), 0);
    const empty = recorded.filter(({ rows }) => rows === 0).length;
    return [
      figure('queries: statements per message', recorded.length / MESSAGES, 'statements'),
      figure('queries: of them finding nothing to do', empty / MESSAGES, 'statements'),
      figure('queries: rows written per message', rows / (MESSAGES + WARM_UP), 'rows'),
    ];
  },
};
