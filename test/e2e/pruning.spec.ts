import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DataSource, type Logger } from 'typeorm';
import { ensurePartitions } from '../../src/database/partitions.js';
import { PREVIEW_NAMED_ENDPOINTS } from '../../src/messages/api/sql/preview-named-endpoints.js';
import { FIND_EXPLICIT, REGISTER_ADDRESSES } from '../../src/messages/sql/plan-addresses.js';
import { FakeClock } from '../support/fake-clock.js';
import { partitionByOrganisation, partOf, PLAIN_TABLES, tenantOwnedTables } from '../support/hash-partitioned.js';
import { insertPeople } from '../support/seed-people.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { exportedStatements, type Statement } from '../support/sql-statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Small, read by every organisation's statements, and the same everywhere: a reference table in Citus. */
const REFERENCE_TABLES = ['organisation'];

/** Statements that look over all organisations, by what they are for. Everything else must stay within one. */
const ACROSS: Readonly<Record<string, string>> = {
  DUE_SCHEDULES: 'one look a second finds what is due, whoever owns it',
  NEXT_DUE_SCHEDULE: 'the timer of the scheduler, set once for all',
};
const ACROSS_INLINE: readonly { why: string; matches: RegExp }[] = [
  { why: 'who a credential belongs to is what is asked', matches: /FROM credential c/ },
  {
    why: 'the minute job that marks whoever has work due',
    matches: /INSERT INTO ready_work\b.*\bDISTINCT organisation_id/s,
  },
];

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

/** As many endpoints with a vendor of devices. */
const ALSO_DEVICES = `
INSERT INTO endpoint (organisation_id, recipient_id, kind, vendor, platform, environment, address, status, created_at, updated_at)
SELECT $1, recipient_id, kind, 'device', platform, environment, address, status, created_at, updated_at
  FROM endpoint WHERE organisation_id = $1`;

let app: TestApp;
let client: Client;
let org: SmallOrganisation;
let roots: Set<string>;
const sent = new Map<string, unknown[]>();

/** Splits the database before the application connects to it. */
async function split(url: string): Promise<string> {
  client = new Client({ connectionString: url });
  await client.connect();
  await ensurePartitions(async (sql) => (await client.query<object>(sql)).rows, new FakeClock().now());
  roots = new Set(await tenantOwnedTables(client));
  await partitionByOrganisation(client);
  return url;
}

const ignore = (): void => undefined;
const RECORDER: Logger = {
  logQuery: (sql, values) => void sent.set(sql, (values as unknown[] | undefined) ?? []),
  logQueryError: ignore,
  logQuerySlow: ignore,
  logSchemaBuild: ignore,
  logMigration: ignore,
  log: ignore,
};

beforeAll(async () => {
  app = await startTestApp({}, split);
  app.nest.get(DataSource).logger = RECORDER;
  org = await smallOrganisation(app);
});
afterAll(async () => {
  await client.end();
  await app.close();
});

/** The tables that a plan reads or changes rows of. */
function relations(node: PlanNode): string[] {
  const own = node['Relation Name'];
  const writes = node['Node Type'] === 'ModifyTable';
  return [...(own === undefined || writes ? [] : [own]), ...(node.Plans ?? []).flatMap(relations)];
}

async function planOf(sql: string, values: unknown[] = []): Promise<PlanNode[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(`EXPLAIN (FORMAT JSON) ${sql}`, values);
  return rows.flatMap((row) => row['QUERY PLAN'].map(({ Plan }) => Plan));
}

const explain = async (sql: string, values: unknown[] = []): Promise<string[]> =>
  (await planOf(sql, values)).flatMap(relations);

/** By what each scan of `table` finds its rows. */
function conditions(node: PlanNode, table: string): string[] {
  const own = node['Node Type'].includes('Scan') && node['Relation Name']?.startsWith(table) === true;
  return [
    ...(own ? [node['Index Cond'] ?? 'none'] : []),
    ...(node.Plans ?? []).flatMap((one) => conditions(one, table)),
  ];
}

