import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { HarmonySimulator } from '../../../test/support/vendors/harmony/harmony-simulator.js';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { readPostedReceipts } from '../../../test/support/vendors/read-posted-receipts.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import { CODES } from '../huawei/codes.js';
import type { VendorAccountConfig, VerifyResult } from '../vendor.js';
import { HARMONY } from './definition.js';
import { HarmonyVendor } from './harmony.js';

let simulator: HarmonySimulator;
let vendor: HarmonyVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new HarmonySimulator().start();
  vendor = new HarmonyVendor(new SystemClock());
  account = vendorAccount(HARMONY, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const accountWith = (settings: Record<string, unknown>): VendorAccountConfig =>
  vendorAccount(HARMONY, { ...simulator.settings, ...settings });
const sent = (index = -1): unknown => JSON.parse(simulator.seen.at(index)?.body ?? '');
const pushTypes = (): unknown[] => simulator.seen.map(({ headers }) => headers['push-type']);
const jwts = (): unknown[] => simulator.seen.map(({ headers }) => headers.authorization);
const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));

describe('a push to HarmonyOS devices', () => {
  it('goes out in one request for all of the same words', async () => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(1000)));
    expect(verdict).toBeUndefined();
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(outcomes[0]).toEqual({ status: 'accepted', vendorReference: '176000000000000000000001' });
    expect(simulator.requests).toBe(1);
    expect(simulator.pushes).toBe(1000);
  });

  it('says no more than it must when there is no more to say', async () => {
    expect(inShort((await vendor.send(vendorRequest(account, addresses(1)))).outcomes)).toEqual(['accepted']);
    expect(pushTypes()).toEqual(['0']);
    expect(sent()).toEqual({
      payload: {
        notification: {
          category: 'WORK',
          title: 'Lab result',
          body: 'Your result is ready.',
          clickAction: { actionType: 0 },
          appMessageId: '16-1',
        },
      },
      target: { token: addresses(1) },
      pushOptions: { biTag: '16-1' },
    });
  });

  it('says everything that HarmonyOS can express', async () => {
    const push = {
      badge: { set: 3 },
      image: 'https://example.com/1.png',
      collapseKey: 'order-1',
      displayUntil: new Date(Date.now() + 3_600_000).toISOString(),
      android: { sound: 'base.mp3' },
      vendors: {
        harmony: {
          category: 'HEALTH',
          testMessage: true,
          foregroundShow: false,
          sound: 'alert.mp3',
          soundDuration: 5,
          profileId: 'p1',
        },
      },
    };
    const content = { title: 'T', text: 'B', url: 'https://example.com/1', ext: { order: 1 } };
    const request = vendorRequest(accountWith({ receiptId: 'RCP1' }), addresses(2), { content, options: { push } });
    expect(inShort((await vendor.send(request)).outcomes)).toEqual(['accepted', 'accepted']);
    expect(sent()).toEqual({
      payload: {
        notification: {
          category: 'HEALTH',
          title: 'T',
          body: 'B',
          image: 'https://example.com/1.png',
          clickAction: { actionType: 0, data: { url: 'https://example.com/1', order: 1 } },
          badge: { setNum: 3 },
          notifyId: expect.any(Number),
          appMessageId: '16-1',
          profileId: 'p1',
          sound: 'alert.mp3',
          soundDuration: 5,
          foregroundShow: false,
        },
      },
      target: { token: addresses(2) },
      pushOptions: { testMessage: true, ttl: 3600, biTag: '16-1', receiptId: 'RCP1' },
    });
  });

  it('hands a silent one to the app as a background message', async () => {
    const content = { text: 'sync', ext: { folder: 'inbox' } };
    const { outcomes } = await vendor.send(
      vendorRequest(account, addresses(1), { content, options: { push: { type: 'cmd' } } }),
    );
    expect(inShort(outcomes)).toEqual(['accepted']);
    expect(pushTypes()).toEqual(['6']);
    expect(sent()).toEqual({
      payload: { extraData: '{"text":"sync","folder":"inbox"}' },
      target: { token: addresses(1) },
      pushOptions: { biTag: '16-1' },
    });
  });

  it('that is to be read out goes as a voice message, with its data beside it', async () => {
    const push = { vendors: { harmony: { category: 'PLAY_VOICE' } } };
    const content = { title: 'Paid', text: '8 yuan', ext: { amount: 8 } };
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(1), { content, options: { push } }));
    expect(inShort(outcomes)).toEqual(['accepted']);
    expect(pushTypes()).toEqual(['2']);
    expect(sent()).toMatchObject({ payload: { notification: { category: 'PLAY_VOICE' }, extraData: '{"amount":8}' } });
  });

  it.each([
    [{ url: 'app://page/1' }, {}, { actionType: 1, uri: 'app://page/1' }],
    [{}, { intent: 'com.example.OPEN' }, { actionType: 1, action: 'com.example.OPEN' }],
    [{}, { intent: 'intent://p#Intent;end' }, { actionType: 0 }],
    [{ url: 'https://example.com/1', ext: { url: 'own' } }, {}, { actionType: 0, data: { url: 'own' } }],
  ])('leads from %j and %j to where HarmonyOS can', async (words, android, clickAction) => {
    const content = { title: 'T', text: 'B', ...words };
    const { outcomes } = await vendor.send(
      vendorRequest(account, addresses(1), { content, options: { push: { android } } }),
    );
    expect(inShort(outcomes)).toEqual(['accepted']);
    const { payload } = sent() as { payload: { notification: { clickAction: unknown } } };
    expect(payload.notification.clickAction).toEqual(clickAction);
  });

  it('goes to ten devices at a time when it is a test', async () => {
    const push = { vendors: { harmony: { testMessage: true } } };
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(25), { options: { push } }));
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(simulator.requests).toBe(3);
  });

  it('with personal words goes out once for each of them', async () => {
    const request = vendorRequest(account, addresses(3));
    const own = { title: 'Own', text: 'Words' };
    const targets = request.targets.map((target, index) => (index === 1 ? { ...target, content: own } : target));
    expect(inShort((await vendor.send({ ...request, targets })).outcomes)).toEqual(Array(3).fill('accepted'));
    const tokens = simulator.seen.map(({ body }) => (JSON.parse(body) as { target: { token: string[] } }).target.token);
    expect(tokens).toEqual(expect.arrayContaining([[addresses(3)[0], addresses(3)[2]], [addresses(3)[1]]]));
  });

  it('is refused before it is sent when it is too large, the tokens not counted', async () => {
    const content = { title: 'T', text: 'x'.repeat(5000) };
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(2), { content }));
    expect(inShort(outcomes)).toEqual(Array(2).fill('rejected payload-too-large: 5176 of 4096 bytes'));
    expect(simulator.requests).toBe(0);
    const fitting = { title: 'T', text: 'x'.repeat(4096 - 176) };
    const many = await vendor.send(vendorRequest(account, addresses(500), { content: fitting }));
    expect(new Set(inShort(many.outcomes))).toEqual(new Set(['accepted']));
  });
});

