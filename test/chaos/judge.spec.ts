import { describe, expect, it } from '@jest/globals';
import type { VendorCall } from '../support/counting-vendor-log.js';
import type { ChaosReport, Troubles } from './chaos-report.js';
import { Downtime } from './downtime.js';
import { Judge } from './judge.js';
import type { Sent } from './traffic.js';

const START = Date.parse('2026-12-01T08:00:00Z');

/** A run of one message to two people, of whom the vendor took both at once; each test changes what it is about. */
interface Run {
  message: Partial<Sent>;
  state: string;
  channel: string;
  /** State of each delivery record. */
  deliveries: Record<string, string>;
  calls: Partial<VendorCall>[];
  deaths: string[];
  vendorDeaths: number;
  slots: string[];
  /** A span without anybody, in milliseconds from the start. */
  down: [number, number] | undefined;
  /** When the database was away, in milliseconds from the start. */
  databaseAway: [number, number] | undefined;
  slowness: number;
  peakMemory: number;
  thorough: boolean;
}

const WHOLE: Run = {
  message: {},
  state: 'done',
  channel: 'resend',
  deliveries: { '1-1-1': 'sent', '1-1-2': 'sent' },
  calls: [{}],
  deaths: [],
  vendorDeaths: 0,
  slots: ['2026-12-01T08:00:00.000Z', '2026-12-01T08:00:05.000Z'],
  down: undefined,
  databaseAway: undefined,
  slowness: 1,
  peakMemory: 150,
  thorough: false,
};

async function judge(change: Partial<Run>): Promise<ChaosReport> {
  const run = { ...WHOLE, ...change };
  const sent: Sent = { id: '1', channel: 'resend', people: 2, acceptedAt: START, ...run.message };
  const calls = run.calls.map((call): VendorCall => ({
    account: 'resend',
    receivedAt: START + 100,
    attempt: 1,
    references: ['1-1-1', '1-1-2'],
    accepted: 2,
    acceptedAt: START + 100,
    answered: true,
    ...call,
  }));
  const rows = Object.entries(run.deliveries).map(([reference, state]) => {
    return { endpointId: reference.split('-')[2], channelId: 1, channel: run.channel, state };
  });
  const runs = run.slots.map((slot) => {
    return { id: '9', dedupKey: `schedule:1:${slot}`, madeAt: Date.parse(slot) + 100, people: 0 };
  });
  const query = (sql: string, [id]: unknown[] = []): Promise<never[]> => {
    const found = sql.includes("api = 'schedule'")
      ? runs
      : sql.includes('JOIN delivery')
        ? rows.filter(() => id === '1')
        : [{ state: id === '1' ? run.state : 'done' }];
    return Promise.resolve(found as never[]);
  };
  const troubles: Troubles = {
    killsByCrew: { 2: 1 },
    apiKills: 0,
    powerCuts: 0,
    plansCut: 0,
    restarts: { fast: 0, immediate: 0 },
    outages: 0,
    vendorDeaths: run.vendorDeaths,
  };
  const inFlight = {
    deathsOf: (reference: string) => run.deaths.filter((one) => one === reference).length,
    deathsOfMessage: (message: string) => run.deaths.filter((one) => one === message).length,
  };
  const downtime = new Downtime();
  const [from, to] = run.databaseAway ?? [];
  const databaseAway = from === undefined || to === undefined ? [] : [{ from: START + from, to: START + to }];
  if (run.down !== undefined) downtime.add(START + run.down[0], START + run.down[1]);
  const slowness = { within: () => run.slowness, figures: () => ({ median: 1, worst: run.slowness }) };
  const crew = {
    peaks: new Map([['chaos-worker-1-1', run.peakMemory]]),
    complaints: [],
    warnings: { renewalsFailed: 0, recordsWaited: 0 },
  };
  const { thorough } = run;
  const options = { database: { query }, seed: 1, calls, sent: [sent], downtime, slowness, crew, thorough };
  return (await new Judge({ ...options, director: { kills: 1, troubles, inFlight, databaseAway } }).judge()).report;
}

const URGENT = { message: { channel: 'urgent' } } as const;
const TWICE = [{}, { references: ['1-1-1'], accepted: 1 }];

