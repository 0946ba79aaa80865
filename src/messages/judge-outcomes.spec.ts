import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../vendors/vendor.js';
import type { BatchEndpoint, ClaimedBatch } from './claimed-batch.js';
import { type JudgeContext, judgeOutcomes } from './judge-outcomes.js';
import { MOST_ATTEMPTS } from './retry-policy.js';

const NOW = new Date('2026-12-01T00:00:00Z');
const BATCH: ClaimedBatch = {
  id: '1',
  messageId: '7',
  channelId: 2,
  vendorAccountId: 3,
  attempt: 1,
  priority: 1,
  endpointIds: [],
  planned: true,
  reclaimed: false,
  messageState: 'sending',
  expiresAt: null,
  plannedAt: NOW,
};

const endpoint = (id: string): BatchEndpoint => ({
  id,
  vendor: '',
  environment: 'production',
  address: `a${id}`,
  refused: null,
  recipientId: `9${id}`,
});

const JUDGED = { acceptanceIsDelivery: false, unknownPolicy: 'resend', nextAccount: () => undefined } as const;

function judge(outcome: Outcome, context: Partial<JudgeContext> = {}, batch: Partial<ClaimedBatch> = {}) {
  return judgeOutcomes(
    {
      batch: { ...BATCH, ...batch },
      now: NOW,
      ...JUDGED,
      random: () => 1,
      ...context,
    },
    [{ endpoint: endpoint('5'), outcome, content: null }],
  );
}

const record = (state: string, reason: string | null) => [
  { batchId: '1', endpointId: '5', recipientId: '95', state, reason, vendorReference: null, content: null },
];

describe('a whole batch that came to one end', () => {
  const whole = (outcomes: Outcome[], batch: Partial<ClaimedBatch> = {}) =>
    judgeOutcomes(
      { ...JUDGED, now: NOW, batch: { ...BATCH, endpointIds: outcomes.map((_, n) => String(n)), ...batch } },
      outcomes.map((outcome, n) => ({ endpoint: endpoint(String(n)), outcome, content: null })),
    );
  const accepted: Outcome = { status: 'accepted', vendorReference: 'v1' };

  it('is written once', () => {
    const nothing = { records: [], followUps: [], gone: [], awaited: [] };
    const once = { batchId: '1', reason: null, vendorReference: null };
    expect(whole([accepted, { ...accepted }])).toEqual({
      ...nothing,
      shared: [{ ...once, state: 'sent', vendorReference: 'v1' }],
    });
    const refused: Outcome = { status: 'rejected', code: 'no' };
    expect(whole([refused, { ...refused }])).toEqual({
      ...nothing,
      shared: [{ ...once, state: 'failed', reason: 'no' }],
    });
  });

  it('is written one by one where outcomes differ, and where the batch does not know its people', () => {
    expect(whole([accepted, { status: 'accepted', vendorReference: 'v2' }])).toMatchObject({
      shared: [],
      records: [{ vendorReference: 'v1' }, { vendorReference: 'v2' }],
    });
    expect(whole([accepted, accepted], { planned: false })).toMatchObject({ shared: [], records: [{}, {}] });
    expect(whole([accepted, accepted], { endpointIds: ['0', '1', '2'] })).toMatchObject({ records: [{}, {}] });
  });
});

