import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { MeizuSimulator } from '../../../test/support/vendors/meizu/meizu-simulator.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig } from '../vendor.js';
import { CODES, DEVICE_CODES } from './codes.js';
import { MEIZU } from './definition.js';
import { MeizuVendor } from './meizu.js';

let simulator: MeizuSimulator;
let vendor: MeizuVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new MeizuSimulator().start();
  vendor = new MeizuVendor(new SystemClock());
  account = vendorAccount(MEIZU, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));
const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);
const sent = (): Record<string, string> => Object.fromEntries(new URLSearchParams(simulator.seen.at(-1)?.body));
const message = (): unknown => JSON.parse(sent()['messageJson'] ?? '');

describe('a push to Meizu devices', () => {
  it('goes to 100 in one request', async () => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(100)));
    expect(verdict).toBeUndefined();
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(outcomes[99]).toEqual({ status: 'accepted', vendorReference: 'NS000000000000000000000000000001' });
    expect(simulator.seen.map(({ path }) => path)).toEqual(['/garcia/api/server/push/varnished/pushByPushId']);
    expect(sent()).toEqual({
      appId: '1000000',
      pushIds: addresses(100).join(','),
      messageJson:
        '{"noticeBarInfo":{"noticeMsgType":0,"title":"Lab result","content":"Your result is ready."},"clickTypeInfo":{"clickType":0}}',
      sign: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('goes to 1000 in ten requests, each device with its own outcome', async () => {
    const all = [...addresses(999), simulator.address(999, true)];
    const { outcomes } = await vendor.send(vendorRequest(account, all));
    expect(outcomes.filter(({ status }) => status === 'accepted')).toHaveLength(999);
    expect(inShort(outcomes).at(-1)).toBe('address-gone 110002');
    expect(simulator.requests).toBe(10);
    expect(simulator.pushes).toBe(999);
  });

  it('says everything that Meizu can express', async () => {
    const push = {
      bigText: 'y'.repeat(300),
      badge: { add: 1 },
      image: 'https://example.com/1.png',
      collapseKey: 'order-1',
      displayFrom: '2026-12-01T23:30:00+00:00',
      displayUntil: '2026-12-02T08:00:00+08:00',
      vendors: { meizu: { noticeMsgType: 1 } },
    };
    const content = { title: 'T'.repeat(40), text: 'x'.repeat(200), url: 'https://example.com/1', ext: { order: 1 } };
    const receiptUrl = 'https://push.example.com/r';
    const request = vendorRequest(account, addresses(1), {
      content,
      options: { push },
      receiptUrl,
      expiresAt: inHours(5.9),
    });
    expect(inShort((await vendor.send(request)).outcomes)).toEqual(['accepted']);
    expect(message()).toEqual({
      noticeBarInfo: { noticeMsgType: 1, title: `${'T'.repeat(31)}…`, content: `${'x'.repeat(99)}…` },
      noticeExpandInfo: { noticeExpandType: 1, noticeExpandContent: 'y'.repeat(300) },
      clickTypeInfo: { clickType: 2, url: 'https://example.com/1', parameters: { order: '1' } },
      pushTimeInfo: { offLine: 1, validTime: 5 },
      advanceInfo: {
        fixDisplay: 1,
        fixStartDisplayTime: '2026-12-02 07:30:00',
        fixEndDisplayTime: '2026-12-02 08:00:00',
        notifyKey: expect.stringMatching(/^[\w-]{8}$/),
      },
      extra: { callback: receiptUrl, 'callback.param': '16-1', 'callback.type': 3 },
    });
  });

  it('opens links and intents by their address', async () => {
    const click = async (url: string | undefined, android: object): Promise<unknown> => {
      const change = { content: { title: 'T', url }, options: { push: { android } } };
      await vendor.send(vendorRequest(account, addresses(1), change));
      return (message() as { clickTypeInfo: unknown }).clickTypeInfo;
    };
    expect(await click('example://orders/1', {})).toEqual({ clickType: 2, url: 'example://orders/1' });
    expect(await click(undefined, { intent: 'intent://x#Intent;end' })).toEqual({
      clickType: 2,
      url: 'intent://x#Intent;end',
    });
    expect(await click(undefined, { intent: 'intent://x', clickAction: 'open_app' })).toEqual({ clickType: 0 });
  });

  it.each([
    [0.2, 1],
    [100, 72],
  ])('that may live %d hours is kept for %d', async (hours, validTime) => {
    await vendor.send(vendorRequest(account, addresses(1), { expiresAt: inHours(hours) }));
    expect(message()).toMatchObject({ pushTimeInfo: { offLine: 1, validTime } });
  });

  it('is handed to the app when it is silent', async () => {
    const content = { text: 'sync', ext: { folder: 'inbox' } };
    const change = { content, options: { push: { type: 'cmd' } }, expiresAt: inHours(2.5) };
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(1), change));
    expect(inShort(outcomes)).toEqual(['accepted']);
    expect(simulator.seen.at(-1)?.path).toBe('/garcia/api/server/push/unvarnished/pushByPushId');
    expect(message()).toEqual({
      content: '{"text":"sync","folder":"inbox"}',
      pushTimeInfo: { offLine: 1, validTime: 2 },
    });
  });

  it('is refused before it is sent when it is silent and too large, with both sizes', async () => {
    const content = { ext: { blob: '检'.repeat(1_300) } };
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(2), { content }));
    expect(inShort(outcomes)).toEqual(Array(2).fill('rejected payload-too-large: 3911 of 3800 bytes'));
    expect(simulator.requests).toBe(0);
  });

  it('says to each person their own words', async () => {
    const request = vendorRequest(account, addresses(3));
    const targets = request.targets.map((target, index) =>
      index === 1 ? { ...target, content: { title: 'Hi Bob', text: 'B' } } : target,
    );
    expect(inShort((await vendor.send({ ...request, targets })).outcomes)).toEqual(Array(3).fill('accepted'));
    const pushed = simulator.seen.map(({ body }) => new URLSearchParams(body));
    expect(pushed.map((form) => form.get('pushIds')).sort()).toEqual(
      [simulator.address(1), `${simulator.address(0)},${simulator.address(2)}`].sort(),
    );
  });

  it('tells by device how it fared', async () => {
    const starts = ['RA50', 'GONE', 'BAD_', 'OFF_', 'FULL', 'S501', 'S520'];
    const request = vendorRequest(
      account,
      starts.map((start) => `${start}1`),
    );
    const { outcomes, account: verdict } = await vendor.send(request);
    expect(verdict).toBeUndefined();
    expect(inShort(outcomes)).toEqual([
      'accepted',
      'address-gone 110002',
      'address-gone 110003',
      'unreachable 110010',
      'unreachable 110011',
      'retry 501',
      'retry 520',
    ]);
    expect(outcomes[6]).toMatchObject({ afterSeconds: 60 });
  });

  it.each([
    ['S201', 'credentials', '201'],
    ['S518', 'throttled', '518'],
  ])('learns of trouble with the account from one device (%s)', async (start, problem, code) => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, ['RA501', `${start}1`]));
    expect(inShort(outcomes)).toEqual(['accepted', `retry ${code}`]);
    expect(verdict).toMatchObject({ problem, code });
  });
});

behavesLikeAVendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
  codes: {
    // Said of the whole call, which is about two devices.
    ...Object.fromEntries(
      Object.entries(DEVICE_CODES).map(([code, meaning]) => [code, meaning === 'address-gone' ? 'rejected' : meaning]),
    ),
    ...CODES,
  },
  reply: (code) => json({ code, message: 'why', value: '' }),
});

describe('the account', () => {
  const verify = (settings: object = {}): Promise<unknown> =>
    vendor.verify(vendorAccount(MEIZU, { ...simulator.settings, ...settings }), new AbortController().signal);

  it('is verified without a push', async () => {
    expect(await verify()).toEqual({ ok: true, detail: 'Meizu accepts the app id and its secret.' });
    expect(await verify({ appSecret: 'wrong' })).toEqual({
      ok: false,
      detail: 'Meizu refuses the app id or its secret (1006: 签名认证失败).',
    });
    expect(await verify({ appId: '7' })).toEqual({
      ok: false,
      detail: 'Meizu refuses the app id or its secret (110000: appId不合法).',
    });
    expect(await verify({ baseUrl: `${simulator.url}/elsewhere` })).toEqual({
      ok: false,
      detail: 'Meizu does not say at the moment whether it accepts the app id or its secret (http-404: HTTP 404).',
    });
    await simulator.close();
    expect(await verify()).toMatchObject({ ok: false, detail: expect.stringMatching(/^Meizu cannot be reached: .+/) });
    expect(simulator.pushes).toBe(0);
  });
});
