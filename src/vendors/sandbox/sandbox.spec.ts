import { beforeEach, describe, expect, it } from '@jest/globals';
import { type CancelTimer, Clock } from '../../common/clock.js';
import { checkSettings } from '../account-settings.js';
import { ReceiptSink } from '../receipt-sink.js';
import type { Receipt, SendResult, VendorAccountConfig, VendorRequest } from '../vendor.js';
import { SANDBOX } from './definition.js';
import { SandboxVendor } from './sandbox.js';
import { type SandboxEntry, SandboxJournal } from './sandbox-journal.js';

class FakeClock extends Clock {
  private time = Date.parse('2026-11-21T08:00:00Z');
  private timers = new Set<{ at: number; fire: () => void }>();

  now(): Date {
    return new Date(this.time);
  }

  at(at: Date, fire: () => void): CancelTimer {
    const timer = { at: at.getTime(), fire };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.at(new Date(this.time + milliseconds), resolve);
      signal?.addEventListener('abort', () => resolve());
    });
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
    for (const timer of [...this.timers].filter(({ at }) => at <= this.time)) {
      this.timers.delete(timer);
      timer.fire();
    }
  }
}

class FakeJournal extends SandboxJournal {
  readonly entries: SandboxEntry[] = [];
  broken = false;

  append(entry: SandboxEntry): Promise<void> {
    if (this.broken) return Promise.reject(new Error('disk full'));
    this.entries.push(entry);
    return Promise.resolve();
  }
}

class FakeSink extends ReceiptSink {
  readonly calls: { account: { organisationId: number; id: number }; receipts: Receipt[] }[] = [];

  submit(account: { organisationId: number; id: number }, receipts: Receipt[]): Promise<void> {
    this.calls.push({ account, receipts });
    return Promise.resolve();
  }
}

function account(settings: Record<string, unknown>): VendorAccountConfig {
  return { id: 7, organisationId: 3, code: 'sandbox', settings: checkSettings(SANDBOX, settings).settings };
}

