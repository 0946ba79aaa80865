import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Dispatcher } from '../../src/messages/dispatcher.js';
import { Planner } from '../../src/messages/planner.js';
import { SteppedApps } from '../support/stepped-apps.js';
import { startTestApp, type TestApp, type TestOrganisation } from '../support/test-app.js';

const NEVER = new AbortController().signal;

let here: TestApp;
/** A second process over the same database. */
let there: TestApp;
let both: SteppedApps;
let org: TestOrganisation;

beforeAll(async () => {
  here = await startTestApp();
  there = await startTestApp({}, () => Promise.resolve(here.databaseUrl));
});
afterAll(async () => {
  await there.close();
  await here.close();
});
beforeEach(async () => {
  await there.clock.set(here.clock.now());
  org = await here.organisation();
  both = new SteppedApps(here, there);
});
afterEach(() => both.finish());

async function ok<T>(method: string, path: string, body?: unknown): Promise<T> {
  const reply = await org.call(method, `/api/v1/${path}`, body);
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
  return reply.body as T;
}

/** A sandbox account, and a channel of its own name whose route begins with it. */
async function account(code: string, fields: Record<string, unknown> = {}, ...next: string[]): Promise<void> {
  await ok('POST', 'vendor-accounts', { code, vendor: 'sandbox', ...fields });
  await ok('POST', 'channels', { code, kind: 'sms', unknownPolicy: 'resend', route: [code, ...next] });
}

let phones = 0;
const addresses = (count: number): string[] =>
  Array.from({ length: count }, () => `1${String(3_900_000_000 + phones++)}`);

const request = (channel: string, count: number): Record<string, unknown> => ({
  audience: { addresses: { [channel]: addresses(count) } },
  content: { [channel]: { text: 'hello' } },
});

const send = (channel: string, count: number, more: Record<string, unknown> = {}): Promise<unknown> =>
  ok('POST', 'messages', { ...request(channel, count), ...more });

interface Call {
  /** Seconds since the test's first look at the clock. */
  at: number;
  size: number;
  status: string;
}

/** What an account was asked to send, in order. */
async function calls(code: string): Promise<Call[]> {
  const rows: { at: Date; size: number; status: string }[] = await here.nest.get(DataSource).query(
    `SELECT e.at, jsonb_array_length(e.targets) AS size, e.targets -> 0 ->> 'status' AS status
       FROM sandbox_entry e
       JOIN vendor_account a ON a.organisation_id = e.organisation_id AND a.id = e.vendor_account_id
      WHERE e.organisation_id = $1 AND a.code = $2 ORDER BY e.at, e.id`,
    [org.id, code],
  );
  return rows.map(({ at, size, status }) => ({ at: at.getTime() / 1000, size, status }));
}

const total = (list: Call[]): number => list.reduce((sum, { size }) => sum + size, 0);
const sent = async (code: string): Promise<number> => total(await calls(code));
const duration = (list: Call[]): number => (list.at(-1)?.at ?? 0) - (list[0]?.at ?? 0);
/** The most in any second that begins with a call. */
const mostInASecond = (list: Call[]): number =>
  Math.max(...list.map(({ at }) => total(list.filter((other) => other.at >= at && other.at < at + 1))));

const seen = (
  code: string,
): Promise<{ problem: string | null; problemDetail: string | null; pausedUntil: string | null }> =>
  ok('GET', `vendor-accounts/${code}`);
/** The vendor changes its ways without anybody touching the account. */
const vendorNow = (code: string, settings: Record<string, unknown>): Promise<unknown> =>
  here.nest
    .get(DataSource)
    .query('UPDATE vendor_account SET settings = settings || $3 WHERE organisation_id = $1 AND code = $2', [
      org.id,
      code,
      JSON.stringify(settings),
    ]);

describe('the limits of a vendor account', () => {
  it('are completed, replaced as a whole and taken away', async () => {
    await account('a', { pace: { perSecond: 5 } });
    const pace = { perSecond: 5, perDay: null, timeZone: 'Asia/Shanghai', urgentShare: 0.2 };
    expect(await ok('GET', 'vendor-accounts/a')).toMatchObject({ pace });
    await ok('PATCH', 'vendor-accounts/a', { pace: { perDay: 7, timeZone: 'UTC', urgentShare: 0 } });
    expect(await ok('GET', 'vendor-accounts/a')).toMatchObject({
      pace: { perSecond: null, perDay: 7, timeZone: 'UTC', urgentShare: 0 },
    });
    await ok('PATCH', 'vendor-accounts/a', { name: 'A' });
    expect(await ok('GET', 'vendor-accounts/a')).toMatchObject({ pace: { perDay: 7 } });
    await ok('PATCH', 'vendor-accounts/a', { pace: null });
    expect(await ok('GET', 'vendor-accounts/a')).toMatchObject({ pace: null });
  });

  it.each([
    [{}, 'pace'],
    [{ perSecond: 0 }, 'pace.perSecond'],
    [{ perDay: 1.5 }, 'pace.perDay'],
    [{ perSecond: 1, timeZone: 'Mars' }, 'pace.timeZone'],
    [{ perSecond: 1, urgentShare: 2 }, 'pace.urgentShare'],
    [{ perSecond: 1, perHour: 2 }, 'pace.perHour'],
  ])('that make no sense are refused: %j', async (pace, path) => {
    const reply = await org.call('POST', '/api/v1/vendor-accounts', { code: 'a', vendor: 'sandbox', pace });
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });
});

