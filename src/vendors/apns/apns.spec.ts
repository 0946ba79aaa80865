import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApnsSimulator, GONE_SINCE } from '../../../test/support/vendors/apns/apns-simulator.js';
import { behavesLikeAnH2Vendor } from '../../../test/support/vendors/h2-behaviour.js';
import { json, type SimulatorReply } from '../../../test/support/vendors/http-simulator.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { Content } from '../../channels/channel-kind.js';
import type { VendorAccountConfig, VendorRequest } from '../vendor.js';
import { ApnsVendor } from './apns.js';
import { CODES } from './codes.js';
import { APNS } from './definition.js';

/** As APNs pairs them. */
const STATUSES: Readonly<Record<string, number>> = {
  Unregistered: 410,
  ExpiredToken: 410,
  PayloadTooLarge: 413,
  TooManyRequests: 429,
  TooManyProviderTokenUpdates: 429,
  InternalServerError: 500,
  ServiceUnavailable: 503,
  Shutdown: 503,
  BadPath: 404,
  MethodNotAllowed: 405,
};

let simulator: ApnsSimulator;
let vendor: ApnsVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new ApnsSimulator({ streams: 20 }).start();
  vendor = new ApnsVendor(new SystemClock());
  account = vendorAccount(APNS, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));
const refusal = (reason: string, status = STATUSES[reason] ?? 400): SimulatorReply => json({ reason }, status);
const sent = (index = -1): unknown => JSON.parse(simulator.seen.at(index)?.body ?? 'null');
const header = (name: string, index = -1): string | undefined => simulator.seen.at(index)?.headers[name]?.toString();
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

async function push(content: Content, options: unknown = {}, change: Partial<VendorRequest> = {}): Promise<string[]> {
  const request = vendorRequest(account, addresses(1), { content, options: { push: options }, ...change });
  return inShort((await vendor.send(request)).outcomes);
}

