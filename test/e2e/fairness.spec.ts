import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { loadConfig } from '../../src/config/environment.js';
import { Dispatcher } from '../../src/messages/dispatcher.js';
import { NextDue } from '../../src/messages/next-due.js';
import { Planner } from '../../src/messages/planner.js';
import { ReadyWork } from '../../src/messages/ready-work.js';
import { WorkSignal } from '../../src/messages/work-signal.js';
import { Worker } from '../../src/messages/worker.js';
import { seedPeople } from '../support/seed-people.js';
import { startTestApp, type TestApp, type TestOrganisation } from '../support/test-app.js';

/** Deliveries that wait in the large organisation, and in each of the small ones. */
const MANY = 30_000;
const FEW = 100;
const LATENCY = 100;
const LOWEST = 2;
const CONCURRENCY = 4;

/** Those who were sent to, in the order in which their vendor calls ended. */
interface Call {
  organisation: string;
}

describe('three organisations, of which one has a great many deliveries waiting', () => {
  let app: TestApp;
  let client: Client;
  let large: TestOrganisation;
  let small: TestOrganisation[];

  beforeAll(async () => {
    app = await startTestApp();
    client = new Client({ connectionString: app.databaseUrl });
    await client.connect();
    large = await organisationOf(MANY);
    small = [await organisationOf(FEW), await organisationOf(FEW)];
  });
  afterAll(async () => {
    await client.end();
    await app.close();
  });

  async function organisationOf(people: number): Promise<TestOrganisation> {
    const organisation = await app.organisation();
    const settings = { latencyMs: LATENCY };
    await organisation.call('POST', '/api/v1/vendor-accounts', { code: 'sandbox', vendor: 'sandbox', settings });
    await organisation.call('POST', '/api/v1/channels', { code: 'sms', kind: 'sms', route: ['sandbox'] });
    await seedPeople(client, Number(organisation.id), people);
    return organisation;
  }

  async function sendToAll(organisation: TestOrganisation): Promise<void> {
    const request = { audience: { all: true }, content: { sms: { text: 'x' } } };
    expect((await organisation.call('POST', '/api/v1/messages', request)).status).toBe(202);
    while ((await app.nest.get(Planner).planDue(Number(organisation.id), LOWEST)) > 0);
  }

  const calls = async (): Promise<Call[]> => {
    const { rows } = await client.query<Call>(
      'SELECT organisation_id::text AS organisation FROM sandbox_entry ORDER BY id',
    );
    return rows;
  };

  /** A worker with its loops running, of the same parts as the application's own, which has none. */
  function startWorker(): Worker {
    const parts = [Planner, Dispatcher, ReadyWork, NextDue, WorkSignal] as const;
    const [planner, dispatcher, readyWork, nextDue, signal] = parts.map((part) => app.nest.get<unknown>(part));
    return new Worker(
      loadConfig({ ROLES: 'worker', WORKER_CONCURRENCY: String(CONCURRENCY) }),
      planner as Planner,
      dispatcher as Dispatcher,
      readyWork as ReadyWork,
      nextDue as NextDue,
      signal as WorkSignal,
      app.clock,
    );
  }

  it('serves the small ones as if they were nearly alone', async () => {
    await sendToAll(large);
    for (const organisation of small) await sendToAll(organisation);
    const worker = startWorker();
    await worker.onApplicationBootstrap();
    let ended: Call[] = [];
    const left = (): number => small.filter(({ id }) => !ended.some(({ organisation }) => organisation === id)).length;
    for (let step = 0; left() > 0 && step < 10_000; step++) {
      await app.clock.advance(LATENCY / 10);
      ended = await calls();
    }
    const stopped = worker.beforeApplicationShutdown();
    await app.clock.advance(LATENCY);
    await stopped;
    expect(left()).toBe(0);
    const last = Math.max(...small.map(({ id }) => ended.findIndex(({ organisation }) => organisation === id)));
    const largeBefore = ended.slice(0, last).filter(({ organisation }) => organisation === large.id).length;
    // Each loop may have had one batch of the large one in hand, and each takes turns from then on.
    expect(largeBefore).toBeLessThanOrEqual(CONCURRENCY);
    expect(MANY / 1_000).toBeGreaterThan(4 * CONCURRENCY);
  });
});
