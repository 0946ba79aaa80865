import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { HuaweiSimulator } from '../../../test/support/vendors/huawei/huawei-simulator.js';
import { readPostedReceipts } from '../../../test/support/vendors/read-posted-receipts.js';
import { behavesUnderAToken } from '../../../test/support/vendors/token-behaviour.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig } from '../vendor.js';
import { CODES } from './codes.js';
import { HUAWEI } from './definition.js';
import { HuaweiVendor } from './huawei.js';

let simulator: HuaweiSimulator;
let vendor: HuaweiVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new HuaweiSimulator().start();
  vendor = new HuaweiVendor(new SystemClock());
  account = vendorAccount(HUAWEI, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const accountWith = (settings: Record<string, unknown>): VendorAccountConfig =>
  vendorAccount(HUAWEI, { ...simulator.settings, ...settings });
const sent = (index = -1): unknown => JSON.parse(simulator.seen.at(index)?.body ?? '');
const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));

describe('a push to Huawei devices', () => {
  it('goes out in one request for all of the same words', async () => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(1000)));
    expect(verdict).toBeUndefined();
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(outcomes[0]).toEqual({ status: 'accepted', vendorReference: '176000000000000000000001' });
    expect(simulator.requests).toBe(2); // the access token's, and the push
    expect(simulator.pushes).toBe(1000);
  });

  it('says no more than it must when there is no more to say', async () => {
    expect(inShort((await vendor.send(vendorRequest(account, addresses(1)))).outcomes)).toEqual(['accepted']);
    expect(sent()).toEqual({
      message: {
        android: {
          urgency: 'NORMAL',
          bi_tag: '16-1',
          notification: {
            title: 'Lab result',
            body: 'Your result is ready.',
            click_action: { type: 3 },
            importance: 'NORMAL',
          },
        },
        token: addresses(1),
      },
    });
  });

  it('says everything that Huawei can express', async () => {
    simulator.highUrgency = true;
    const everything = accountWith({
      category: 'HEALTH',
      badgeClass: 'com.example.app.MainActivity',
      highUrgency: true,
      receiptId: 'RCP4C123456',
    });
    const push = {
      badge: { add: 1 },
      bigText: 'In full.',
      image: 'https://example.com/1.png',
      collapseKey: 'order-1',
      displayUntil: new Date(Date.now() + 3_600_000).toISOString(),
      android: { channelId: 'base', sound: '/raw/ding' },
      vendors: { huawei: { category: 'WORK', channelId: 'own', testMessage: true, foregroundShow: false } },
    };
    const content = { title: 'T', text: 'B', url: 'https://example.com/1', ext: { order: 1 } };
    const request = vendorRequest(everything, addresses(2), { content, options: { push }, priority: 'high' });
    expect(inShort((await vendor.send(request)).outcomes)).toEqual(['accepted', 'accepted']);
    expect(sent()).toEqual({
      message: {
        data: '{"order":1}',
        android: {
          category: 'WORK',
          urgency: 'HIGH',
          ttl: '3600s',
          bi_tag: '16-1',
          receipt_id: 'RCP4C123456',
          target_user_type: 1,
          notification: {
            title: 'T',
            body: 'B',
            image: 'https://example.com/1.png',
            click_action: { type: 2, url: 'https://example.com/1' },
            style: 1,
            big_title: 'T',
            big_body: 'In full.',
            importance: 'NORMAL',
            channel_id: 'own',
            sound: '/raw/ding',
            default_sound: false,
            notify_id: expect.any(Number),
            badge: { add_num: 1, class: 'com.example.app.MainActivity' },
            foreground_show: false,
          },
        },
        token: addresses(2),
      },
    });
  });

  it('hands a silent one through to the app, without the category of shown ones', async () => {
    const content = { text: 'sync', ext: { folder: 'inbox' } };
    const silent = accountWith({ category: 'WORK' });
    const push = { type: 'cmd' };
    const { outcomes } = await vendor.send(vendorRequest(silent, addresses(1), { content, options: { push } }));
    expect(inShort(outcomes)).toEqual(['accepted']);
    expect(sent()).toEqual({
      message: {
        data: '{"text":"sync","folder":"inbox"}',
        android: { urgency: 'NORMAL', bi_tag: '16-1' },
        token: addresses(1),
      },
    });
  });

  it('goes by version 2 for an account with a project', async () => {
    const { outcomes } = await vendor.send(
      vendorRequest(accountWith({ projectId: simulator.projectId }), addresses(1)),
    );
    expect(inShort(outcomes)).toEqual(['accepted']);
    expect(simulator.seen.at(-1)?.path).toBe(`/v2/${simulator.projectId}/messages:send`);
  });

  it('never asks for high urgency without the right to it, so that no message can stop the account', async () => {
    const push = { vendors: { huawei: { urgency: 'HIGH' } } };
    const { outcomes } = await vendor.send(
      vendorRequest(account, addresses(1), { options: { push }, priority: 'high' }),
    );
    expect(inShort(outcomes)).toEqual(['accepted']);
    expect(sent()).toMatchObject({ message: { android: { urgency: 'NORMAL' } } });
  });

  it('with personal words goes out once for each of them', async () => {
    const request = vendorRequest(account, addresses(3));
    const own = { title: 'Own', text: 'Words' };
    const targets = request.targets.map((target, index) => (index === 1 ? { ...target, content: own } : target));
    const { outcomes } = await vendor.send({ ...request, targets });
    expect(inShort(outcomes)).toEqual(Array(3).fill('accepted'));
    const sends = simulator.seen.filter(({ path }) => path.endsWith(':send'));
    const tokensOf = (body: string): unknown => (JSON.parse(body) as { message: { token: unknown } }).message.token;
    expect(sends.map(({ body }) => tokensOf(body))).toEqual(
      expect.arrayContaining([[addresses(3)[0], addresses(3)[2]], [addresses(3)[1]]]),
    );
  });

  it('is refused before it is sent when it is too large, the tokens not counted', async () => {
    const content = { title: 'T', text: 'x'.repeat(5000) };
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(2), { content }));
    expect(inShort(outcomes)).toEqual(Array(2).fill('rejected payload-too-large: 5158 of 4096 bytes'));
    expect(simulator.requests).toBe(0);
    const fitting = { title: 'T', text: 'x'.repeat(4096 - 158) };
    const many = await vendor.send(vendorRequest(account, addresses(500), { content: fitting }));
    expect(new Set(inShort(many.outcomes))).toEqual(new Set(['accepted']));
  });
});

