import { describe, expect, it } from '@jest/globals';
import { type ChannelFacts, explainChannel } from './explain-channel.js';
import type { MessageDelivery } from './message-deliveries.js';

const AT = new Date('2026-12-01T00:00:00.000Z');
const LATER = new Date('2026-12-01T01:00:00.000Z');

const ENDPOINT: ChannelFacts['endpoints'][number] = {
  id: '7',
  status: 'active',
  quarantineReason: null,
  createdAt: new Date('2026-11-01T00:00:00.000Z'),
  routed: true,
  named: false,
  leftOut: null,
};

const DELIVERY: MessageDelivery = {
  channelId: 1,
  endpointId: '7',
  channel: 'sms',
  account: 'aliyun',
  address: '138',
  recipient: 'U1',
  state: 'sent',
  reason: null,
  attempts: 1,
  vendorReference: null,
  createdAt: AT,
  sentAt: AT,
  deliveredAt: null,
  readAt: null,
  failedAt: null,
};

/** A person whom a message that is done should have reached. */
const FACTS: ChannelFacts = {
  channel: 'sms',
  kind: 'sms',
  message: { state: 'done', sendAt: null, plannedAt: AT, finishedAt: AT },
  namedAsPerson: true,
  excludedBy: [],
  enabled: true,
  endpoints: [ENDPOINT],
  deliveries: [],
  queued: [],
};

const explain = (facts: Partial<ChannelFacts>): unknown[] =>
  explainChannel({ ...FACTS, ...facts }).map(({ endpoint, status, reason }) => [endpoint, status, reason]);
const withState = (state: ChannelFacts['message']['state']): ChannelFacts['message'] => ({
  ...FACTS.message,
  state,
  sendAt: LATER,
});

describe('explainChannel', () => {
  it.each([
    [{}, 'sent', 'Handed to aliyun at 2026-12-01T00:00:00.000Z; no receipt has come since.'],
    [{ state: 'delivered', deliveredAt: LATER }, 'delivered', 'Delivered at 2026-12-01T01:00:00.000Z through aliyun.'],
    [{ state: 'read', readAt: LATER }, 'read', 'Read at 2026-12-01T01:00:00.000Z.'],
    [
      { state: 'failed', failedAt: LATER, reason: 'blocked' },
      'failed',
      'Given up at 2026-12-01T01:00:00.000Z through aliyun: blocked.',
    ],
    [
      { state: 'unknown', reason: 'timeout' },
      'unknown',
      'Handed over through aliyun, but the answer was lost (timeout): it may or may not have arrived.',
    ],
  ] as const)('tells what is recorded: %j', (delivery, status, reason) => {
    expect(explain({ deliveries: [{ ...DELIVERY, ...delivery }] })).toEqual([['7', status, reason]]);
  });

  it('believes the record also of somebody whom the audience no longer holds', () => {
    expect(explain({ namedAsPerson: false, endpoints: [], deliveries: [DELIVERY] })).toEqual([
      ['7', 'sent', expect.stringContaining('Handed')],
    ]);
  });

  it('tells when a failed one is tried again, and that a cancelled one is not', () => {
    const deliveries = [{ ...DELIVERY, state: 'retrying' as const, reason: 'busy', sentAt: null }];
    const queued = [{ endpointId: '7', readyAt: LATER, leased: false }];
    expect(explain({ deliveries, queued })).toEqual([
      ['7', 'retrying', 'Failed for now (busy); it is tried again at 2026-12-01T01:00:00.000Z.'],
    ]);
    expect(explain({ deliveries, message: withState('cancelled') })).toEqual([
      ['7', 'retrying', 'Had failed (busy) and was not tried again: the message was cancelled.'],
    ]);
  });

  it('tells of an endpoint that waits in a batch', () => {
    const queued = [
      { endpointId: '7', readyAt: LATER, leased: false },
      { endpointId: '8', readyAt: LATER, leased: true },
    ];
    expect(explain({ queued })).toEqual([
      ['7', 'pending', 'It is planned and waits to be sent at 2026-12-01T01:00:00.000Z.'],
      ['8', 'pending', 'It is being sent at this moment.'],
    ]);
  });

  it.each<[string, Partial<ChannelFacts>]>([
    ['does not name', { namedAsPerson: false }],
    ['excluded by tag:t, user', { excludedBy: ['tag:t', 'user'] }],
    ['switched off', { enabled: false }],
    ['has no sms address', { endpoints: [] }],
    ['in quarantine (dead)', { endpoints: [{ ...ENDPOINT, status: 'quarantined', quarantineReason: 'dead' }] }],
    ['no enabled vendor account', { endpoints: [{ ...ENDPOINT, routed: false }] }],
    ['registered at 2026-12-01T01', { endpoints: [{ ...ENDPOINT, createdAt: LATER }] }],
    ['recorded for another person', { namedAsPerson: false, endpoints: [{ ...ENDPOINT, named: true }] }],
    ['probably not there when the message was planned', {}],
    ['cancelled', { message: withState('cancelled') }],
    ['expired', { message: withState('expired') }],
  ])('finds that nothing came as it is: %s', (words, facts) => {
    expect(explain(facts)).toEqual([[null, 'not-targeted', expect.stringContaining(words)]]);
  });

  it('sends to a named address of somebody who is switched off', () => {
    const endpoints = [{ ...ENDPOINT, named: true }];
    expect(explain({ enabled: false, endpoints, message: withState('accepted') })).toEqual([
      ['7', 'pending', 'The message waits to be planned.'],
    ]);
  });

  it('tells of devices that the audience leaves out, beside the one it does not', () => {
    const later = { ...ENDPOINT, id: '8', leftOut: 'not-latest-device' as const };
    const other = { ...ENDPOINT, id: '9', leftOut: 'platform-filtered' as const };
    const leftOut = [
      ['8', 'not-targeted', expect.stringContaining('left out (not-latest-device)')],
      ['9', 'not-targeted', expect.stringContaining('left out (platform-filtered)')],
    ];
    const endpoints = [ENDPOINT, later, other];
    expect(explain({ endpoints, deliveries: [DELIVERY] })).toEqual([
      ['7', 'sent', expect.stringContaining('Handed')],
      ...leftOut,
    ]);
    expect(explain({ endpoints, message: withState('accepted') })).toEqual([
      ['7', 'pending', expect.any(String)],
      ...leftOut,
    ]);
    expect(explain({ endpoints: [later, other] })).toEqual(leftOut);
    expect(explain({ endpoints: [other], excludedBy: ['user'] })).toEqual([
      [null, 'not-targeted', expect.stringContaining('excluded by user')],
    ]);
  });

  it('believes the record of a device that would be left out now, and sends to one that is named itself', () => {
    const leftOut = { ...ENDPOINT, leftOut: 'not-latest-device' as const };
    expect(explain({ endpoints: [leftOut], deliveries: [DELIVERY] })).toEqual([
      ['7', 'sent', expect.stringContaining('Handed')],
    ]);
    expect(explain({ endpoints: [{ ...leftOut, named: true }], message: withState('accepted') })).toEqual([
      ['7', 'pending', expect.any(String)],
    ]);
  });

  it('promises what is still coming', () => {
    expect(explain({ message: withState('scheduled') })).toEqual([
      ['7', 'pending', 'The message is to be sent at 2026-12-01T01:00:00.000Z.'],
    ]);
    expect(explain({ message: withState('planning') })).toEqual([['7', 'pending', 'The message is being planned.']]);
  });
});