describe('a rate', () => {
  it('holds over two processes, and is used up', async () => {
    await account('a', { pace: { perSecond: 10 } });
    for (let n = 0; n < 5; n++) await send('a', 20);
    await both.run(12_000);
    const list = await calls('a');
    expect(total(list)).toBe(100);
    expect(mostInASecond(list)).toBe(10);
    expect(duration(list)).toBeLessThan(10);
  });

  it('lets urgent messages through at once, and makes the others pay it back', async () => {
    await account('a', { pace: { perSecond: 10 } });
    for (let n = 0; n < 5; n++) await send('a', 20);
    await both.run(2_000);
    const before = await sent('a');
    await send('a', 1, { priority: 'high' });
    // As the worker's loop for urgent work does, without any time passing.
    const id = Number(org.id);
    await here.nest.get(Planner).planDue(id, 0);
    await here.nest.get(Dispatcher).dispatchDue(id, 0, NEVER, NEVER);
    expect(await sent('a')).toBe(before + 1);
    await both.run(12_000);
    const list = await calls('a');
    expect(total(list)).toBe(101);
    expect(duration(list)).toBeGreaterThanOrEqual(9);
    expect(mostInASecond(list)).toBeLessThanOrEqual(12);
  });

  it('is all of it for urgent messages when nothing else goes', async () => {
    await account('a', { pace: { perSecond: 10 } });
    for (let n = 0; n < 30; n++) await send('a', 1, { priority: 'high' });
    await both.run(6_000);
    const list = await calls('a');
    expect(total(list)).toBe(30);
    expect(duration(list)).toBeLessThan(4);
    expect(mostInASecond(list)).toBeLessThanOrEqual(11);
  });
});

describe('a daily quota', () => {
  it('splits what does not fit, and goes on at the midnight of the vendor', async () => {
    await account('a', { pace: { perDay: 30 } });
    await here.clock.set(new Date('2026-12-02T02:00:00Z'));
    await send('a', 50);
    await here.drain();
    expect(await sent('a')).toBe(30);
    await here.clock.set(new Date('2026-12-02T15:59:59Z'));
    await here.drain();
    expect(await sent('a')).toBe(30);
    await here.clock.set(new Date('2026-12-02T16:00:00Z'));
    await here.drain();
    expect(await sent('a')).toBe(50);
    await there.clock.set(here.clock.now());
  });

  it('that is raised lets go on what waits for it', async () => {
    await account('a', { pace: { perDay: 30 } });
    await send('a', 50);
    await here.drain();
    await ok('PATCH', 'vendor-accounts/a', { pace: { perDay: 45 } });
    await here.drain();
    expect(await sent('a')).toBe(45);
  });

  it('leaves the rest to the next account of the route', async () => {
    await account('spare');
    await account('a', { pace: { perDay: 30 } }, 'spare');
    await send('a', 50);
    await here.drain();
    expect([await sent('a'), await sent('spare')]).toEqual([30, 20]);
  });

  it('is not used by calls that the vendor refused', async () => {
    await account('a', { pace: { perDay: 30 }, settings: { accountProblem: 'throttled' } });
    await send('a', 30);
    await here.drain();
    await vendorNow('a', { accountProblem: 'none' });
    await here.clock.advance(30_000);
    await here.drain();
    expect(await sent('a')).toBe(30);
    await there.clock.set(here.clock.now());
  });
});

describe('a 429', () => {
  it('slows its account and no other, for a while', async () => {
    await account('a', { pace: { perSecond: 10 }, settings: { accountProblem: 'throttled' } });
    await account('b', { pace: { perSecond: 10 } });
    await send('a', 40);
    await send('b', 40);
    await both.run(5_000);
    expect(await sent('a')).toBe(0);
    expect(duration(await calls('b'))).toBeCloseTo(3, 1);
    expect(await seen('a')).toMatchObject({ problem: 'throttled' });
    expect(await seen('b')).toMatchObject({ problem: null });
    await vendorNow('a', { accountProblem: 'none' });
    await both.run(40_000, 500);
    const slow = await calls('a');
    expect(total(slow)).toBe(40);
    expect(duration(slow)).toBeGreaterThan(5);
    expect(await seen('a')).toMatchObject({ problem: null, pausedUntil: null });
    await both.run(60_000, 5_000);
    await send('a', 40);
    await both.run(6_000);
    const later = (await calls('a')).slice(slow.length);
    expect(total(later)).toBe(40);
    expect(duration(later)).toBeLessThan(4);
  });
});