describe('a token that Huawei refuses', () => {
  it('is gone when it is named among good ones, or was alone', async () => {
    const gone = simulator.address(1, true);
    const { outcomes } = await vendor.send(vendorRequest(account, [simulator.address(0), gone]));
    expect(inShort(outcomes)).toEqual(['accepted', 'address-gone illegal-token']);
    expect(inShort((await vendor.send(vendorRequest(account, [gone]))).outcomes)).toEqual([
      'address-gone illegal-token',
    ]);
  });

  it('is gone when it was alone, also where the answer names no token', async () => {
    simulator.fail({ kind: 'reply', reply: json({ code: '80300007', msg: 'All the tokens are invalid' }) });
    expect(inShort((await vendor.send(vendorRequest(account, addresses(1)))).outcomes)).toEqual([
      'address-gone 80300007',
    ]);
  });

  it('is not gone when all of several are refused, which may as well be the account’s fault', async () => {
    const gone = [simulator.address(0, true), simulator.address(1, true)];
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, gone));
    expect(inShort(outcomes)).toEqual(Array(2).fill('rejected illegal-token'));
    expect(verdict).toBeUndefined();
  });
});

behavesUnderAToken({
  sample: () => ({
    vendor,
    request: (number) => vendorRequest(account, [simulator.address(number)]),
    grants: () => simulator.accessTokens.grants,
    expire: () => simulator.accessTokens.expire(),
  }),
  refused: () => ({
    request: vendorRequest(accountWith({ appSecret: 'wrong' }), addresses(2)),
    verdict: { code: '1101', detail: 'client secret is wrong' },
  }),
});

describe('the token service of Huawei', () => {
  it('that does not answer leaves everybody untouched: no push has left', async () => {
    const nowhere = accountWith({ authUrl: 'http://127.0.0.1:1/token' });
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(nowhere, addresses(1)));
    expect(verdict).toMatchObject({ problem: 'unreachable', code: 'ECONNREFUSED' });
    expect(inShort(outcomes)).toEqual(['retry ECONNREFUSED']);
  });
});

behavesLikeAVendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
  codes: CODES,
  reply: (code) => json({ code, msg: 'why', requestId: '1' }, 400),
});

