import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { createDataSource } from '../../database/data-source.js';
import { Tenants } from '../../database/tenants.js';
import { AccountPacer, type Reservation } from './account-pacer.js';
import { completePace, type GivenPace } from './complete-pace.js';
import { largestCall } from './pace.js';
import { vendorDay } from './vendor-day.js';

const START = new Date('2026-12-01T08:00:00Z');
const after = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);

describe('AccountPacer', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let organisationId: number;
  let accountId: number;
  let clock: FakeClock;
  let pacer: AccountPacer;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url, 8).initialize();
    const [organisation]: { id: number }[] = await dataSource.query(
      `INSERT INTO organisation (code, name, locale, time_zone, enabled, created_at, updated_at)
       VALUES ('acme', 'Acme', 'en', 'UTC', true, now(), now()) RETURNING id`,
    );
    organisationId = organisation?.id ?? 0;
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    const [account]: { id: number }[] = await dataSource.query(
      `INSERT INTO vendor_account (organisation_id, code, name, vendor, serves, environment, enabled, settings, receipt_secret_sealed,
                                   created_at, updated_at)
       VALUES ($1, gen_random_uuid()::text, '', 'sandbox', '', 'production', true, '{}', '', now(), now()) RETURNING id`,
      [organisationId],
    );
    accountId = account?.id ?? 0;
    clock = new FakeClock(START);
    pacer = new AccountPacer(new Tenants(dataSource), clock);
  });

  const reserve = (given: GivenPace, count: number, { urgent = false, wait = 2 } = {}): Promise<Reservation> => {
    const latest = new Date(clock.now().getTime() + wait * 1000);
    return pacer.reserve(organisationId, { id: accountId, pace: completePace(given) }, count, urgent, latest);
  };

  it('gives many who ask at once slots that lie one behind the other', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => reserve({ perSecond: 100 }, 1, { urgent: false })),
    );
    const slots = answers.map((answer) => ('at' in answer ? answer.at.getTime() - START.getTime() : -1));
    expect(slots.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n * 10));
  });

  it('gives no more than the quota to many who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => reserve({ perDay: 50 }, 3)));
    const granted = answers.map((answer) => ('granted' in answer ? answer.granted : 0));
    expect(granted.reduce((sum, one) => sum + one, 0)).toBe(50);
    expect(answers.filter((answer) => 'exhaustedUntil' in answer)).toHaveLength(3);
    const account = { id: accountId, pace: completePace({ perDay: 50 }) };
    expect(await pacer.usedToday(organisationId, [account])).toEqual(new Map([[accountId, 50]]));
  });

  it('grants no slot that is too far away, and sends who waits into a line that takes nobody’s place', async () => {
    const pace = { perSecond: 10 };
    expect(await reserve(pace, 30)).toEqual({ at: START, granted: 30 });
    expect(await reserve(pace, 10)).toEqual({ at: after(3), granted: 0 });
    expect(await reserve(pace, 10)).toEqual({ at: after(4), granted: 0 });
    await clock.advance(3_000);
    expect(await reserve(pace, 10)).toEqual({ at: after(3), granted: 10 });
    await clock.advance(7_000);
    expect(await reserve(pace, 10)).toEqual({ at: after(10), granted: 10 });
  });

  it('lets urgent ones pass within their share, and the others pay for it', async () => {
    const pace = { perSecond: 10, urgentShare: 0.5 };
    await reserve(pace, 15);
    expect(await reserve(pace, 1, { urgent: true })).toEqual({ at: START, granted: 1 });
    expect(await reserve(pace, 1, { urgent: true })).toEqual({ at: after(0.2), granted: 1 });
    expect(await reserve(pace, 1)).toEqual({ at: after(1.7), granted: 1 });
  });

  it('keeps no place for urgent ones that are not to have one', async () => {
    await reserve({ perSecond: 10, urgentShare: 0 }, 10);
    expect(await reserve({ perSecond: 10, urgentShare: 0 }, 1, { urgent: true })).toEqual({ at: after(1), granted: 1 });
  });

  it('halves the rate once for calls that were refused together, and lets it grow back', async () => {
    const pace = completePace({ perSecond: 10 });
    const step = async (): Promise<number> => {
      const first = await reserve({ perSecond: 10 }, 10, { wait: 60 });
      const second = await reserve({ perSecond: 10 }, 10, { wait: 60 });
      if (!('at' in first && 'at' in second)) throw new Error('There is no daily quota.');
      return second.at.getTime() - first.at.getTime();
    };
    expect(await step()).toBe(1_000);
    const account = { id: accountId, pace };
    await Promise.all([1, 2, 3].map(() => pacer.slowDown(organisationId, account, clock.now())));
    expect(await step()).toBe(2_000);
    await clock.advance(30_000);
    expect(await step()).toBeCloseTo(1_333, -1);
    await clock.advance(30_000);
    expect(await step()).toBe(1_000);
  });

  it('costs no statement without limits', async () => {
    const idle = new AccountPacer(new Tenants(createDataSource('postgres://nowhere.invalid/none')), clock);
    const unlimited = { id: accountId, pace: null };
    expect(await idle.reserve(organisationId, unlimited, 5, false, clock.now())).toEqual({ at: START, granted: 5 });
    await idle.giveBack(organisationId, unlimited, 5);
    await idle.slowDown(organisationId, unlimited, clock.now());
    expect(await idle.usedToday(organisationId, [unlimited])).toEqual(new Map());
  });
});

describe('the day of a quota', () => {
  it.each([
    ['2026-12-01T15:59:59Z', 'Asia/Shanghai', '2026-12-01', '2026-12-01T16:00:00Z'],
    ['2026-12-01T16:00:00Z', 'Asia/Shanghai', '2026-12-02', '2026-12-02T16:00:00Z'],
    ['2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25', '2026-10-25T23:00:00Z'],
  ])('at %s in %s is %s and ends at %s', (now, zone, day, ends) => {
    expect(vendorDay(new Date(now), zone)).toEqual({ day, ends: new Date(ends) });
  });
});

describe('the largest call', () => {
  const vendor = { batchSize: 100, requestSize: 20 };
  it.each([
    ['recipients', { perSecond: 7.5 }, 7],
    ['recipients', { perSecond: 0.1 }, 1],
    ['recipients', { perSecond: 5000 }, 100],
    ['recipients', { perDay: 5 }, 100],
    ['requests', { perSecond: 7 }, 100],
    ['requests', { perSecond: 3.5 }, 60],
    ['requests', { perSecond: 0.3 }, 20],
  ] as const)('where limits count %s and are %j holds %i', (paceUnit, given, size) => {
    expect(largestCall({ ...vendor, paceUnit }, completePace(given))).toBe(size);
  });
});