const SAMPLES: Readonly<Record<string, string>> = {
  boolean: 'true',
  bytea: '\\x00',
  date: '2026-12-01',
  jsonb: '[]',
  'timestamp with time zone': '2026-12-01T02:00:00Z',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/** Any value of a type. */
function sample(type: string): string {
  if (type.endsWith('[]'))
    return `'{${sample(type.slice(0, -2))
      .replaceAll("'", '"')
      .replace(/"::.*$/, '"')}}'::${type}`;
  return `'${SAMPLES[type] ?? '1'}'::${type}`;
}

/** The tables a statement touches for one organisation, planned for the values as a bound statement is. */
async function explainPrepared({ sql }: Statement, organisationId: number): Promise<string[]> {
  await client.query('DEALLOCATE ALL');
  await client.query(`PREPARE statement AS ${sql}`);
  const { rows } = await client.query<{ types: string[] }>(
    "SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'statement'",
  );
  const [first, ...rest] = rows[0]?.types ?? [];
  if (first === undefined) throw new Error('The statement has no parameters');
  const values = [first === 'integer' ? String(organisationId) : sample(first), ...rest.map(sample)];
  return explain(`EXECUTE statement (${values.join(', ')})`);
}

/** What of a plan is not of `part`, nor of what every statement may read. */
function strangers(tables: string[], part: number): string[] {
  return tables.filter((name) => !name.endsWith(`_h${part}`) && !REFERENCE_TABLES.includes(name));
}

/** Rows are written for the organisation that the statement names, wherever it writes some. */
function badInserts(sql: string): string[] {
  const inserts = [
    ...sql.matchAll(/INSERT INTO (\w+)[^(]*\(([^)]*)\)\s*(?:SELECT (?:DISTINCT )?|VALUES \()([^,\s]+)/g),
  ];
  const count = [...sql.matchAll(/INSERT INTO /g)].length;
  const bad = inserts.filter(
    ([, table = '', columns = '', value = '']) =>
      roots.has(table) && !(columns.startsWith('organisation_id') && /^\$1(::int)?$/.test(value)),
  );
  return inserts.length === count ? bad.map(([text]) => text) : [`${count - inserts.length} unread INSERTs`];
}

describe('tables split by organisation', () => {
  it('are all those with an organisation, but for the plain ones', async () => {
    expect(roots.size).toBeGreaterThan(15);
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT relispartition
        ORDER BY relname`,
    );
    expect(rows.map(({ name }) => name)).toEqual(
      [...REFERENCE_TABLES, ...PLAIN_TABLES, 'job_run', 'live_process', 'migration'].sort(),
    );
  });

  it('show a statement that forgets the organisation', async () => {
    const forgetful = {
      name: 'forgetful',
      sql: 'SELECT FROM batch b JOIN message m ON m.id = b.message_id WHERE b.organisation_id = $1::int',
    };
    const part = await partOf(client, Number(org.id));
    const found = await explainPrepared(forgetful, Number(org.id));
    expect(strangers(found, part).length).toBeGreaterThan(0);
    expect(badInserts('INSERT INTO message (organisation_id, id) SELECT m.organisation_id, 1 FROM x m')).toHaveLength(
      1,
    );
  });

  it('are touched in one part only by every statement of the files under sql/', async () => {
    await client.query("SET plan_cache_mode = 'force_custom_plan'");
    const part = await partOf(client, Number(org.id));
    const statements = await exportedStatements();
    expect(statements.length).toBeGreaterThan(40);
    const wrong: Record<string, string[]> = {};
    for (const statement of statements) {
      if (ACROSS[statement.name] !== undefined) continue;
      const found = await explainPrepared(statement, Number(org.id)).catch((error: unknown) => [String(error)]);
      const complaints = [...new Set(strangers(found, part)), ...badInserts(statement.sql)];
      if (complaints.length > 0) wrong[statement.name] = complaints;
    }
    expect(wrong).toEqual({});
  });

  it('are searched for raw addresses by address and for aliases by alias, never read as a whole', async () => {
    const values = [org.id, '{1}', '{sms}', '{13800000001}', '{}', '{}', '{}', '{}', '{}', '{}'];
    const statements: [sql: string, values: unknown[]][] = [
      [REGISTER_ADDRESSES, [org.id, app.clock.now(), '{sms}', '{13800000001}', '{NULL}']],
      [FIND_EXPLICIT, values],
      [PREVIEW_NAMED_ENDPOINTS, values],
    ];
    await client.query('BEGIN');
    await insertPeople(client, Number(org.id), 2_000);
    await client.query(ALSO_DEVICES, [org.id]);
    await client.query('ANALYZE endpoint');
    for (const [sql, bound] of statements) {
      const found = (await planOf(sql, bound)).flatMap((plan) => conditions(plan, 'endpoint'));
      const byAddress = found.filter((condition) => /address = /.test(condition));
      const byId = found.filter((condition) => /\bid = ANY/.test(condition));
      const byAlias = found.filter((condition) => /alias = ANY/.test(condition));
      expect(byAddress).toHaveLength(2);
      expect(byAlias).toHaveLength(byId.length);
      expect(found).toHaveLength(byAddress.length + byId.length + byAlias.length);
    }
    await client.query('ROLLBACK');
  });

  it('have exceptions only for statements that exist', async () => {
    const names = (await exportedStatements()).map(({ name }) => name);
    expect(Object.keys(ACROSS).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('carry the product, and its other statements stay in one part, too', async () => {
    await useEverything();
    const wrong: Record<string, string[]> = {};
    for (const [sql, values] of sent) {
      if (!/^\s*(WITH|SELECT|INSERT|UPDATE|DELETE)\b/.test(sql)) continue;
      if (ACROSS_INLINE.some(({ matches }) => matches.test(sql))) continue;
      const found = await explain(sql, values).catch((error: unknown) => [String(error)]);
      const parts = new Set(found.map((name) => /_h(\d)$/.exec(name)?.[1]).filter((part) => part !== undefined));
      if (parts.size > 1 || found.some((name) => name.includes('rror'))) wrong[sql] = [...new Set(found)];
    }
    expect(sent.size).toBeGreaterThan(60);
    expect(wrong).toEqual({});
  });
});

/** One organisation does, beside another, what callers do: sends to every kind of audience, reads, marks, cancels, asks why. */
async function useEverything(): Promise<void> {
  const other = await smallOrganisation(app);
  const ok = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const reply = await org.call(method, `/api/v1/${path}`, body);
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.body;
  };
  const contents = { inbox: { 'zh-CN': { title: 'Dear {{ recipient.name }}', text: 'x' } } };
  await ok('POST', 'templates', { code: 'hello', name: 'Hello', contents, variables: [] });
  await ok('POST', 'templates/hello/versions/1/publish');
  const content = { inbox: { title: 't', text: 'x' }, sms: { text: 'x' } };
  const audiences = [
    { all: true },
    { users: ['U1'], departments: ['D'], roles: ['R'], tags: ['T'], exclude: { users: ['U2'], tags: ['T'] } },
    { users: ['U3'], addresses: { sms: ['13800000009', 'nonsense'] } },
    { scopes: ['/D/D2/'], aliases: ['tablet'], devices: { platforms: ['ios'], latestOnly: true } },
  ];
  const ids = [];
  for (const audience of audiences) ids.push(await org.send({ audience, content }));
  ids.push(
    await org.send({ audience: { users: ['U1'] }, template: { code: 'hello' }, dedupKey: 'k', correlationId: 'c' }),
  );
  await other.send({ audience: { all: true }, content });
  await org.setSandbox({ receipts: { delivered: 1, read: 0.5 }, failureRate: 0.5, failureStatus: 'unknown' });
  ids.push(await org.send({ audience: { all: true }, content }));
  const later = {
    content,
    audience: { all: true },
    sendAt: new Date(app.clock.now().getTime() + 3_600_000).toISOString(),
  };
  const waiting = await org.send(later);
  await app.drain();
  await app.clock.advance(1_000);
  await app.drain();
  const all = await ok('GET', 'messages?limit=50');
  expect((all as { items: unknown[] }).items).toHaveLength(ids.length + 1);
  for (const id of ids) {
    expect((await org.message(id)).state).toBe('done');
    for (const path of ['deliveries', 'timeline', 'explain?recipient=U1']) await ok('GET', `messages/${id}/${path}`);
  }
  await ok('POST', `messages/${waiting}/cancel`);
  await ok('POST', 'messages/preview', { audience: audiences[1], content });
  await ok('GET', 'recipients/U1/inbox');
  await ok('GET', 'recipients/U1/inbox/unread-count');
  await ok('POST', 'recipients/U1/inbox/read-all');
  await ok('GET', 'deliveries?recipient=U1');
  await ok('GET', 'statistics/days?from=2026-12-01&to=2026-12-02');
}