describe('an answer by status alone', () => {
  it('of 503 slows the account down for as long as Huawei asks', async () => {
    simulator.throttledShare = 1;
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(2)));
    expect(verdict).toMatchObject({ problem: 'throttled', code: 'http-503', afterSeconds: 3 });
    expect(inShort(outcomes)).toEqual(Array(2).fill('retry http-503'));
  });

  it.each([
    [401, 'retry http-401', 'credentials'],
    [404, 'retry http-404', 'credentials'],
    [500, 'retry http-500', undefined],
    [502, 'unknown http-502', undefined],
    [200, 'unknown unreadable-answer', undefined],
  ])('of %i says what it says', async (status, outcome, problem) => {
    const reply = { status, body: '<html>' };
    simulator.fail({ kind: 'reply', reply }, { kind: 'reply', reply });
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(1)));
    expect(inShort(outcomes)).toEqual([outcome]);
    expect(verdict?.problem).toBe(problem);
  });
});

describe('the account', () => {
  const verify = (to: VendorAccountConfig) => vendor.verify(to, new AbortController().signal);

  it('is verified without a push', async () => {
    expect(await verify(account)).toEqual({
      ok: true,
      detail:
        'Huawei accepts the app id and secret and refuses nothing of the push that was tried but its made-up device token.',
    });
    expect(sent()).toMatchObject({ validate_only: true });
    expect(simulator.pushes).toBe(0);
  });

  it('tells a wrong secret, an unknown app and a host that is not there from one another', async () => {
    expect(await verify(accountWith({ appSecret: 'wrong' }))).toEqual({
      ok: false,
      detail: 'Huawei refuses the app id or its secret (1101: client secret is wrong).',
    });
    expect(await verify(accountWith({ projectId: '1' }))).toEqual({
      ok: false,
      detail: 'Huawei has nothing at this address: are the server and the id of the app or the project right?',
    });
    expect((await verify(accountWith({ authUrl: 'http://127.0.0.1:1/' }))).detail).toMatch(
      /^Huawei does not say at the moment whether it accepts the app id or its secret \(ECONNREFUSED: /,
    );
    expect((await verify(accountWith({ baseUrl: 'http://127.0.0.1:1' }))).detail).toMatch(
      /^Huawei’s push service cannot be reached: /,
    );
  });

  it('whose rights are in doubt is told so', async () => {
    simulator.fail({ kind: 'reply', reply: json({ code: '80300002', msg: 'No permission' }, 400) });
    const { ok, detail } = await verify(account);
    expect(ok).toBe(true);
    expect(detail).toContain('a push to a real device will tell');
    simulator.throttledShare = 1;
    expect(await verify(account)).toEqual({
      ok: false,
      detail: 'Huawei does not say at the moment whether it accepts the app id and secret (http-503: HTTP 503).',
    });
  });

  it('needs both of the receipts’ user and key, or none, and a category that there is', () => {
    expect(() => accountWith({ callbackUser: undefined })).toThrow('settings.callbackUser: is required together with');
    expect(() => accountWith({ callbackKey: undefined })).toThrow('settings.callbackKey: is required together with');
    expect(() => accountWith({ callbackUser: undefined, callbackKey: undefined })).not.toThrow();
    expect(() => accountWith({ category: 'NEWS' })).toThrow('settings.category: must be one of IM, VOIP, ');
  });
});

describe('a receipt that Huawei posts', () => {
  it('is read and answered as it is posted, 100 devices at a time', async () => {
    const readings = await readPostedReceipts(simulator, vendor, account, () =>
      vendor.send(vendorRequest(account, addresses(150))),
    );
    expect(readings.map(({ receipts }) => receipts.length).sort()).toEqual([100, 50]);
    expect(readings.flatMap(({ receipts }) => receipts)).toContainEqual({
      tag: '16-1',
      addresses: [simulator.address(149)],
      status: 'delivered',
      at: expect.any(Date),
    });
    const answer = { status: 200, body: '{"code":"0","message":"success","errno":"0","errmsg":"success"}' };
    expect(simulator.receiptAnswers).toEqual([answer, answer]);
  });

  it('is refused by an account with another key', async () => {
    const other = accountWith({ callbackKey: 'another' });
    const readings = await readPostedReceipts(simulator, vendor, other, () =>
      vendor.send(vendorRequest(account, addresses(1))),
    );
    expect(readings).toEqual([{ receipts: [], answer: { status: 401 } }]);
  });
});