describe('a push to Apple devices', () => {
  it('goes to each of 1000 in a request of its own, on few sessions', async () => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(1000)));
    expect(verdict).toBeUndefined();
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(new Set(outcomes.map((outcome) => 'vendorReference' in outcome && outcome.vendorReference)).size).toBe(1000);
    expect(simulator.pushes).toBe(1000);
    expect(simulator.connections).toBe(2);
    expect(simulator.mostAtOnce).toBeLessThanOrEqual(40);
  });

  it('says everything that iOS can express', async () => {
    const options = {
      bigText: 'longer',
      image: 'https://example.com/x.png',
      badge: { set: 3 },
      collapseKey: 'order-1',
      displayUntil: new Date(Date.now() + 3_600_000).toISOString(),
      ios: { sound: 'base.caf', category: 'RESULT', threadId: 'lab', subtitle: 'S', contentAvailable: true },
      vendors: {
        apns: {
          sound: 'ding.caf',
          interruptionLevel: 'time-sensitive',
          relevanceScore: 0.5,
          targetContentId: 'window-1',
          filterCriteria: 'work',
        },
      },
    };
    const content = { title: 'T', text: 'X', url: 'https://example.com/1', ext: { order: 1, aps: 'not mine' } };
    expect(await push(content, options)).toEqual(['accepted']);
    expect(sent()).toEqual({
      url: 'https://example.com/1',
      image: 'https://example.com/x.png',
      order: 1,
      aps: {
        alert: { title: 'T', subtitle: 'S', body: 'X' },
        badge: 3,
        sound: 'ding.caf',
        'thread-id': 'lab',
        category: 'RESULT',
        'content-available': 1,
        'mutable-content': 1,
        'interruption-level': 'time-sensitive',
        'relevance-score': 0.5,
        'target-content-id': 'window-1',
        'filter-criteria': 'work',
      },
    });
    const { headers, path } = simulator.seen[0] ?? {};
    expect(path).toBe(`/3/device/${simulator.address(0)}`);
    expect(headers).toMatchObject({
      ':method': 'POST',
      'apns-topic': 'com.example.simulated',
      'apns-push-type': 'alert',
      'apns-priority': '10',
      'apns-collapse-id': 'order-1',
      authorization: expect.stringMatching(/^bearer [\w-]+\.[\w-]+\.[\w-]+$/),
    });
    expect(Math.abs(Number(header('apns-expiration')) - inSeconds(3600))).toBeLessThanOrEqual(2);
  });

  it('says little when little is asked for, and is kept for 30 days', async () => {
    await push({ text: 'X' }, { badge: { add: 2 } }, { priority: 'low' });
    expect(sent()).toEqual({ aps: { alert: { body: 'X' }, sound: 'default' } });
    expect(header('apns-priority')).toBe('5');
    expect(header('apns-collapse-id')).toBeUndefined();
    expect(Math.abs(Number(header('apns-expiration')) - inSeconds(30 * 86_400))).toBeLessThanOrEqual(2);
  });

  it('makes no sound where the message or the account wants none', async () => {
    await push({ text: 'X' }, { ios: { sound: 'none' } });
    expect(sent()).toEqual({ aps: { alert: { body: 'X' } } });
    account = vendorAccount(APNS, { ...simulator.settings, sound: 'none' });
    await push({ text: 'X' });
    expect(sent()).toEqual({ aps: { alert: { body: 'X' } } });
    await push({ text: 'X' }, { ios: { sound: 'bell' }, vendors: { apns: { interruptionLevel: 'critical' } } });
    const sound = { critical: 1, name: 'bell', volume: 1 };
    expect(sent()).toEqual({ aps: { alert: { body: 'X' }, sound, 'interruption-level': 'critical' } });
  });

  it('wakes the app when it is silent, with its data and at low priority', async () => {
    expect(await push({ text: 'sync', ext: { folder: 'inbox' } }, { type: 'cmd' }, { priority: 'high' })).toEqual([
      'accepted',
    ]);
    expect(sent()).toEqual({ text: 'sync', folder: 'inbox', aps: { 'content-available': 1 } });
    expect([header('apns-push-type'), header('apns-priority')]).toEqual(['background', '5']);
  });

  it('announces a call to the topic of PushKit, with a larger payload', async () => {
    const voip = { vendors: { apns: { voip: true } } };
    expect(await push({ title: 'Dr Wu', ext: { call: 'x'.repeat(4800) } }, voip)).toEqual(['accepted']);
    expect([header('apns-push-type'), header('apns-topic')]).toEqual(['voip', 'com.example.simulated.voip']);
  });

  it('goes to another topic where it names one', async () => {
    expect(await push({ text: 'X' }, { vendors: { apns: { topic: 'com.example.simulated.Clip' } } })).toEqual([
      'retry TopicDisallowed',
    ]);
    expect(header('apns-topic')).toBe('com.example.simulated.Clip');
  });

  it('hashes a collapse key that cannot stand in a header, the same each time', async () => {
    await push({ text: 'X' }, { collapseKey: '订单 1' });
    const first = header('apns-collapse-id');
    await push({ text: 'Y' }, { collapseKey: '订单 1' });
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(header('apns-collapse-id')).toBe(first);
  });

  it('has the same id whenever it is sent to the same person', async () => {
    await vendor.send(vendorRequest(account, addresses(2)));
    await vendor.send(vendorRequest(account, addresses(2)));
    const ids = [0, 1, 2, 3].map((index) => header('apns-id', index)).sort();
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([ids[0], ids[2]]).toEqual([ids[1], ids[3]]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  it('says to each person what is meant for them', async () => {
    const request = vendorRequest(account, addresses(3));
    const targets = request.targets.map((target, index) =>
      index === 0 ? target : { ...target, content: { text: `Hello ${index}` } },
    );
    await vendor.send({ ...request, targets });
    const texts = simulator.seen.map(({ path, body }) => [
      path.slice('/3/device/'.length),
      (JSON.parse(body) as { aps: { alert: { body: string } } }).aps.alert.body,
    ]);
    expect(new Map(texts as [string, string][])).toEqual(
      new Map([
        [simulator.address(0), 'Your result is ready.'],
        [simulator.address(1), 'Hello 1'],
        [simulator.address(2), 'Hello 2'],
      ]),
    );
  });

  it('tells devices that are gone, with the time since which they are, and tokens that are none', async () => {
    const gone = simulator.address(1, true);
    const { outcomes } = await vendor.send(vendorRequest(account, [simulator.address(0), gone, 'ab12', '../x?y=z']));
    expect(inShort(outcomes)).toEqual([
      'accepted',
      'address-gone Unregistered',
      'address-gone BadDeviceToken',
      'address-gone BadDeviceToken',
    ]);
    expect(outcomes[1]).toMatchObject({ since: new Date(GONE_SINCE) });
    expect(simulator.requests).toBe(3);
  });

  it('is refused before it is sent when it is too large, with both sizes', async () => {
    expect(await push({ title: 'T', ext: { blob: 'x'.repeat(4096) } })).toEqual([
      'rejected payload-too-large: 4155 of 4096 bytes',
    ]);
    expect(simulator.requests).toBe(0);
  });

  it('waits for its own device only when that gets too many', async () => {
    simulator.throttledShare = 0.5;
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(4)));
    expect(inShort(outcomes).sort()).toEqual([
      'accepted',
      'accepted',
      'retry TooManyRequests',
      'retry TooManyRequests',
    ]);
    expect(verdict).toBeUndefined();
  });
});

behavesLikeAnH2Vendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
  codes: CODES,
  reply: (code) => refusal(code),
});

