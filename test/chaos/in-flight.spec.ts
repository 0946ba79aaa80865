import { describe, expect, it } from '@jest/globals';
import { LEASE_MILLISECONDS } from '../../src/messages/lease.js';
import { InFlight } from './in-flight.js';

const batch = { id: '7', lease: 'a', messageId: '1', channelId: 1, endpointIds: ['1', '2'] };

/** What is under a lease, as a test changes it. */
class Leased {
  batches: (typeof batch)[] = [];
  messages: { lease: string; messageId: string }[] = [];
  latest: unknown;

  query = (sql: string, [latest]: unknown[] = []): Promise<never[]> => {
    this.latest = latest;
    return Promise.resolve((sql.includes('FROM batch') ? this.batches : this.messages) as never[]);
  };
}

describe('what was in flight at deaths', () => {
  it('is noted once for each lease, however many deaths that sees', async () => {
    const leased = new Leased();
    const inFlight = new InFlight(leased);
    leased.batches = [batch, { ...batch, id: '8', endpointIds: ['3'] }];
    await inFlight.note(1_000);
    await inFlight.note(2_000);
    expect(['1-1-1', '1-1-2', '1-1-3', '1-1-4'].map((one) => inFlight.deathsOf(one))).toEqual([1, 1, 1, 0]);
    expect(inFlight.deathsOfMessage('1')).toBe(1);
    leased.batches = [{ ...batch, lease: 'b' }];
    await inFlight.note(3_000);
    expect(inFlight.deathsOf('1-1-1')).toBe(2);
    expect(inFlight.deathsOfMessage('1')).toBe(2);
    expect(inFlight.plans).toBe(0);
  });

  it('includes messages that were being planned', async () => {
    const leased = new Leased();
    const inFlight = new InFlight(leased);
    leased.messages = [{ lease: 'a', messageId: '5' }];
    await inFlight.note(1_000);
    await inFlight.note(2_000);
    expect([inFlight.deathsOfMessage('5'), inFlight.plans]).toEqual([1, 1]);
  });

  it('leaves out what was claimed or renewed after the death', async () => {
    const leased = new Leased();
    await new InFlight(leased).note(1_000);
    expect(leased.latest).toEqual(new Date(1_000 + LEASE_MILLISECONDS));
  });
});
