import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HonorSimulator } from '../../../test/support/vendors/honor/honor-simulator.js';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { readPostedReceipts } from '../../../test/support/vendors/read-posted-receipts.js';
import { behavesUnderAToken } from '../../../test/support/vendors/token-behaviour.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, receiptCall, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig, VerifyResult } from '../vendor.js';
import { CODES } from './codes.js';
import { HONOR } from './definition.js';
import { HonorVendor } from './honor.js';

let simulator: HonorSimulator;
let vendor: HonorVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new HonorSimulator().start();
  vendor = new HonorVendor(new SystemClock());
  account = vendorAccount(HONOR, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const accountWith = (settings: Record<string, unknown>): VendorAccountConfig =>
  vendorAccount(HONOR, { ...simulator.settings, ...settings });
const sent = (index = -1): unknown => JSON.parse(simulator.seen.at(index)?.body ?? '');
const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));

describe('a push to Honor devices', () => {
  it('goes out in one request for all of the same words', async () => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(1000)));
    expect(verdict).toBeUndefined();
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(outcomes[0]).toEqual({ status: 'accepted', vendorReference: '1760000000001' });
    expect(simulator.requests).toBe(2); // the access token's, and the push
    expect(simulator.pushes).toBe(1000);
  });

  it('goes out in more requests for an app that may name fewer devices in one', async () => {
    const { outcomes } = await vendor.send(vendorRequest(accountWith({ tokensPerRequest: 100 }), addresses(250)));
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(simulator.requests).toBe(1 + 3);
  });

  it('says no more than it must when there is no more to say', async () => {
    expect(inShort((await vendor.send(vendorRequest(account, addresses(1)))).outcomes)).toEqual(['accepted']);
    expect(sent()).toEqual({
      android: {
        biTag: '16-1',
        notification: {
          title: 'Lab result',
          body: 'Your result is ready.',
          clickAction: { type: 3 },
          importance: 'NORMAL',
        },
      },
      token: addresses(1),
    });
  });

  it('says everything that Honor can express', async () => {
    const push = {
      badge: { set: 3 },
      bigText: 'In full.',
      image: 'https://example.com/1.png',
      collapseKey: 'order-1',
      displayUntil: new Date(Date.now() + 3_600_000).toISOString(),
      android: { channelId: 'base', sound: 'ding' },
      vendors: { honor: { importance: 'LOW', testMessage: true, group: 'orders' } },
    };
    const content = { title: 'T', text: 'B', url: 'https://example.com/1', ext: { order: 1 } };
    const badged = accountWith({ badgeClass: 'com.example.Main' });
    const request = vendorRequest(badged, addresses(2), { content, options: { push } });
    expect(inShort((await vendor.send(request)).outcomes)).toEqual(['accepted', 'accepted']);
    expect(sent()).toEqual({
      data: '{"order":1}',
      android: {
        ttl: '3600s',
        biTag: '16-1',
        targetUserType: 1,
        notification: {
          title: 'T',
          body: 'B',
          image: 'https://example.com/1.png',
          clickAction: { type: 2, url: 'https://example.com/1' },
          style: 1,
          bigTitle: 'T',
          bigBody: 'In full.',
          importance: 'LOW',
          notifyId: expect.any(Number),
          group: 'orders',
          badge: { setNum: 3, badgeClass: 'com.example.Main' },
        },
      },
      token: addresses(2),
    });
  });

  it('hands a silent one through to the app', async () => {
    const content = { text: 'sync', ext: { folder: 'inbox' } };
    const { outcomes } = await vendor.send(
      vendorRequest(account, addresses(1), { content, options: { push: { type: 'cmd' } } }),
    );
    expect(inShort(outcomes)).toEqual(['accepted']);
    expect(sent()).toEqual({
      data: '{"text":"sync","folder":"inbox"}',
      android: { biTag: '16-1' },
      token: addresses(1),
    });
  });

  it('counts as what the account says, and leaves the icon alone where nobody said what the launcher is', async () => {
    const options = { push: { badge: { add: 1 } } };
    await vendor.send(vendorRequest(accountWith({ importance: 'LOW' }), addresses(1), { options }));
    const { notification } = (sent() as { android: { notification: Record<string, unknown> } }).android;
    expect(notification).toMatchObject({ importance: 'LOW' });
    expect(notification).not.toHaveProperty('badge');
  });

  it('with personal words goes out once for each of them', async () => {
    const request = vendorRequest(account, addresses(3));
    const own = { title: 'Own', text: 'Words' };
    const targets = request.targets.map((target, index) => (index === 1 ? { ...target, content: own } : target));
    expect(inShort((await vendor.send({ ...request, targets })).outcomes)).toEqual(Array(3).fill('accepted'));
    const sends = simulator.seen.filter(({ path }) => path.endsWith('/sendMessage'));
    expect(sends.map(({ body }) => (JSON.parse(body) as { token: string[] }).token)).toEqual(
      expect.arrayContaining([[addresses(3)[0], addresses(3)[2]], [addresses(3)[1]]]),
    );
  });

  it('is refused before it is sent when it is too large, the tokens not counted', async () => {
    const content = { title: 'T', text: 'x'.repeat(5000) };
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(2), { content }));
    expect(inShort(outcomes)).toEqual(Array(2).fill('rejected payload-too-large: 5125 of 4096 bytes'));
    expect(simulator.requests).toBe(0);
    const fitting = { title: 'T', text: 'x'.repeat(4096 - 125) };
    const many = await vendor.send(vendorRequest(account, addresses(500), { content: fitting }));
    expect(new Set(inShort(many.outcomes))).toEqual(new Set(['accepted']));
  });
});

