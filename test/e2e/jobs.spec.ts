import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { JobRunner } from '../../src/scheduler/job-runner.js';
import type { RecurringJob } from '../../src/scheduler/recurring-jobs.js';
import { startTestApp, type TestApp, type TestOrganisation } from '../support/test-app.js';

const NAMES = [
  'make-partitions',
  'drop-old-deliveries',
  'sweep-ready-work',
  'finish-messages',
  'settle-unknown',
  'trim-sandbox',
  'forget-alerts',
  'forget-awaited-receipts',
  'forget-job-runs',
];
const DAY = 86_400_000;

describe('recurring jobs', () => {
  let app: TestApp;
  let client: Client;
  let acme: TestOrganisation;

  beforeAll(async () => {
    app = await startTestApp({ DELIVERY_RETENTION_DAYS: '30' });
    client = new Client({ connectionString: app.databaseUrl });
    await client.connect();
    acme = await app.organisation();
  });
  afterAll(async () => {
    await client.end();
    await app.close();
  });

  const runner = (): JobRunner => app.nest.get(JobRunner);
  const partitions = async (): Promise<string[]> => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'delivery'::regclass ORDER BY 1",
    );
    return rows.map(({ name }) => name);
  };
  const counting = (name: string, cron: string, slots: string[]): RecurringJob => ({
    name,
    purpose: 'Counts.',
    cron,
    run: async () => {
      slots.push(`${name} ${app.clock.now().toISOString().slice(11, 16)}`);
    },
  });

  it('run each slot in one process', async () => {
    await app.clock.set(new Date('2026-12-01T08:00:10Z'));
    const ran: string[] = [];
    const jobs = [counting('each-minute', '0 * * * * *', ran), counting('each-hour', '0 0 * * * *', ran)];
    const dataSource = app.nest.get(DataSource);
    const runners = [new JobRunner(jobs, dataSource), new JobRunner(jobs, dataSource)];
    for (let step = 0; step < 8; step++) {
      await Promise.all(runners.map((one) => one.runDue(app.clock.now())));
      await app.clock.advance(20_000);
    }
    expect([...ran].sort()).toEqual(['each-hour 08:00', 'each-minute 08:00', 'each-minute 08:01', 'each-minute 08:02']);
  });

  it('make up once for slots that passed while nothing ran', async () => {
    const ran: string[] = [];
    const one = new JobRunner([counting('sleeper', '0 * * * * *', ran)], app.nest.get(DataSource));
    await one.runDue(app.clock.now());
    await app.clock.advance(10 * 60_000);
    await one.runDue(app.clock.now());
    expect(ran).toHaveLength(2);
  });

  it('that fail hinder neither the others nor their next slot', async () => {
    const ran: string[] = [];
    const failing: RecurringJob = {
      ...counting('failing', '0 * * * * *', ran),
      run: () => {
        ran.push('failing');
        return Promise.reject(new Error('The disk is full'));
      },
    };
    const one = new JobRunner([failing, counting('steady', '0 * * * * *', [])], app.nest.get(DataSource));
    expect(await one.runDue(app.clock.now())).toEqual(['failing', 'steady']);
    await app.clock.advance(60_000);
    expect(await one.runDue(app.clock.now())).toEqual(['failing', 'steady']);
    expect(ran).toEqual(['failing', 'failing']);
  });

  it('cannot have the same name', () => {
    const job = counting('twin', '0 * * * * *', []);
    expect(() => new JobRunner([job, job], app.nest.get(DataSource))).toThrow('Two recurring jobs are named twin');
  });

  it('are listed for the admin, with their last and next slot', async () => {
    await app.clock.set(new Date('2026-12-02T10:07:31Z'));
    expect((await runner().runDue(app.clock.now())).sort()).toEqual([...NAMES].sort());
    expect(await runner().runDue(app.clock.now())).toEqual([]);
    const { status, body } = await app.admin('GET', '/api/v1/jobs');
    expect(status).toBe(200);
    const { items } = body as { items: { name: string }[] };
    expect(items.map(({ name }) => name)).toEqual(NAMES);
    expect(items[0]).toMatchObject({
      cron: '0 0 * * * *',
      lastAt: '2026-12-02T10:00:00.000Z',
      nextAt: '2026-12-02T11:00:00.000Z',
    });
    expect((await acme.call('GET', '/api/v1/jobs')).status).toBe(403);
  });

  it('keep the tables of delivery records: new ones are made, old ones dropped', async () => {
    const before = await partitions();
    await app.clock.set(new Date(Date.parse('2026-12-02T10:07:31Z') + 70 * DAY));
    await runner().runDue(app.clock.now());
    const after = await partitions();
    expect(after).toContain('delivery_20270308');
    expect(before).not.toContain('delivery_20270308');
    expect(before.length).toBeGreaterThan(3);
    expect(after.filter((name) => before.includes(name))).toEqual([]);
  });

  it('end messages of which nothing is left to send, and only those', async () => {
    const now = app.clock.now();
    const insert = async (plannedMinutesAgo: number): Promise<string> => {
      const { rows } = await client.query<{ id: string }>(
        `INSERT INTO message (organisation_id, api, state, priority, category, audience, channels, options, unresolved, created_at,
                              ready_at, open_batches, planned_at)
         VALUES ($1, 'native', 'sending', 1, 'notice', '{}', '[]', '{}', '{}', $2, $2, 1, $3) RETURNING id`,
        [acme.id, now, new Date(now.getTime() - plannedMinutesAgo * 60_000)],
      );
      return rows[0]?.id ?? '';
    };
    const [stuck, fresh, busy] = [await insert(11), await insert(9), await insert(11)];
    await acme.call('POST', '/api/v1/vendor-accounts', { code: 'phones', vendor: 'sandbox', settings: {} });
    await acme.call('POST', '/api/v1/channels', { code: '1001', kind: 'sms', route: ['phones'] });
    await client.query(
      `INSERT INTO batch (organisation_id, message_id, channel_id, vendor_account_id, attempt, priority, ready_at, endpoint_ids)
       SELECT $1, $2, c.id, r.vendor_account_id, 1, 1, $3, '{1}' FROM channel c
         JOIN channel_route r ON r.organisation_id = c.organisation_id AND r.channel_id = c.id WHERE c.organisation_id = $1`,
      [acme.id, busy, now],
    );
    await app.clock.advance(59_000);
    await runner().runDue(app.clock.now());
    const { rows } = await client.query('SELECT id, state FROM message WHERE id = ANY ($1) ORDER BY id', [
      [stuck, fresh, busy],
    ]);
    expect(rows).toEqual([
      { id: stuck, state: 'done' },
      { id: fresh, state: 'sending' },
      { id: busy, state: 'sending' },
    ]);
  });

  it('forget their runs after a week', async () => {
    await app.clock.advance(8 * DAY);
    await runner().runDue(app.clock.now());
    const { rows } = await client.query<{ oldest: Date }>('SELECT min(slot) AS oldest FROM job_run');
    expect(rows[0]?.oldest.getTime()).toBeGreaterThan(app.clock.now().getTime() - 7 * DAY);
  });
});

describe('the timers of recurring jobs', () => {
  it.each([
    ['api', []],
    ['api,scheduler', NAMES],
  ])('run only in a process that is a scheduler: %s', async (roles, expected) => {
    const app = await startTestApp({ ROLES: roles });
    try {
      expect(app.nest.get(SchedulerRegistry).getIntervals()).toEqual(expected);
    } finally {
      await app.close();
    }
  });

  it('begin by making up for what was missed', async () => {
    const app = await startTestApp({ ROLES: 'api,scheduler' });
    try {
      const ran = async (): Promise<number> => {
        const { body } = await app.admin('GET', '/api/v1/jobs');
        return (body as { items: { lastAt: string | null }[] }).items.filter(({ lastAt }) => lastAt !== null).length;
      };
      for (let calls = 0; calls < 100 && (await ran()) < NAMES.length; calls++);
      expect(await ran()).toBe(NAMES.length);
    } finally {
      await app.close();
    }
  });
});