describe('the sandbox', () => {
  let clock: FakeClock;
  let journal: FakeJournal;
  let sink: FakeSink;
  let vendor: SandboxVendor;

  beforeEach(() => {
    clock = new FakeClock();
    journal = new FakeJournal();
    sink = new FakeSink();
    vendor = new SandboxVendor(clock, journal, sink);
  });

  function send(
    addresses: string[],
    settings: Record<string, unknown> = {},
    more: Partial<VendorRequest> = {},
  ): Promise<SendResult> {
    return vendor.send({
      account: account(settings),
      content: { text: 'Hi' },
      targets: addresses.map((address, index) => ({ reference: `ref-${index}`, address })),
      tag: '1-1',
      priority: 'normal',
      category: 'notice',
      attempt: 1,
      options: {},
      signal: new AbortController().signal,
      ...more,
    });
  }

  const many = Array.from({ length: 1000 }, (_, index) => `u${index}`);

  it('accepts everything by itself and keeps it with one append', async () => {
    const { outcomes, account } = await send(many);
    expect(account).toBeUndefined();
    expect(outcomes).toHaveLength(1000);
    expect(outcomes.every(({ status }) => status === 'accepted')).toBe(true);
    expect(journal.entries).toHaveLength(1);
    expect(journal.entries[0]).toMatchObject({
      organisationId: 3,
      vendorAccountId: 7,
      content: { text: 'Hi' },
      attempt: 1,
    });
    expect(journal.entries[0]?.targets).toHaveLength(1000);
    expect(journal.entries[0]?.targets[1]).toEqual({ reference: 'ref-1', address: 'u1', status: 'accepted' });
  });

  it("keeps a person's own words", async () => {
    await send([], {}, { targets: [{ reference: 'r', address: 'a', content: { text: 'Hi Ada' } }] });
    expect(journal.entries[0]?.targets).toEqual([
      { reference: 'r', address: 'a', status: 'accepted', content: { text: 'Hi Ada' } },
    ]);
  });

  it('keeps nothing when told so', async () => {
    await send(['a'], { journal: false });
    expect(journal.entries).toEqual([]);
  });

  it('fails about the share asked for, always the same targets', async () => {
    const settings = { failureRate: 0.2, failureStatus: 'unreachable', failureCode: 'offline' };
    const first = await send(many, settings);
    const failed = first.outcomes.filter(({ status }) => status !== 'accepted');
    expect(failed[0]).toEqual({ status: 'unreachable', code: 'offline' });
    expect(failed.length).toBeGreaterThan(150);
    expect(failed.length).toBeLessThan(250);
    expect(await send(many, settings, { attempt: 2 })).toEqual(first);
    const all = await send(many, { failureRate: 1 });
    expect(all.outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('knows dead addresses', async () => {
    const { outcomes } = await send(['alive', 'dead'], { deadAddresses: ['dead'] });
    expect(outcomes).toEqual([{ status: 'accepted' }, { status: 'address-gone', code: 'sandbox-dead-address' }]);
    expect(journal.entries[0]?.targets[1]).toMatchObject({ status: 'address-gone', code: 'sandbox-dead-address' });
  });

  it('follows the first rule that holds, as often as it says', async () => {
    const settings = {
      failureRate: 1,
      deadAddresses: ['1862'],
      rules: [
        { match: '1861', status: 'retry', code: 'busy', times: 2, afterSeconds: 5 },
        { match: '186*', status: 'accepted' },
        { match: '18*', status: 'unknown', code: 'lost' },
      ],
    };
    const addresses = ['1861', '1862', '1871', '9'];
    const second = await send(addresses, settings, { attempt: 2 });
    expect(second.outcomes).toEqual([
      { status: 'retry', code: 'busy', afterSeconds: 5 },
      { status: 'accepted' },
      { status: 'unknown', code: 'lost' },
      { status: 'rejected', code: 'sandbox-failure' },
    ]);
    const third = await send(addresses, settings, { attempt: 3 });
    expect(third.outcomes[0]).toEqual({ status: 'accepted' });
  });

  it('acts out trouble of the account, reaching nobody', async () => {
    const { outcomes, account } = await send(['a', 'b'], { accountProblem: 'quota' });
    expect(account).toMatchObject({ problem: 'quota', code: 'sandbox-quota' });
    expect(outcomes.map(({ status }) => status)).toEqual(['retry', 'retry']);
    expect(journal.entries).toEqual([]);
  });

  it('takes its time', async () => {
    let answered = false;
    const call = send(['a'], { latencyMs: 200 }).then(() => (answered = true));
    clock.advance(199);
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    clock.advance(1);
    await call;
    expect(answered).toBe(true);
  });

  it('has reached nobody when it is stopped while taking its time', async () => {
    const stop = new AbortController();
    const call = send(['a'], { latencyMs: 200 }, { signal: stop.signal });
    stop.abort();
    expect((await call).outcomes).toEqual([{ status: 'retry', code: 'aborted' }]);
    expect(journal.entries).toEqual([]);
  });

  it('has reached nobody when the journal cannot be written', async () => {
    journal.broken = true;
    const { outcomes, account } = await send(['a'], { receipts: { delivered: 1 } });
    expect(account).toMatchObject({ problem: 'unreachable', code: 'sandbox-journal' });
    expect(outcomes[0]?.status).toBe('retry');
    clock.advance(1000);
    expect(sink.calls).toEqual([]);
  });

  it('reports receipts later, in one call, for accepted targets only', async () => {
    const settings = { deadAddresses: ['u0'], receipts: { delivered: 1, read: 0.5, afterMs: 300 } };
    await send(many, settings);
    clock.advance(299);
    expect(sink.calls).toEqual([]);
    clock.advance(1);
    expect(sink.calls).toHaveLength(1);
    const { account, receipts } = sink.calls[0] as (typeof sink.calls)[number];
    expect(account).toEqual({ organisationId: 3, id: 7 });
    expect(receipts.filter(({ status }) => status === 'delivered')).toHaveLength(999);
    const read = receipts.filter(({ status }) => status === 'read').length;
    expect(read).toBeGreaterThan(430);
    expect(read).toBeLessThan(570);
    expect(receipts.some((receipt) => 'reference' in receipt && receipt.reference === 'ref-0')).toBe(false);
    expect(receipts[0]?.at).toEqual(new Date('2026-11-21T08:00:00.300Z'));
  });

  it('drops pending receipts when it is closed', async () => {
    await send(['a'], { receipts: { delivered: 1, afterMs: 300 } });
    await vendor.close();
    clock.advance(300);
    expect(sink.calls).toEqual([]);
  });

  it.each([
    [{ failureRate: 2 }, 'settings.failureRate'],
    [{ failureStatus: 'sulk' }, 'settings.failureStatus'],
    [{ latencyMs: -1 }, 'settings.latencyMs'],
    [{ accountProblem: 'sulk' }, 'settings.accountProblem'],
    [{ deadAddresses: [1] }, 'settings.deadAddresses'],
    [{ rules: [{ match: 'a*', status: 'sulk' }] }, 'settings.rules[0].status'],
    [{ rules: [null] }, 'settings.rules[0].match'],
    [{ receipts: { delivered: 3 } }, 'settings.receipts.delivered'],
  ])('cannot act out %j', async (settings, path) => {
    const verified = await vendor.verify(account(settings));
    expect(verified.ok).toBe(false);
    expect(verified.detail).toContain(path);
    const { outcomes, account: verdict } = await send(['a'], settings);
    expect(verdict?.detail).toContain(path);
    expect(outcomes[0]?.status).toBe('retry');
  });

  it('verifies', async () => {
    expect(await vendor.verify(account({}))).toMatchObject({ ok: true });
    expect(await vendor.verify(account({ accountProblem: 'credentials' }))).toMatchObject({ ok: false });
  });
});
