import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { XiaomiSimulator } from '../../../test/support/vendors/xiaomi/xiaomi-simulator.js';
import { inShort, receiptCall, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { ReceiptCall, VendorAccountConfig } from '../vendor.js';
import { CODES } from './codes.js';
import { XIAOMI } from './definition.js';
import { XiaomiVendor } from './xiaomi.js';

let simulator: XiaomiSimulator;
let vendor: XiaomiVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new XiaomiSimulator().start();
  vendor = new XiaomiVendor(new SystemClock());
  account = vendorAccount(XIAOMI, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const sent = (index = -1): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(simulator.seen.at(index)?.body ?? ''));
const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));

describe('a push to Xiaomi devices', () => {
  it('goes out in one request for all of the same words', async () => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(1000)));
    expect(verdict).toBeUndefined();
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(outcomes[0]).toEqual({ status: 'accepted', vendorReference: 'scm00000000000000000001' });
    expect(simulator.requests).toBe(1);
    expect(simulator.pushes).toBe(1000);
  });

  it('says everything that Xiaomi can express', async () => {
    const push = {
      badge: { add: 1 },
      collapseKey: 'order-1',
      displayUntil: new Date(Date.now() + 3_600_000).toISOString(),
      android: { channelId: 'base', sound: 'android.resource://x/raw/ding' },
      vendors: { xiaomi: { channelId: '106765', notifyType: 2, foregroundShow: false } },
    };
    const content = { title: 'T', text: 'x'.repeat(200), url: 'https://example.com/1', ext: { order: 1 } };
    const request = vendorRequest(account, addresses(1), {
      content,
      options: { push },
      receiptUrl: 'https://push.example.com/r',
    });
    expect(inShort((await vendor.send(request)).outcomes)).toEqual(['accepted']);
    expect(sent()).toEqual({
      registration_id: simulator.address(0),
      restricted_package_name: 'com.example.simulated',
      pass_through: '0',
      title: 'T',
      description: `${'x'.repeat(127)}…`,
      payload: '{"order":1}',
      notify_type: '2',
      notify_id: expect.stringMatching(/^[1-9]\d*$/),
      time_to_live: '3600000',
      'extra.channel_id': '106765',
      'extra.notify_effect': '3',
      'extra.web_uri': 'https://example.com/1',
      'extra.sound_uri': 'android.resource://x/raw/ding',
      'extra.notify_foreground': '0',
      'extra.callback': 'https://push.example.com/r',
      'extra.callback.param': '16-1',
      'extra.callback.type': '1267',
    });
  });

  it('shows its long text, where it has one, in the style for such', async () => {
    await vendor.send(vendorRequest(account, addresses(1), { options: { push: { bigText: 'In full.' } } }));
    expect(sent()).toMatchObject({ description: 'In full.', 'extra.notification_style_type': '1' });
  });

  it('hands a silent one through to the app', async () => {
    const content = { text: 'sync', ext: { folder: 'inbox' } };
    await vendor.send(vendorRequest(account, addresses(1), { content, options: { push: { type: 'cmd' } } }));
    expect(sent()).toEqual({
      registration_id: simulator.address(0),
      restricted_package_name: 'com.example.simulated',
      pass_through: '1',
      payload: '{"text":"sync","folder":"inbox"}',
    });
  });

  it('tells bad ids from good ones, and a single bad one as well', async () => {
    const gone = simulator.address(1, true);
    const { outcomes } = await vendor.send(vendorRequest(account, [simulator.address(0), gone]));
    expect(inShort(outcomes)).toEqual(['accepted', 'address-gone bad-regid']);
    expect(inShort((await vendor.send(vendorRequest(account, [gone]))).outcomes)).toEqual(['address-gone 65003']);
  });

  it('is refused before it is sent when it is too large, with both sizes', async () => {
    const content = { title: 'T', ext: { blob: 'x'.repeat(5000) } };
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(2), { content }));
    expect(inShort(outcomes)).toEqual(Array(2).fill('rejected payload-too-large: 5011 of 4096 bytes'));
    expect(simulator.requests).toBe(0);
  });
});

behavesLikeAVendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
  codes: CODES,
  reply: (code) => json({ result: 'error', code: Number(code), reason: 'why' }),
});

describe('the account', () => {
  it('is verified without a push', async () => {
    const { signal } = new AbortController();
    expect(await vendor.verify(account, signal)).toEqual({
      ok: true,
      detail: 'Xiaomi accepts the AppSecret for this package.',
    });
    const wrong = vendorAccount(XIAOMI, { ...simulator.settings, appSecret: 'wrong' });
    expect(await vendor.verify(wrong, signal)).toEqual({
      ok: false,
      detail: 'Xiaomi refuses the AppSecret or the package name (21302: auth failed).',
    });
    expect(simulator.pushes).toBe(0);
  });
});

describe('a receipt', () => {
  const call = (data: unknown): ReceiptCall =>
    receiptCall(new URLSearchParams({ data: JSON.stringify(data) }).toString());

  it('names the devices of a message and how they fared', () => {
    const at = new Date(1_790_000_000_000);
    const entry = { param: '16-1', timestamp: at.getTime() };
    const data = {
      m1: { ...entry, type: 1, targets: 'a,b' },
      m2: { ...entry, type: 16, targets: 'c' },
      m3: { ...entry, type: 128, targets: 'd' },
      m4: { ...entry, type: 7, targets: 'e' },
    };
    expect(vendor.readReceipts(call(data))).toEqual({
      answer: { status: 200 },
      receipts: [
        { tag: '16-1', addresses: ['a'], status: 'delivered', at },
        { tag: '16-1', addresses: ['b'], status: 'delivered', at },
        { tag: '16-1', addresses: ['c'], status: 'address-gone', code: 'xiaomi-16', at },
        { tag: '16-1', addresses: ['d'], status: 'failed', code: 'xiaomi-128', at },
      ],
    });
  });

  it('that cannot be read is refused', () => {
    expect(vendor.readReceipts(receiptCall('nonsense'))).toEqual({ receipts: [], answer: { status: 400 } });
  });
});
