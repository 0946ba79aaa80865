import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { VAPID, WebPushSimulator } from '../../../test/support/vendors/webpush/webpush-simulator.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig, VendorRequest } from '../vendor.js';
import { STATUSES } from './codes.js';
import { WEBPUSH } from './definition.js';
import { WebPushVendor } from './webpush.js';

interface WebPushLibrary {
  generateRequestDetails(
    subscription: unknown,
    payload: string,
    options: Record<string, unknown>,
  ): { endpoint: string; method: string; headers: Record<string, string | number>; body: Buffer };
}

const library = createRequire(import.meta.url)('web-push') as WebPushLibrary;

let simulator: WebPushSimulator;
let vendor: WebPushVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new WebPushSimulator().start();
  vendor = new WebPushVendor(new SystemClock());
  account = vendorAccount(WEBPUSH, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const addresses = (count: number): string[] => Array.from({ length: count }, (_, number) => simulator.address(number));
const send = async (to: readonly string[], change: Partial<VendorRequest> = {}): Promise<string[]> =>
  inShort((await vendor.send(vendorRequest(account, to, change))).outcomes);
const headersOf = (index = -1): Record<string, unknown> => {
  const { ttl, urgency, topic } = simulator.received.at(index)?.headers ?? {};
  return { ttl, urgency, ...(topic === undefined ? {} : { topic }) };
};
const payloadOf = (index = -1): unknown => simulator.received.at(index)?.payload;

describe('a push to browsers', () => {
  it('reaches each of them by a request of its own, many at once', async () => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(300)));
    expect(verdict).toBeUndefined();
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(outcomes).toContainEqual({ status: 'accepted', vendorReference: `${simulator.url}/message/1` });
    expect(simulator.requests).toBe(300);
    expect(new Set(simulator.received.map(({ browser }) => browser)).size).toBe(300);
  });

  it('says everything that a browser can show', async () => {
    account = vendorAccount(WEBPUSH, { ...simulator.settings, icon: 'https://example.com/usual.png' });
    const push = {
      bigText: 'long',
      image: 'https://example.com/i.png',
      badge: { add: 1 },
      collapseKey: 'order-1',
      displayUntil: new Date(Date.now() + 3_600_000).toISOString(),
      android: { channelId: 'base', sound: 'ding' },
      vendors: {
        webpush: {
          badgeIcon: 'https://example.com/b.png',
          requireInteraction: true,
          renotify: true,
          silent: true,
          actions: [{ action: 'open', title: 'Open' }],
        },
      },
    };
    const content = { title: 'T', text: 'x', url: '/orders/1', ext: { order: 1 } };
    expect(await send(addresses(1), { content, options: { push }, priority: 'high' })).toEqual(['accepted']);
    expect(payloadOf()).toEqual({
      title: 'T',
      body: 'x',
      image: 'https://example.com/i.png',
      icon: 'https://example.com/usual.png',
      badge: 'https://example.com/b.png',
      tag: 'order-1',
      renotify: true,
      requireInteraction: true,
      silent: true,
      actions: [{ action: 'open', title: 'Open' }],
      url: '/orders/1',
      data: { order: 1 },
      appBadge: { add: 1 },
    });
    expect(headersOf()).toEqual({ ttl: '3600', urgency: 'high', topic: expect.stringMatching(/^[\w-]{32}$/) });
  });

  it('needs no more than a text', async () => {
    await send(addresses(1), {
      content: { text: 'Hello' },
      options: { push: { vendors: { webpush: { renotify: true } } } },
    });
    expect(payloadOf()).toEqual({ title: 'Hello' });
    expect(headersOf()).toEqual({ ttl: '2419200', urgency: 'normal' });
  });

  it('is handed to the site without being shown', async () => {
    const content = { text: 'sync', ext: { folder: 'inbox' } };
    await send(addresses(1), { content, options: { push: { type: 'cmd' } } });
    expect(payloadOf()).toEqual({ hidden: true, data: { text: 'sync', folder: 'inbox' } });
    expect(headersOf()).toEqual({ ttl: '2419200', urgency: 'low' });
  });

  it.each([
    [{ priority: 'low' }, { urgency: 'low', ttl: '2419200' }],
    [{ options: { push: { vendors: { webpush: { urgency: 'very-low' } } } } }, { urgency: 'very-low' }],
    [{ expiresAt: new Date(Date.now() + 90 * 86_400_000) }, { ttl: '2419200' }],
    [{ expiresAt: new Date(Date.now() - 5_000) }, { ttl: '1' }],
  ] as const)('is as urgent and lasts as long as it is asked to (%#)', async (change, expected) => {
    await send(addresses(1), change);
    expect(headersOf()).toMatchObject(expected);
  });

  it('takes the place of one with the same key alone', async () => {
    for (const collapseKey of ['a', 'a', 'b']) await send(addresses(1), { options: { push: { collapseKey } } });
    const topics = [0, 1, 2].map((index) => headersOf(index)['topic']);
    expect(topics[0]).toBe(topics[1]);
    expect(topics[0]).not.toBe(topics[2]);
  });

  it('says to each person what is meant for them', async () => {
    const request = vendorRequest(account, addresses(2));
    const targets = request.targets.map((target, index) => ({ ...target, content: { title: `For ${index}` } }));
    await vendor.send({ ...request, targets });
    const titles = Object.fromEntries(simulator.received.map(({ browser, payload }) => [browser, payload['title']]));
    expect(titles).toEqual({ 0: 'For 0', 1: 'For 1' });
  });

  it('is refused before it is sent when it is too large, with both sizes', async () => {
    const size = (ext: unknown): number => Buffer.byteLength(JSON.stringify({ title: 'T', data: ext }));
    const ext = { blob: '字'.repeat(1300) };
    ext.blob += 'x'.repeat(3993 - size(ext));
    expect(await send(addresses(1), { content: { title: 'T', ext } })).toEqual(['accepted']);
    ext.blob += 'x';
    const outcomes = await send(addresses(2), { content: { title: 'T', ext } });
    expect(outcomes).toEqual(Array(2).fill('rejected payload-too-large: 3994 of 3993 bytes'));
    expect(simulator.requests).toBe(1);
  });
});

behavesLikeAVendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
  codes: STATUSES,
  reply: (code) => {
    const reply = { status: Number(code), body: 'why' };
    // Both requests of the call get it.
    simulator.fail({ kind: 'reply', reply });
    return reply;
  },
  outcomeCode: (code) => `http-${code}`,
});

describe('a subscription', () => {
  const json = (endpoint: unknown, keys: unknown): string => JSON.stringify({ endpoint, keys });
  const good = (): { endpoint: string; keys: { p256dh: string; auth: string } } =>
    JSON.parse(simulator.address(0)) as ReturnType<typeof good>;

  it('that has expired is gone, and takes nobody else with it', async () => {
    expect(await send([simulator.address(0), simulator.address(1, true)])).toEqual([
      'accepted',
      'address-gone http-410',
    ]);
  });

  it.each([
    ['no JSON', () => 'dGVzdA'],
    ['no object', () => '[]'],
    ['no keys', () => json(good().endpoint, undefined)],
    ['no endpoint', () => json(undefined, good().keys)],
    ['an endpoint of another kind', () => json('ftp://example.com/x', good().keys)],
    ['an endpoint with a password', () => json('https://a:b@example.com/x', good().keys)],
    ['keys of another type', () => json(good().endpoint, { p256dh: 1, auth: [] })],
    ['a point beside the curve', () => json(good().endpoint, { ...good().keys, p256dh: `B${'A'.repeat(86)}` })],
    ['half a secret', () => json(good().endpoint, { ...good().keys, auth: 'AAAA' })],
    ['more than 2000 bytes', () => json(`${good().endpoint}?${'x'.repeat(2000)}`, good().keys)],
  ])('that is %s is gone', async (_what, address) => {
    expect(await send([address(), simulator.address(1)])).toEqual(['address-gone invalid-subscription', 'accepted']);
  });

  it('may have its keys in ordinary base64', async () => {
    const { endpoint, keys } = good();
    const plain = (text: string): string => Buffer.from(text, 'base64url').toString('base64');
    expect(await send([json(endpoint, { p256dh: plain(keys.p256dh), auth: plain(keys.auth) })])).toEqual(['accepted']);
  });

  it('must not lead into a private network, nor over plain http', async () => {
    account = vendorAccount(WEBPUSH, VAPID);
    const inside = json('https://127.0.0.1:1/push', good().keys);
    expect(await send([simulator.address(0), inside])).toEqual([
      'address-gone invalid-subscription',
      'rejected private-address',
    ]);
    expect(simulator.requests).toBe(0);
  });

  it('for another key is refused alone, even when all are such', async () => {
    const other = [simulator.otherAddress(0), simulator.otherAddress(1)];
    expect(await send([...other, simulator.address(2)])).toEqual([
      'rejected other-vapid-key',
      'rejected other-vapid-key',
      'accepted',
    ]);
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, other));
    expect(inShort(outcomes)).toEqual(Array(2).fill('rejected other-vapid-key'));
    expect(verdict).toBeUndefined();
  });
});