describe('a token that Honor refuses', () => {
  it('is gone when it is expired, and just failed when it failed', async () => {
    const tokens = [simulator.address(0), simulator.address(1, true), 'strange'];
    const { outcomes } = await vendor.send(vendorRequest(account, tokens));
    expect(inShort(outcomes)).toEqual(['accepted', 'address-gone expired-token', 'rejected failed-token']);
  });

  it.each([
    [1, 'address-gone 80300007'],
    [2, 'rejected 80300007'],
  ])('in Huawei’s words, with all %i of a call, is gone only when it was alone', async (count, outcome) => {
    simulator.fail({ kind: 'reply', reply: json({ code: '80300007', message: 'all invalid' }) });
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(count)));
    expect(inShort(outcomes)).toEqual(Array(count).fill(outcome));
  });

  it.each([
    [{ code: 200, data: { sendResult: false } }, 'rejected not-sent'],
    [{ code: 200, data: null }, 'accepted'],
    [{ code: '80000000' }, 'accepted'],
    [{ code: 200, data: { failTokens: 7, expireTokens: { a: 1 }, requestId: 7 } }, 'accepted'],
  ])('is told by the rest of %j', async (answer, outcome) => {
    simulator.fail({ kind: 'reply', reply: json(answer) });
    expect(inShort((await vendor.send(vendorRequest(account, addresses(1)))).outcomes)).toEqual([outcome]);
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
    request: vendorRequest(accountWith({ clientSecret: 'wrong' }), addresses(2)),
    verdict: { code: 'unauthorized_client', detail: 'secret' },
  }),
});

behavesLikeAVendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
  codes: CODES,
  reply: (code) => json({ code: /^\d{3}$/.test(code) ? Number(code) : code, message: 'why' }),
});

describe('an answer without a code', () => {
  it.each([
    [403, 'retry http-403', 'credentials'],
    [404, 'retry http-404', 'credentials'],
    [422, 'rejected http-422', undefined],
    [429, 'retry http-429', 'throttled'],
    [500, 'retry http-500', undefined],
    [502, 'unknown http-502', undefined],
    [200, 'unknown unreadable-answer', undefined],
  ])('of status %i says what it says', async (status, outcome, problem) => {
    const reply = { status, body: '<html>' };
    simulator.fail({ kind: 'reply', reply }, { kind: 'reply', reply });
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(1)));
    expect(inShort(outcomes)).toEqual([outcome]);
    expect(verdict?.problem).toBe(problem);
  });

  it('is not needed to see that pushes come too fast', async () => {
    simulator.throttledShare = 1;
    const { account: verdict } = await vendor.send(vendorRequest(account, addresses(1)));
    expect(verdict).toEqual({ problem: 'throttled', code: '429', detail: 'too many requests' });
  });
});

describe('the account', () => {
  const verify = (to: VendorAccountConfig): Promise<VerifyResult> => vendor.verify(to, new AbortController().signal);

  it('is verified without a push', async () => {
    expect(await verify(account)).toEqual({
      ok: true,
      detail: 'Honor accepts the client id and its secret. Whether the app id is theirs, a push will tell.',
    });
    expect(await verify(accountWith({ clientSecret: 'wrong' }))).toEqual({
      ok: false,
      detail: 'Honor refuses the client id or its secret (unauthorized_client: secret).',
    });
    expect((await verify(accountWith({ authUrl: 'http://127.0.0.1:1' }))).detail).toMatch(
      /^Honor does not say at the moment whether it accepts the client id or its secret \(ECONNREFUSED: /,
    );
    expect(simulator.pushes).toBe(0);
  });
});

describe('a receipt of Honor', () => {
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

  it('says of two codes that the push arrived, and of the others nothing', () => {
    const entry = { biTag: '16-1', token: 'a', timestamp: 1_790_000_000_000 };
    const statuses = [{ ...entry, status: 0 }, { ...entry, status: '40000002' }, { ...entry, status: 7 }, null];
    const delivered = { tag: '16-1', addresses: ['a'], status: 'delivered', at: new Date(entry.timestamp) };
    expect(vendor.readReceipts(receiptCall({ statuses })).receipts).toEqual([delivered, delivered]);
  });

  it('that cannot be read is refused', () => {
    expect(vendor.readReceipts(receiptCall('nonsense'))).toEqual({ receipts: [], answer: { status: 400 } });
  });
});