describe('a token that Huawei refuses', () => {
  const illegal = (code: string, illegalTokens: unknown): ReturnType<typeof json> =>
    json({ code, msg: JSON.stringify({ success: 0, failure: 1, illegalTokens }), requestId: '17' });

  it('is gone when its form is wrong, among good ones or alone', async () => {
    const gone = simulator.address(1, true);
    const { outcomes } = await vendor.send(vendorRequest(account, [simulator.address(0), gone]));
    expect(inShort(outcomes)).toEqual(['accepted', 'address-gone tokenFormatError']);
    expect(inShort((await vendor.send(vendorRequest(account, [gone]))).outcomes)).toEqual([
      'address-gone tokenFormatError',
    ]);
  });

  it('fares as its reason says, and is left alone where the reason is another’s or not known', async () => {
    const [a = '', b = '', c = '', d = '', e = '', f = ''] = addresses(6);
    const reply = illegal('80100000', {
      tokenFormatError: [a],
      noRight: [b],
      tokenPlatformNotSupport: [c],
      brandNewReason: [d],
      constructor: [e],
    });
    simulator.fail({ kind: 'reply', reply });
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(6)));
    expect(f).not.toBe('');
    expect(inShort(outcomes)).toEqual([
      'address-gone tokenFormatError',
      'rejected noRight',
      'unreachable tokenPlatformNotSupport',
      'rejected brandNewReason',
      'rejected constructor',
      'accepted',
    ]);
    expect(verdict).toBeUndefined();
  });

  it('speaks of the account when all of several are refused for a right that it has not', async () => {
    simulator.fail({ kind: 'reply', reply: illegal('80300007', { noRight: addresses(2) }) });
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(2)));
    expect(verdict).toMatchObject({ problem: 'credentials', code: 'noRight' });
    expect(inShort(outcomes)).toEqual(Array(2).fill('retry noRight'));
  });

  it('fails alone where it was alone, since it may be another app’s', async () => {
    simulator.fail({ kind: 'reply', reply: illegal('80300007', { noRight: addresses(1) }) });
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(1)));
    expect(verdict).toBeUndefined();
    expect(inShort(outcomes)).toEqual(['rejected noRight']);
  });

  it('is not gone when all of several are refused for their form', async () => {
    const gone = [simulator.address(0, true), simulator.address(1, true)];
    const { outcomes } = await vendor.send(vendorRequest(account, gone));
    expect(inShort(outcomes)).toEqual(Array(2).fill('rejected tokenFormatError'));
  });

  it.each([{}, 7, '"x"', '{"illegalTokens":7}', '{"illegalTokens":{"noRight":"x"}}', 'null', null])(
    'may be any where the answer names none: %j',
    async (msg) => {
      simulator.fail({ kind: 'reply', reply: json({ code: '80100000', msg }) });
      const { outcomes } = await vendor.send(vendorRequest(account, addresses(2)));
      expect(inShort(outcomes)).toEqual(Array(2).fill('unknown 80100000'));
    },
  );
});

behavesLikeAVendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
  codes: CODES,
  reply: (code) => json({ code, msg: 'why', requestId: '1' }, 400),
});

describe('the account’s own token', () => {
  it('serves all pushes until it has little time left', async () => {
    const clock = new FakeClock();
    simulator.now = () => clock.now().getTime();
    const own = new HarmonyVendor(clock);
    const push = () => own.send(vendorRequest(account, addresses(1)));
    await Promise.all([push(), push()]);
    await clock.advance(47 * 60_000);
    await push();
    expect(new Set(jwts()).size).toBe(1);
    await clock.advance(2 * 60_000);
    expect(inShort((await push()).outcomes)).toEqual(['accepted']);
    expect(new Set(jwts()).size).toBe(2);
    await own.close();
  });

  it('is made anew when Huawei finds it expired, and the push goes out', async () => {
    await vendor.send(vendorRequest(account, addresses(1)));
    simulator.expired.add(String(jwts()[0]).replace('Bearer ', ''));
    expect(inShort((await vendor.send(vendorRequest(account, addresses(1)))).outcomes)).toEqual(['accepted']);
    expect(new Set(jwts()).size).toBe(2);
  });

  it('that cannot be made is the account’s fault', async () => {
    const { serviceAccount } = account.settings as { serviceAccount: Record<string, string> };
    const broken = {
      ...account,
      settings: { ...account.settings, serviceAccount: { ...serviceAccount, private_key: '' } },
    };
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(broken, addresses(1)));
    expect(verdict).toMatchObject({ problem: 'credentials', code: 'private-key' });
    expect(inShort(outcomes)).toEqual(['retry private-key']);
  });
});

describe('the account', () => {
  const verify = (to: VendorAccountConfig, by = vendor): Promise<VerifyResult> =>
    by.verify(to, new AbortController().signal);

  it('is verified without a push', async () => {
    expect(await verify(account)).toEqual({
      ok: true,
      detail:
        'Huawei accepts the service account and refuses nothing of the push that was tried but its made-up device token.',
    });
    expect(simulator.pushes).toBe(0);
  });

  it('tells a strange key, a wrong project, a wrong clock and a host that is not there from one another', async () => {
    const { serviceAccount } = simulator.settings as { serviceAccount: Record<string, string> };
    expect(await verify(accountWith({ serviceAccount: { ...serviceAccount, key_id: 'other' } }))).toEqual({
      ok: false,
      detail: 'Huawei refuses the service account (80200001: Authentication Error.).',
    });
    expect((await verify(accountWith({ serviceAccount: { ...serviceAccount, project_id: '1' } }))).detail).toMatch(
      /^Huawei accepts the service account but finds no right to push/,
    );
    const late = new HarmonyVendor(new FakeClock(new Date('2020-01-01T00:00:00Z')));
    expect((await verify(account, late)).detail).toMatch(/expired: is this machine’s clock right\?$/);
    await late.close();
    expect((await verify(accountWith({ baseUrl: 'http://127.0.0.1:1' }))).detail).toMatch(/cannot be reached/);
  });
});

describe('a receipt that Huawei posts', () => {
  it('is read and answered as it is posted', async () => {
    const readings = await readPostedReceipts(simulator, vendor, account, () =>
      vendor.send(vendorRequest(account, addresses(1))),
    );
    expect(readings).toEqual([
      {
        receipts: [{ tag: '16-1', addresses: addresses(1), status: 'delivered', at: expect.any(Date) }],
        answer: { status: 200, body: '{"code":"0","message":"success","errno":"0","errmsg":"success"}' },
      },
    ]);
  });
});