describe('an account whose calls fail', () => {
  const FAILS = { rules: [{ match: '*', status: 'retry', code: 'busy' }], latencyMs: 500 };

  it('is left alone after five in a row, tried by one call at a time, and used again when that works', async () => {
    await account('a', { settings: FAILS });
    for (let n = 0; n < 5; n++) await send('a', 1);
    // The other process learns of the trouble when what it knows of its accounts is two seconds old.
    await both.run(3_000);
    expect(await calls('a')).toHaveLength(5);
    const opened = await seen('a');
    expect(opened).toMatchObject({ problem: 'unreachable', problemDetail: expect.stringContaining('busy') });
    const pause = Date.parse(opened.pausedUntil ?? '') - here.clock.now().getTime();
    expect(pause).toBeGreaterThan(27_000);
    for (let n = 0; n < 5; n++) await send('a', 1);
    await both.run(23_000, 1_000);
    expect(await calls('a')).toHaveLength(5);

    await both.run(9_000, 250);
    expect(await calls('a')).toHaveLength(6);
    const reopened = await seen('a');
    expect(Date.parse(reopened.pausedUntil ?? '') - Date.parse(opened.pausedUntil ?? '')).toBeGreaterThan(60_000);

    await vendorNow('a', { rules: [] });
    await both.run(75_000, 1_000);
    const list = await calls('a');
    expect(list.filter(({ status }) => status === 'accepted')).toHaveLength(10);
    expect(list).toHaveLength(16);
    expect(await seen('a')).toMatchObject({ problem: null, problemDetail: null, pausedUntil: null });
  });

  it('starts counting again with a success, whatever became of its targets', async () => {
    await account('a', { settings: { ...FAILS, latencyMs: 0 } });
    for (let n = 0; n < 4; n++) await send('a', 1);
    await here.drain();
    await vendorNow('a', { rules: [{ match: '*', status: 'rejected' }] });
    await send('a', 1);
    await here.drain();
    await vendorNow('a', FAILS);
    for (let n = 0; n < 4; n++) await send('a', 1);
    await both.run(1_000);
    const statuses = (await calls('a')).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'retry')).toHaveLength(8);
    expect(statuses.filter((status) => status === 'rejected')).toHaveLength(1);
    expect(await seen('a')).toMatchObject({ problem: null, pausedUntil: null });
  });

  it('gives way to the next account of the route', async () => {
    await account('spare');
    await account('a', { settings: { accountProblem: 'unreachable' } }, 'spare');
    await send('a', 3);
    await here.drain();
    expect(await sent('spare')).toBe(3);
    expect(await seen('a')).toMatchObject({ problem: 'unreachable' });
  });
});

describe('the forecast of a preview', () => {
  const forecast = async (channel: string, count: number): Promise<unknown> =>
    (await ok<{ forecast: unknown }>('POST', 'messages/preview', request(channel, count))).forecast;

  it('says how long it takes, what does not fit today and what is wrong', async () => {
    await account('oppo', { pace: { perSecond: 10, perDay: 3120 } });
    expect(await forecast('oppo', 1200)).toEqual({
      accounts: [{ account: 'oppo', vendor: 'sandbox', target: 1200, seconds: 120 }],
      summary: ['oppo needs 120 s'],
    });
    expect(await forecast('oppo', 5000)).toMatchObject({
      accounts: [{ target: 5000, seconds: 500, shortBy: 1880 }],
      summary: ['oppo needs 500 s', 'oppo is short by 1 880 today'],
    });
    await send('oppo', 10);
    await here.drain();
    expect(await forecast('oppo', 5000)).toMatchObject({ accounts: [{ shortBy: 1890 }] });
  });

  it('has nothing to say of an account that is fine and without limits, and names the trouble of one that is not', async () => {
    await account('a', { settings: { accountProblem: 'credentials' } });
    expect(await forecast('a', 2)).toEqual({
      accounts: [{ account: 'a', vendor: 'sandbox', target: 2 }],
      summary: [],
    });
    await send('a', 1);
    await here.drain();
    expect(await forecast('a', 2)).toMatchObject({
      accounts: [{ problem: 'credentials' }],
      summary: ['a has a problem: credentials'],
    });
  });
});