describe('what follows from an outcome', () => {
  it('accepted is sent, and delivered where acceptance is delivery', () => {
    const accepted: Outcome = { status: 'accepted', vendorReference: 'v1' };
    expect(judge(accepted).records).toEqual([{ ...record('sent', null)[0], vendorReference: 'v1' }]);
    expect(judge(accepted, { acceptanceIsDelivery: true }).records[0]?.state).toBe('delivered');
  });

  it('rejected is a final failure', () => {
    expect(judge({ status: 'rejected', code: 'too-long' })).toEqual({
      shared: [],
      records: record('failed', 'too-long'),
      followUps: [],
      gone: [],
      awaited: [],
    });
  });

  it('address-gone is a final failure, and names the endpoint to quarantine', () => {
    expect(judge({ status: 'address-gone', code: '5.1.1' })).toEqual({
      shared: [],
      records: record('failed', '5.1.1'),
      followUps: [],
      gone: [{ endpointId: '5', code: '5.1.1', since: null }],
      awaited: [],
    });
  });

  it('unreachable goes to the next account at once, and fails at the end of the route', () => {
    expect(judge({ status: 'unreachable', code: 'offline' }, { nextAccount: () => 4 })).toEqual({
      shared: [],
      records: record('retrying', 'offline'),
      followUps: [{ batchId: '1', vendorAccountId: 4, attempt: 1, readyAt: NOW, endpointIds: ['5'] }],
      gone: [],
      awaited: [],
    });
    expect(judge({ status: 'unreachable', code: 'offline' }).records).toEqual(record('failed', 'offline'));
  });

  it('retry waits longer each time, and at least as long as the vendor says', () => {
    const first = judge({ status: 'retry', code: 'busy' });
    expect(first.records).toEqual(record('retrying', 'busy'));
    expect(first.followUps).toEqual([
      { batchId: '1', vendorAccountId: 3, attempt: 2, readyAt: new Date(NOW.getTime() + 5_000), endpointIds: ['5'] },
    ]);
    expect(judge({ status: 'retry', code: 'busy' }, {}, { attempt: 3 }).followUps[0]?.readyAt).toEqual(
      new Date(NOW.getTime() + 45_000),
    );
    expect(judge({ status: 'retry', code: 'busy', afterSeconds: 600 }).followUps[0]?.readyAt).toEqual(
      new Date(NOW.getTime() + 600_000),
    );
  });

  it('retry ends with the last attempt, and with the expiry of the message', () => {
    expect(judge({ status: 'retry', code: 'busy' }, {}, { attempt: MOST_ATTEMPTS })).toEqual({
      shared: [],
      records: record('failed', 'gave-up: busy'),
      followUps: [],
      gone: [],
      awaited: [],
    });
    const expiresAt = new Date(NOW.getTime() + 4_000);
    expect(judge({ status: 'retry', code: 'busy' }, {}, { expiresAt }).records).toEqual(
      record('failed', 'expired: busy'),
    );
  });

  it('unknown waits for a person on a hold channel, and is tried again on a resend channel', () => {
    expect(judge({ status: 'unknown', code: 'lost' }, { unknownPolicy: 'hold' })).toEqual({
      shared: [],
      records: record('unknown', 'lost'),
      followUps: [],
      gone: [],
      awaited: [],
    });
    const resent = judge({ status: 'unknown', code: 'lost' });
    expect(resent.records).toEqual(record('retrying', 'lost'));
    expect(resent.followUps[0]?.attempt).toBe(2);
  });

  it('a verdict on the account leaves its targets untouched: no record, no lost attempt', () => {
    const until = new Date(NOW.getTime() + 300_000);
    const account = { verdict: { problem: 'quota', code: 'daily', detail: '' }, until } as const;
    expect(judge({ status: 'retry', code: 'daily' }, { account })).toEqual({
      shared: [],
      records: [],
      followUps: [{ batchId: '1', vendorAccountId: 3, attempt: 1, readyAt: until, endpointIds: ['5'] }],
      gone: [],
      awaited: [],
    });
    expect(judge({ status: 'retry', code: 'daily' }, { account, nextAccount: () => 8 }).followUps).toEqual([
      { batchId: '1', vendorAccountId: 8, attempt: 1, readyAt: NOW, endpointIds: ['5'] },
    ]);
  });

  it('endpoints that wait for the same go on as one batch', () => {
    const outcome: Outcome = { status: 'retry', code: 'busy' };
    const result = judgeOutcomes(
      { batch: BATCH, now: NOW, acceptanceIsDelivery: false, unknownPolicy: 'resend', nextAccount: () => undefined },
      ['5', '6', '7'].map((id) => ({ endpoint: endpoint(id), outcome, content: null })),
    );
    expect(result.followUps.map(({ endpointIds }) => endpointIds)).toEqual([['5', '6', '7']]);
  });
});
