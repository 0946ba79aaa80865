import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ensurePartitions } from '../../src/database/partitions.js';
import { JobRunner } from '../../src/scheduler/job-runner.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const DAY = 86_400_000;

const RETENTION_WAITS = `
SELECT EXISTS (SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'ALTER TABLE delivery DETACH%') AS waits`;

describe('retention', () => {
  let app: TestApp;
  let org: SmallOrganisation;
  let client: Client;
  let reader: Client;
  let message: string;

  beforeAll(async () => {
    app = await startTestApp({ DELIVERY_RETENTION_DAYS: '30' });
    client = new Client({ connectionString: app.databaseUrl });
    reader = new Client({ connectionString: app.databaseUrl });
    await Promise.all([client.connect(), reader.connect()]);
    org = await smallOrganisation(app);
    message = await send();
  });
  afterAll(async () => {
    await Promise.all([client.end(), reader.end()]);
    await app.close();
  });

  async function send(): Promise<string> {
    const id = await org.send({ audience: { all: true }, content: { sms: { text: 'x' } } });
    await app.drain();
    return id;
  }
  const tables = async (): Promise<string[]> => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relname ~ '^delivery_[0-9]{8}$' ORDER BY 1",
    );
    return rows.map(({ name }) => name);
  };
  const runJobs = (): Promise<string[]> => app.nest.get(JobRunner).runDue(app.clock.now());

  it('waits for a long reader without making anybody wait, and drops at the next run', async () => {
    const before = await tables();
    await app.clock.advance(60 * DAY);
    await ensurePartitions(async (sql) => (await client.query<object>(sql)).rows, app.clock.now());
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM delivery');

    // Whoever queues behind retention's lock gives up at once, and the test fails.
    await client.query("SET lock_timeout = '250ms'");
    const retention = { runs: true };
    const jobs = runJobs().finally(() => (retention.runs = false));
    let whileItWaited = 0;
    while (retention.runs) {
      const { rows } = await client.query<{ waits: boolean }>(RETENTION_WAITS);
      await client.query('INSERT INTO delivery SELECT * FROM delivery WHERE false');
      if (rows[0]?.waits === true) whileItWaited++;
    }
    expect(await jobs).toContain('drop-old-deliveries');
    expect(whileItWaited).toBeGreaterThan(0);
    expect(await tables()).toEqual(expect.arrayContaining(before));

    await reader.query('COMMIT');
    await app.clock.advance(7 * DAY);
    await runJobs();
    expect((await tables()).filter((name) => before.includes(name))).toEqual([]);
  });

  it('keeps messages and counters', async () => {
    expect(await org.deliveries(message)).toEqual([]);
    expect(await org.message(message)).toMatchObject({ state: 'done', statistics: { target: 3, sent: 3 } });
    const days = await org.call('GET', '/api/v1/statistics/days?from=2026-12-01&to=2026-12-01');
    expect(days.body).toMatchObject({ items: [{ target: 3 }] });
  });

  it('finishes what a crash left half done', async () => {
    const [oldest = ''] = await tables();
    await client.query(`ALTER TABLE delivery DETACH PARTITION ${oldest} CONCURRENTLY`);
    await app.clock.advance(60 * DAY);
    await runJobs();
    expect(await tables()).not.toContain(oldest);
  });

  it('makes new tables while somebody reads', async () => {
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM delivery');
    await app.clock.advance(10 * 7 * DAY);
    await runJobs();
    const id = await send();
    expect(await org.deliveries(id)).toHaveLength(3);
    await reader.query('COMMIT');
  });
});
