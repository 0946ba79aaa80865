import { describe, expect, it } from '@jest/globals';
import { inShort } from '../../../test/support/vendors/vendor-request.js';
import type { SendResult, VendorTarget } from '../vendor.js';
import { type Plan, type Sending, sendPlanned } from './send-planned.js';

const targets = (count: number): VendorTarget[] =>
  Array.from({ length: count }, (_, index) => ({ reference: `1-1-${index}`, address: String(index) }));
const accepted = (call: readonly Sending[]): SendResult => ({
  outcomes: call.map(({ target }) => ({ status: 'accepted', vendorReference: target.address })),
});
const plan = (change: Partial<Plan>): Plan => ({
  wordsOf: ({ text = '' }) => ({ template: { id: text, params: {} }, own: { sign: false, template: true } }),
  callsFor: (sendings) => sendings.map((sending) => [sending]),
  parallel: 1,
  send: (call) => Promise.resolve(accepted(call)),
  ...change,
});
const request = (count: number, signal = new AbortController().signal) => ({
  content: { text: 'all' },
  targets: targets(count),
  signal,
});

describe('a planned request', () => {
  it('gives each target its own outcome, however the calls were made up', async () => {
    const callsFor = (sendings: readonly Sending[]): Sending[][] => [sendings.toReversed()];
    const { outcomes } = await sendPlanned(request(3), plan({ callsFor }));
    expect(outcomes).toEqual(['0', '1', '2'].map((vendorReference) => ({ status: 'accepted', vendorReference })));
  });

  it('has no more calls under way than allowed', async () => {
    let under = 0;
    let most = 0;
    const send = async (call: readonly Sending[]): Promise<SendResult> => {
      most = Math.max(most, ++under);
      await new Promise((resolve) => setImmediate(resolve));
      under--;
      return accepted(call);
    };
    await sendPlanned(request(20), plan({ send, parallel: 3 }));
    expect(most).toBe(3);
  });

  it('leaves the rest untouched after a verdict on the account', async () => {
    let calls = 0;
    const send = (): Promise<SendResult> => {
      calls++;
      const account = { problem: 'credentials', code: 'X', detail: '' } as const;
      return Promise.resolve({ outcomes: [{ status: 'retry', code: 'X' }], account });
    };
    const { outcomes, account } = await sendPlanned(request(3), plan({ send }));
    expect(inShort(outcomes)).toEqual(Array(3).fill('retry X'));
    expect(account?.code).toBe('X');
    expect(calls).toBe(1);
  });

  it('leaves the rest untouched after its end', async () => {
    const abort = new AbortController();
    const send = (call: readonly Sending[]): Promise<SendResult> => {
      abort.abort();
      return Promise.resolve(accepted(call));
    };
    const { outcomes } = await sendPlanned(request(3, abort.signal), plan({ send }));
    expect(inShort(outcomes)).toEqual(['accepted', 'retry aborted', 'retry aborted']);
  });

  it('refuses whoever has nothing to be sent, and sends to the others', async () => {
    const [first, ...others] = targets(3) as [VendorTarget, VendorTarget, VendorTarget];
    const wordsOf: Plan['wordsOf'] = (content) =>
      content.text === 'all' ? plan({}).wordsOf(content) : { refused: { status: 'rejected', code: 'nothing' } };
    const mixed = { ...request(0), targets: [{ ...first, content: { text: 'own' } }, ...others] };
    expect(inShort((await sendPlanned(mixed, plan({ wordsOf }))).outcomes)).toEqual([
      'rejected nothing',
      'accepted',
      'accepted',
    ]);
  });
});