describe('what APNs says besides', () => {
  it.each([
    ['BadEnvironmentKeyIdInToken', 403],
    ['UnrelatedKeyIdInTokenSince2030', 403],
    ['SomethingNew', 403],
  ])('%s is the account’s trouble', async (reason, status) => {
    simulator.fail({ kind: 'reply', reply: refusal(reason, status) });
    const { account: verdict } = await vendor.send(vendorRequest(account, addresses(1)));
    expect(verdict).toMatchObject({ problem: 'credentials', code: reason });
  });

  it.each([
    ['nothing', '', 'rejected http-400'],
    ['no JSON', '<html>', 'rejected http-400'],
    ['another type', '{"reason":7}', 'rejected http-400'],
    ['a name of every object', '{"reason":"toString"}', 'rejected toString'],
  ])('a refusal that holds %s is judged by its status', async (_, body, expected) => {
    simulator.fail({ kind: 'reply', reply: { status: 400, body } });
    expect(await push({ text: 'X' })).toEqual([expected]);
  });

  it('a farewell makes the next push go over another connection', async () => {
    simulator.fail({ kind: 'reply', reply: refusal('Shutdown') });
    expect(await push({ text: 'X' })).toEqual(['retry Shutdown']);
    expect(await push({ text: 'X' })).toEqual(['accepted']);
    expect(simulator.connections).toBe(2);
  });

  it('a token that has aged out is replaced once, for those who had it', async () => {
    simulator.fail({ kind: 'reply', reply: refusal('ExpiredProviderToken', 403) });
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(30)));
    expect(verdict).toBeUndefined();
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(new Set(simulator.seen.map(({ headers }) => headers.authorization)).size).toBe(2);
    expect(simulator.sends).toBe(31);
  });

  it('a warning about too many tokens leaves the token as it is', async () => {
    simulator.fail({ kind: 'reply', reply: refusal('TooManyProviderTokenUpdates') });
    await push({ text: 'X' });
    await push({ text: 'X' });
    expect(new Set(simulator.seen.map(({ headers }) => headers.authorization)).size).toBe(1);
  });
});

describe('an account that signs in with a certificate', () => {
  it('needs no token', async () => {
    account = vendorAccount(APNS, simulator.certificateSettings);
    expect(await push({ text: 'X' })).toEqual(['accepted']);
    expect(header('authorization')).toBeUndefined();
  });
});

describe('the account', () => {
  const { signal } = new AbortController();

  it('is verified without a push, by key and by certificate', async () => {
    expect(await vendor.verify(account, signal)).toEqual({
      ok: true,
      detail: 'APNs accepts the key, and refuses only the made-up device that was tried.',
    });
    const certified = vendorAccount(APNS, simulator.certificateSettings);
    expect(await vendor.verify(certified, signal)).toEqual({
      ok: true,
      detail: 'APNs accepts the certificate, and refuses only the made-up device that was tried.',
    });
    expect(simulator.pushes).toBe(0);
  });

  it('is told apart from one with a wrong key, clock, topic or address', async () => {
    const verified = async (change: Record<string, unknown>): Promise<unknown> =>
      vendor.verify(vendorAccount(APNS, { ...simulator.settings, ...change }), signal);
    expect(await verified({ teamId: 'OTHERTEAM1' })).toEqual({
      ok: false,
      detail:
        'APNs refuses the key (InvalidProviderToken: keyId, teamId and privateKey do not belong together, or the key was revoked).',
    });
    expect(await verified({ bundleId: 'com.example.other' })).toEqual({
      ok: false,
      detail: 'APNs refuses the key (TopicDisallowed: The key or certificate may not push to this bundleId).',
    });
    simulator.fail(
      { kind: 'reply', reply: refusal('ExpiredProviderToken', 403) },
      { kind: 'reply', reply: refusal('ExpiredProviderToken', 403) },
    );
    expect(await verified({})).toEqual({
      ok: false,
      detail:
        'APNs refuses the key (ExpiredProviderToken: A token that was made just now is called expired: is the clock of this machine right?).',
    });
    expect(await verified({ ca: undefined })).toEqual({
      ok: false,
      detail: expect.stringMatching(/^APNs cannot be reached \(SELF_SIGNED_CERT_IN_CHAIN: /),
    });
    expect(await verified({ allowPrivateNetwork: false })).toEqual({
      ok: false,
      detail: expect.stringMatching(/^APNs cannot be reached \(private-address: .*allowPrivateNetwork/),
    });
    simulator.fail({ kind: 'reply', reply: refusal('InternalServerError') });
    expect(await verified({})).toEqual({
      ok: false,
      detail: expect.stringMatching(
        /^APNs does not say at the moment whether it accepts the key \(InternalServerError: /,
      ),
    });
  });
});