describe('the judge of a run', () => {
  it('has nothing against a whole one', async () => {
    expect(await judge({})).toEqual({
      seed: 1,
      kills: 1,
      deliveries: 2,
      lost: 0,
      repeated: 0,
      unknown: 0,
      breaches: [],
    });
  });

  it.each<[string, Partial<Run>, Partial<ChaosReport>]>([
    ['a delivery has no record', { deliveries: { '1-1-1': 'sent' } }, { lost: 1 }],
    ['the vendor knows nothing of a delivery', { calls: [{ accepted: 1 }] }, { lost: 1 }],
    [
      'a repeat came long before the database went away',
      { calls: TWICE, databaseAway: [60_000, 70_000] },
      { repeated: 1 },
    ],
    ['a repeat has no cause', { calls: TWICE }, { repeated: 1 }],
    ['there are more repeats than causes', { calls: [...TWICE, {}], deaths: ['1-1-1', '1-1-2'] }, { repeated: 3 }],
    [
      'it was repeated on hold, whatever the cause',
      { calls: TWICE, channel: 'hold', deaths: ['1-1-1'] },
      { repeated: 1 },
    ],
    ['it is unknown on resend', { deliveries: { '1-1-1': 'sent', '1-1-2': 'unknown' } }, { unknown: 1 }],
    [
      'it is unknown on hold without a cause',
      { deliveries: { '1-1-1': 'sent', '1-1-2': 'unknown' }, channel: 'hold' },
      { unknown: 1 },
    ],
    ['it has failed', { deliveries: { '1-1-1': 'sent', '1-1-2': 'failed' } }, {}],
    ['the message never ended', { state: 'sending' }, {}],
    ['it went out too early', { message: { sendAt: START + 1000 } }, {}],
    ['an urgent one was slow', { ...URGENT, calls: [{ acceptedAt: START + 4_000 }] }, {}],
    [
      'an urgent one was slow after nobody was there for a while',
      { ...URGENT, calls: [{ acceptedAt: START + 14_000 }], down: [0, 10_000] },
      {},
    ],
    [
      'an urgent one waited for longer than the leases of the dead',
      { ...URGENT, calls: [{ acceptedAt: START + 22_000 }], deaths: ['1'] },
      {},
    ],
    ['a schedule left a slot out', { slots: [...WHOLE.slots, '2026-12-01T08:00:15.000Z'] }, {}],
    [
      'a schedule left a slot out with time to make it',
      { slots: [...WHOLE.slots, '2026-12-01T08:01:30.000Z'], down: [5_000, 55_000] },
      {},
    ],
    ['a schedule ran twice', { slots: [...WHOLE.slots, '2026-12-01T08:00:05.000Z'] }, {}],
    ['no schedule ran', { slots: [] }, {}],
    ['a worker grew', { peakMemory: 4_000 }, {}],
    ['the run made too little trouble to prove anything', { thorough: true }, {}],
  ])('finds a breach when %s', async (_what, run, figures) => {
    const report = await judge(run);
    expect(report).toMatchObject(figures);
    expect(report.breaches.length).toBeGreaterThan(0);
  });

  it.each<[string, Partial<Run>]>([
    ['a repeat of what was called just before the database went away', { calls: TWICE, databaseAway: [2_000, 9_000] }],
    [
      'an urgent one that was slow on a slow machine',
      { ...URGENT, calls: [{ acceptedAt: START + 8_000 }], slowness: 4 },
    ],
    ['a repeat of what was in flight at a death', { calls: TWICE, deaths: ['1-1-1'] }],
    [
      'an urgent one that was slow because nobody was there',
      { ...URGENT, calls: [{ acceptedAt: START + 12_000 }], down: [-1_000, 10_000] },
    ],
    [
      'an urgent one that was slow because two died holding it',
      { ...URGENT, calls: [{ acceptedAt: START + 32_000 }], deaths: ['1', '1'] },
    ],
    [
      'a slot left out because nobody was there for longer than a minute',
      { slots: [...WHOLE.slots, '2026-12-01T08:01:30.000Z'], down: [5_000, 88_000] },
    ],
    ['a repeat of what the vendor did not answer', { calls: [{ answered: false }, ...TWICE.slice(1)] }],
    [
      'an unknown one on hold that was in flight at a death',
      { channel: 'hold', deliveries: { '1-1-1': 'sent', '1-1-2': 'unknown' }, deaths: ['1-1-2'] },
    ],
    [
      'an unknown one on hold that a dying vendor may have read',
      { channel: 'hold', deliveries: { '1-1-1': 'sent', '1-1-2': 'unknown' }, vendorDeaths: 1 },
    ],
  ])('accepts %s', async (_what, run) => {
    expect((await judge(run)).breaches).toEqual([]);
  });
});
