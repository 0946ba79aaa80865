import { describe, expect, it } from '@jest/globals';
import type { VendorCall } from '../support/counting-vendor-log.js';
import type { ChaosReport } from './chaos-report.js';
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
  peakMemory: number;
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
  peakMemory: 150,
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
  const runs = run.slots.map((slot) => ({ id: '9', dedupKey: `schedule:1:${slot}`, people: 0 }));
  const query = (sql: string, [id]: unknown[] = []): Promise<never[]> => {
    const found = sql.includes("api = 'schedule'")
      ? runs
      : sql.includes('JOIN delivery')
        ? rows.filter(() => id === '1')
        : [{ state: id === '1' ? run.state : 'done' }];
    return Promise.resolve(found as never[]);
  };
  const director = {
    kills: 1,
    powerCuts: 0,
    databaseRestarts: 0,
    vendorDeaths: run.vendorDeaths,
    disturbances: [],
    inFlight: { deathsOf: (reference: string) => run.deaths.filter((one) => one === reference).length },
  };
  const crew = { peakMemory: run.peakMemory, complaints: [] };
  return (await new Judge({ database: { query }, seed: 1, calls, sent: [sent], director, crew }).judge()).report;
}

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
    ['an urgent one was slow', { message: { channel: 'urgent' }, calls: [{ acceptedAt: START + 20_000 }] }, {}],
    ['a schedule left a slot out', { slots: [...WHOLE.slots, '2026-12-01T08:00:15.000Z'] }, {}],
    ['a schedule ran twice', { slots: [...WHOLE.slots, '2026-12-01T08:00:05.000Z'] }, {}],
    ['no schedule ran', { slots: [] }, {}],
    ['a worker grew', { peakMemory: 4_000 }, {}],
  ])('finds a breach when %s', async (_what, run, figures) => {
    const report = await judge(run);
    expect(report).toMatchObject(figures);
    expect(report.breaches.length).toBeGreaterThan(0);
  });

  it.each<[string, Partial<Run>]>([
    ['a repeat of what was in flight at a death', { calls: TWICE, deaths: ['1-1-1'] }],
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
