import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { seedPeople } from '../support/seed-people.js';
import { ServerProcess } from '../support/server-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const KEY = 'admin-key-of-the-process-tests';
const PEOPLE = 20_000;

let database: TestDatabase;
let client: Client;
let dataDir: string;
const running: ServerProcess[] = [];

/** Processes over one database share the key that seals secrets, as an operator would set it up. */
async function start(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await ServerProcess.start(
    { DATABASE_URL: database.url, DATA_DIR: dataDir, SECRETS_KEY: 'ab'.repeat(32), ...environment },
    KEY,
  );
  running.push(server);
  return server;
}

async function until(what: () => Promise<boolean>, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`Not reached in ${seconds} s`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

async function count(sql: string, values: unknown[] = []): Promise<number> {
  const { rows } = await client.query<{ count: string }>(sql, values);
  return Number(rows[0]?.count);
}

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'tidings-processes-'));
  client = new Client({ connectionString: database.url });
  await client.connect();
  const server = await start();
  const { id } = await server.call<{ id: string }>('POST', '/api/v1/organisations', { code: 'acme', name: 'Acme' });
  const call = (path: string, body: unknown): Promise<unknown> => server.call('POST', `/api/v1/${path}`, body, 'acme');
  await call('vendor-accounts', { code: 'sandbox', name: 'Sandbox', vendor: 'sandbox', settings: { latencyMs: 30 } });
  await call('channels', { code: 'push', name: 'Resend', kind: 'sms', unknownPolicy: 'resend', route: ['sandbox'] });
  await call('channels', { code: 'hold', name: 'Hold', kind: 'sms', unknownPolicy: 'hold', route: ['sandbox'] });
  await seedPeople(client, Number(id), PEOPLE);
  await server.stop();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.kill()));
});

afterAll(async () => {
  await client.end();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

describe.each(['push', 'hold'])('SIGKILL in the middle of a broadcast on a %s channel', (channel) => {
  it('loses nothing, and repeats nothing where repeating is forbidden', async () => {
    const first = await start();
    const { id } = await first.call<{ id: string }>(
      'POST',
      '/api/v1/messages',
      { audience: { all: true }, content: { [channel]: { text: 'x' } } },
      'acme',
    );
    const done = (): Promise<number> => count('SELECT count(*) FROM delivery WHERE message_id = $1', [id]);
    await until(async () => (await done()) >= 2_000, 30);
    await first.kill();
    expect(await done()).toBeLessThan(PEOPLE);
    // Their leases run out by themselves within 15 s; the test does not wait for that.
    await client.query('UPDATE batch SET ready_at = now() WHERE lease IS NOT NULL');
    await client.query("UPDATE message SET ready_at = now() WHERE state = 'planning'");

    const second = await start();
    await until(
      async () =>
        (await second.call<{ state: string }>('GET', `/api/v1/messages/${id}`, undefined, 'acme')).state === 'done',
      60,
    );
    const states = await client.query<{ state: string; count: string }>(
      'SELECT state, count(*) FROM delivery WHERE message_id = $1 GROUP BY state',
      [id],
    );
    const byState = Object.fromEntries(states.rows.map((row) => [row.state, Number(row.count)]));
    expect((byState['sent'] ?? 0) + (byState['unknown'] ?? 0)).toBe(PEOPLE);
    const taken = await count(
      `SELECT count(*) FROM sandbox_entry e CROSS JOIN jsonb_array_elements(e.targets) t WHERE t->>'reference' LIKE $1`,
      [`${BigInt(id).toString(36)}-%`],
    );
    const distinct = await count(
      `SELECT count(DISTINCT t->>'reference') FROM sandbox_entry e CROSS JOIN jsonb_array_elements(e.targets) t WHERE t->>'reference' LIKE $1`,
      [`${BigInt(id).toString(36)}-%`],
    );
    if (channel === 'hold') {
      expect(taken).toBe(distinct);
    } else {
      expect(byState['unknown']).toBeUndefined();
      expect(distinct).toBe(PEOPLE);
      // At most the batches in flight, one for each of the four dispatch loops, and the one for urgent messages.
      expect(taken - distinct).toBeLessThanOrEqual(5_000);
    }
  });
});

describe('two processes over one database', () => {
  it('fire a recurring schedule once per slot', async () => {
    const servers = await Promise.all([start(), start()]);
    await servers[0]?.call(
      'POST',
      '/api/v1/schedules',
      {
        code: 'every-second',
        name: 'Every second',
        cron: '* * * * * *',
        request: { audience: { users: ['P1'] }, content: { push: { text: 'tick' } } },
      },
      'acme',
    );
    const fired = (): Promise<number> => count("SELECT count(*) FROM message WHERE api = 'schedule'");
    await until(async () => (await fired()) >= 4, 20);
    await Promise.all(servers.map((server) => server.stop()));
    const slots = await count(
      "SELECT count(DISTINCT date_trunc('second', created_at)) FROM message WHERE api = 'schedule'",
    );
    expect(await fired()).toBe(slots);
  });

  it('share one broadcast, and nobody gets it twice', async () => {
    const [one] = await Promise.all([start(), start()]);
    const { id } = await one.call<{ id: string }>(
      'POST',
      '/api/v1/messages',
      { audience: { all: true }, content: { hold: { text: 'x' } } },
      'acme',
    );
    await until(
      async () =>
        (await one.call<{ state: string }>('GET', `/api/v1/messages/${id}`, undefined, 'acme')).state === 'done',
      60,
    );
    expect(await count("SELECT count(*) FROM delivery WHERE message_id = $1 AND state = 'sent'", [id])).toBe(PEOPLE);
    expect(
      await count(
        `SELECT count(*) FROM sandbox_entry e CROSS JOIN jsonb_array_elements(e.targets) t WHERE t->>'reference' LIKE $1`,
        [`${BigInt(id).toString(36)}-%`],
      ),
    ).toBe(PEOPLE);
  });
});

describe('stopping in good order', () => {
  it('finishes what is under way and exits with 0', async () => {
    // The schedule of before goes on, and processes that were killed at it left leases behind.
    await client.query('UPDATE batch SET lease = NULL');
    const server = await start();
    await server.call(
      'POST',
      '/api/v1/messages',
      { audience: { all: true }, content: { hold: { text: 'x' } } },
      'acme',
    );
    expect(await server.stop()).toBe(0);
    const open = await count('SELECT count(*) FROM batch WHERE lease IS NOT NULL');
    expect(open).toBe(0);
  });
});