describe('trouble with push services', () => {
  const dead = (path: string): string => {
    const { keys } = JSON.parse(simulator.address(0)) as { keys: unknown };
    return JSON.stringify({ endpoint: `http://127.0.0.1:1/${path}`, keys });
  };
  const refused = { kind: 'reply', reply: { status: 401, body: '{"reason":"BadJwtToken"}' } } as const;

  it('is of one subscription when its sign-in alone is refused', async () => {
    simulator.fail(refused);
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(3)));
    expect(verdict).toBeUndefined();
    expect(inShort(outcomes).sort()).toEqual(['accepted', 'accepted', 'rejected http-401']);
    simulator.fail(refused);
    expect(await send(addresses(1))).toEqual(['rejected http-401']);
  });

  it('is of the account when every sign-in of a call is refused', async () => {
    simulator.fail(refused, refused);
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(2), { attempt: 2 }));
    expect(inShort(outcomes)).toEqual(Array(2).fill('retry http-401'));
    expect(verdict).toEqual({ problem: 'credentials', code: 'http-401', detail: '{"reason":"BadJwtToken"}' });
  });

  it('of one service leaves the others alone, and is found out but once', async () => {
    account = vendorAccount(WEBPUSH, { ...simulator.settings, connections: 1 });
    simulator.fail({ kind: 'reply', reply: { status: 429, headers: { 'retry-after': '120' } } });
    const targets = addresses(200);
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, [...targets, dead('a')]));
    expect(verdict).toBeUndefined();
    expect(inShort(outcomes)).toContain('retry ECONNREFUSED');
    expect(outcomes).toContainEqual({
      status: 'retry',
      code: 'http-429',
      detail: 'The push service answered 429.',
      afterSeconds: 120,
    });
    expect(simulator.requests).toBeLessThan(100);
  });

  it('is not of the account when those that could not be reached before cannot be again', async () => {
    const { outcomes, account: verdict } = await vendor.send(
      vendorRequest(account, [dead('a'), dead('b')], { attempt: 2 }),
    );
    expect(inShort(outcomes)).toEqual(Array(2).fill('retry ECONNREFUSED'));
    expect(verdict).toBeUndefined();
    expect((await vendor.send(vendorRequest(account, [dead('a')]))).account).toBeUndefined();
  });
});

describe('the account', () => {
  it('is verified by its keys, since nothing can be asked', async () => {
    expect(await vendor.verify(account)).toEqual({
      ok: true,
      detail: 'The two VAPID keys belong together. Push services can be asked nothing without a push.',
    });
    const mixed = { ...account, settings: { ...account.settings, publicKey: VAPID.privateKey } };
    expect(await vendor.verify(mixed)).toEqual({ ok: false, detail: 'The two VAPID keys do not belong together.' });
    expect(simulator.requests).toBe(0);
  });
});

describe('beside the library web-push', () => {
  const claims = (authorization: unknown): Record<string, unknown> => {
    const [, header = '', body = ''] = /^vapid t=([\w-]+)\.([\w-]+)\./.exec(String(authorization)) ?? [];
    const read = (part: string): object => JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
    return { ...read(header), ...read(body), key: String(authorization).split('k=')[1] };
  };

  it('a push has the same headers and is read alike', async () => {
    await send(addresses(1), { options: { push: { collapseKey: 'k' } } });
    const ours = simulator.received.at(-1);
    const { endpoint, method, headers, body } = library.generateRequestDetails(
      JSON.parse(simulator.address(0)),
      JSON.stringify(ours?.payload),
      { vapidDetails: VAPID, topic: ours?.headers['topic'], urgency: 'normal' },
    );
    const text = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const answer = await fetch(endpoint, { method, headers: text, body });
    expect(answer.status).toBe(201);
    const theirs = simulator.received.at(-1);
    expect(theirs).not.toBe(ours);
    expect(theirs?.payload).toEqual(ours?.payload);
    for (const name of ['ttl', 'urgency', 'topic', 'content-encoding', 'content-type', 'content-length'])
      expect([name, ours?.headers[name]]).toEqual([name, theirs?.headers[name]]);
    const expected = claims(theirs?.headers.authorization);
    const found = claims(ours?.headers.authorization);
    expect({ ...found, exp: 0 }).toEqual({ ...expected, exp: 0 });
    expect(Math.abs(Number(found['exp']) - Number(expected['exp']))).toBeLessThan(60);
  });
});
