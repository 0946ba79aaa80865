import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { Dispatcher } from '../../src/messages/dispatcher.js';
import { LEASE_MILLISECONDS, RENEWAL_MILLISECONDS } from '../../src/messages/lease.js';
import { Planner } from '../../src/messages/planner.js';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { HoldingGateway } from '../support/holding-gateway.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NEVER = new AbortController().signal;
const ANY = 2;

/** Works, over a line to the database that can be cut. */
let here: TestApp;
/** A second process over the same database. */
let there: TestApp;
let proxy: CuttableProxy;
let gateway: HoldingGateway;
let client: Client;
let org: SmallOrganisation;

beforeAll(async () => {
  gateway = await HoldingGateway.start();
  const environment = { SECRETS_KEY: 'ab'.repeat(32) };
  here = await startTestApp(environment, async (url) => {
    const opened = await CuttableProxy.before(url);
    proxy = opened.proxy;
    return opened.url;
  });
  there = await startTestApp(environment, () => Promise.resolve(here.databaseUrl));
  client = new Client({ connectionString: here.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await there.close();
  await here.close();
  await proxy.cut();
  await gateway.stop();
});
beforeEach(async () => {
  await there.clock.set(here.clock.now());
  org = await smallOrganisation(here);
  const settings = {
    url: gateway.url,
    secret: 'secret-of-the-gateway',
    timeoutSeconds: 30,
    allowPrivateNetwork: true,
  };
  await org.call('POST', '/api/v1/vendor-accounts', { code: 'own', vendor: 'webhook', settings });
  for (const unknownPolicy of ['resend', 'hold']) {
    const channel = { code: unknownPolicy, kind: 'sms', unknownPolicy, route: ['own'] };
    await org.call('POST', '/api/v1/channels', channel);
  }
  gateway.hold();
});

const plan = (app: TestApp): Promise<number> => app.nest.get(Planner).planDue(Number(org.id), ANY);
const dispatch = (app: TestApp): Promise<number> =>
  app.nest.get(Dispatcher).dispatchDue(Number(org.id), ANY, NEVER, NEVER);

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; !(await what()); turn++) {
    if (turn === 2_000) throw new Error('Waited in vain');
    await pause();
  }
}

async function both(milliseconds: number): Promise<void> {
  await Promise.all([here, there].map(({ clock }) => clock.advance(milliseconds)));
}

/** When the organisation's one lease on a row of `table` ends. */
async function leaseEnds(table: 'batch' | 'message'): Promise<number> {
  const { rows } = await client.query<{ at: Date }>(
    `SELECT ready_at AS at FROM ${table} WHERE organisation_id = $1 AND lease IS NOT NULL`,
    [org.id],
  );
  return rows[0]?.at.getTime() ?? 0;
}

/** Lets so many renewals come, one after the other. */
async function letRenew(table: 'batch' | 'message', times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    await both(RENEWAL_MILLISECONDS);
    const expected = here.clock.now().getTime() + LEASE_MILLISECONDS;
    await until(async () => (await leaseEnds(table)) === expected);
  }
}

/** Sends to one person; `here` is in the middle of the vendor's call. */
async function callUnderWay(channel: string): Promise<{ id: string; sending: Promise<number> }> {
  const id = await org.send({ audience: { users: ['U1'] }, content: { [channel]: { text: 'x' } } });
  await plan(here);
  const sending = dispatch(here);
  await until(() => gateway.calls === 1);
  return { id, sending };
}

/** Another worker takes the batch over, and then the first one's call ends and it reaches the database again. */
async function takenOver(channel: string): Promise<string> {
  const { id, sending } = await callUnderWay(channel);
  await proxy.cut();
  for (let second = 0; second < 20; second++) await both(1_000);
  const calls = gateway.calls + (channel === 'resend' ? 1 : 0);
  const second = dispatch(there);
  try {
    await until(() => gateway.calls === calls);
  } finally {
    await proxy.restore();
    gateway.answer();
  }
  expect(await second).toBe(1);
  let ended = false;
  void sending.finally(() => (ended = true));
  await until(async () => {
    await here.clock.advance(200);
    return ended;
  });
  return id;
}

const broadcast = (): Promise<string> => org.send({ audience: { all: true }, content: { resend: { text: 'x' } } });
const planned = async (id: string): Promise<string[]> => {
  const { rows } = await client.query<{ n: string }>(
    'SELECT unnest(endpoint_ids) AS n FROM batch WHERE organisation_id = $1 AND message_id = $2',
    [org.id, id],
  );
  return rows.map(({ n }) => n);
};
/** No planner can read the people until the returned function is called. */
async function lockPeople(): Promise<() => Promise<unknown>> {
  await client.query('BEGIN');
  await client.query('LOCK TABLE recipient IN ACCESS EXCLUSIVE MODE');
  return () => client.query('COMMIT');
}

describe('a vendor call longer than the lease', () => {
  it('keeps its batch, since the lease is renewed meanwhile', async () => {
    const { id, sending } = await callUnderWay('hold');
    await letRenew('batch', 5);
    expect(await dispatch(there)).toBe(0);
    gateway.answer();
    expect(await sending).toBe(1);
    expect((await org.deliveries(id)).map(({ state }) => state)).toEqual(['sent']);
    expect(gateway.calls).toBe(1);
  });
});

describe('when the database is away from a calling worker for longer than the lease', () => {
  it('a hold channel sends nothing again: what nobody can know is unknown', async () => {
    const id = await takenOver('hold');
    expect(gateway.calls).toBe(1);
    expect((await org.deliveries(id))[0]).toMatchObject({ state: 'unknown', reason: 'interrupted' });
    expect(await org.message(id)).toMatchObject({ state: 'done', statistics: { target: 1, sent: 0, unknown: 1 } });
  });

  it('a resend channel sends again, and only one of the two calls is recorded', async () => {
    const id = await takenOver('resend');
    expect(gateway.calls).toBe(2);
    expect((await org.deliveries(id)).map(({ state, attempts }) => [state, attempts])).toEqual([['sent', 1]]);
    expect(await org.message(id)).toMatchObject({ state: 'done', statistics: { target: 1, sent: 1, unknown: 0 } });
  });

  it('the worker that comes back before the lease ran out goes on renewing it', async () => {
    const { id, sending } = await callUnderWay('hold');
    const runsOut = await leaseEnds('batch');
    await proxy.cut();
    for (let second = 0; second < 12; second++) await both(1_000);
    await proxy.restore();
    await until(async () => {
      if ((await leaseEnds('batch')) > runsOut) return true;
      await both(100);
      return false;
    });
    // What failed is tried again soon, and not after a renewal's usual time, when it would have been too late.
    expect(here.clock.now().getTime()).toBeLessThan(runsOut - 1_000);
    await both(4_000);
    expect(await dispatch(there)).toBe(0);
    gateway.answer();
    await sending;
    expect((await org.deliveries(id)).map(({ state }) => state)).toEqual(['sent']);
  });
});

describe('planning that takes longer than its lease', () => {
  it('keeps its message, since the lease is renewed meanwhile', async () => {
    const id = await broadcast();
    const unlock = await lockPeople();
    const planning = plan(here);
    await until(async () => (await leaseEnds('message')) > 0);
    await letRenew('message', 5);
    expect(await plan(there)).toBe(0);
    await unlock();
    await planning;
    expect(await planned(id)).toHaveLength(3);
  });

  it('plans nobody twice when the planner stood still and another took over', async () => {
    const id = await broadcast();
    const unlock = await lockPeople();
    const late = plan(here);
    await until(async () => (await leaseEnds('message')) > 0);
    await there.clock.advance(LEASE_MILLISECONDS + 1);
    const second = plan(there);
    await until(async () => (await leaseEnds('message')) > here.clock.now().getTime() + LEASE_MILLISECONDS);
    await unlock();
    await Promise.all([late, second]);
    const endpoints = await planned(id);
    expect(endpoints).toHaveLength(3);
    expect(new Set(endpoints).size).toBe(3);
    expect((await org.message(id)).statistics.target).toBe(3);
  });
});
