import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FcmSimulator } from '../../../test/support/vendors/fcm/fcm-simulator.js';
import { behavesLikeAnH2Vendor } from '../../../test/support/vendors/h2-behaviour.js';
import { json, type SimulatorReply } from '../../../test/support/vendors/http-simulator.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import type { Content } from '../../channels/channel-kind.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig, VendorRequest } from '../vendor.js';
import { CODES } from './codes.js';
import { FCM } from './definition.js';
import { FcmVendor } from './fcm.js';

let simulator: FcmSimulator;
let vendor: FcmVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new FcmSimulator({ streams: 20 }).start();
  vendor = new FcmVendor(new SystemClock());
  account = vendorAccount(FCM, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));
const sent = (): unknown => JSON.parse(simulator.seen.at(-1)?.body ?? 'null');

/** As FCM tells an error code of its own. */
const ownError = (errorCode: string, status = 400, more: object[] = []): SimulatorReply =>
  json({ error: { code: status, message: 'why', status: 'SOME', details: [{ errorCode }, ...more] } }, status);
/** As Google tells an error of any service. */
const anyError = (word: string, status: number, message = 'why'): SimulatorReply =>
  json({ error: { code: status, message, status: word } }, status);

async function push(content: Content, options: unknown = {}, change: Partial<VendorRequest> = {}): Promise<string[]> {
  const request = vendorRequest(account, addresses(1), { content, options: { push: options }, ...change });
  return inShort((await vendor.send(request)).outcomes);
}

describe('a push through Firebase', () => {
  it('goes to each of 1000 in a request of its own, under one access token', async () => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(1000)));
    expect(verdict).toBeUndefined();
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(outcomes[0]).toMatchObject({
      vendorReference: expect.stringMatching(/^projects\/simulated-project\/messages\//),
    });
    expect(new Set(outcomes.map((outcome) => 'vendorReference' in outcome && outcome.vendorReference)).size).toBe(1000);
    expect([simulator.pushes, simulator.tokens]).toEqual([1000, 1]);
    expect(simulator.mostAtOnce).toBeLessThanOrEqual(40);
  });

  it('says everything that FCM can express, for whatever platform', async () => {
    const options = {
      bigText: 'longer',
      image: 'https://example.com/x.png',
      badge: { set: 3 },
      collapseKey: 'order-1',
      displayUntil: new Date(Date.now() + 3_600_000).toISOString(),
      ios: { category: 'RESULT', threadId: 'lab', subtitle: 'S', sound: 'ding.caf' },
      android: { channelId: 'base', sound: 'ding' },
      vendors: {
        fcm: {
          channelId: 'results',
          analyticsLabel: 'lab-results',
          icon: 'ic_lab',
          color: '#0066cc',
          visibility: 'PRIVATE',
          notificationPriority: 'PRIORITY_HIGH',
          sticky: true,
          interruptionLevel: 'time-sensitive',
        },
      },
    };
    const content = {
      title: 'T',
      text: 'X',
      url: 'https://example.com/1',
      ext: { order: 1, from: 'reserved', 'google.x': 'reserved' },
    };
    expect(await push(content, options, { priority: 'high' })).toEqual(['accepted']);
    const aps = {
      alert: { title: 'T', subtitle: 'S', body: 'X' },
      badge: 3,
      sound: 'ding.caf',
      'thread-id': 'lab',
      category: 'RESULT',
      'mutable-content': 1,
      'interruption-level': 'time-sensitive',
    };
    expect(sent()).toEqual({
      message: {
        token: simulator.address(0),
        notification: { title: 'T', body: 'X', image: 'https://example.com/x.png' },
        data: { url: 'https://example.com/1', order: '1' },
        android: {
          priority: 'HIGH',
          ttl: '3600s',
          collapse_key: 'order-1',
          notification: {
            channel_id: 'results',
            sound: 'ding',
            tag: 'order-1',
            notification_count: 3,
            icon: 'ic_lab',
            color: '#0066cc',
            visibility: 'PRIVATE',
            notification_priority: 'PRIORITY_HIGH',
            sticky: true,
          },
        },
        apns: {
          headers: {
            'apns-push-type': 'alert',
            'apns-priority': '10',
            'apns-expiration': expect.stringMatching(/^\d{10}$/),
            'apns-collapse-id': 'order-1',
          },
          payload: { aps },
        },
        webpush: {
          headers: { TTL: '3600', Urgency: 'high', Topic: expect.stringMatching(/^[\w-]{32}$/) },
          fcm_options: { link: 'https://example.com/1' },
        },
        fcm_options: { analytics_label: 'lab-results' },
      },
    });
    expect(simulator.seen.at(-1)?.headers).toMatchObject({
      ':path': '/v1/projects/simulated-project/messages:send',
      'content-type': 'application/json',
      authorization: expect.stringMatching(/^Bearer ya29\./),
    });
  });

  it('says little when little is asked for', async () => {
    await push({ text: 'X' }, { badge: { add: 2 } }, { priority: 'low' });
    expect(sent()).toEqual({
      message: {
        token: simulator.address(0),
        notification: { body: 'X' },
        android: { priority: 'NORMAL', notification: { default_sound: true } },
        apns: {
          headers: { 'apns-push-type': 'alert', 'apns-priority': '5' },
          payload: { aps: { alert: { body: 'X' }, sound: 'default' } },
        },
        webpush: { headers: { Urgency: 'low' } },
      },
    });
  });

  it('is data only when it is silent, and wakes nobody unless it is urgent', async () => {
    await push({ text: 'sync', ext: { folder: 'inbox', nested: { a: 1 } } }, { type: 'cmd' });
    expect(sent()).toEqual({
      message: {
        token: simulator.address(0),
        data: { text: 'sync', folder: 'inbox', nested: '{"a":1}' },
        android: { priority: 'NORMAL' },
        apns: {
          headers: { 'apns-push-type': 'background', 'apns-priority': '5' },
          payload: { aps: { 'content-available': 1 } },
        },
        webpush: { headers: { Urgency: 'normal' } },
      },
    });
    await push({ ext: { folder: 'inbox' } }, {}, { priority: 'high' });
    expect(sent()).toMatchObject({ message: { android: { priority: 'HIGH' } } });
  });

  it('leads into the app by an action or a link', async () => {
    await push({ text: 'X' }, { android: { clickAction: 'intent', intent: 'OPEN_RESULT' } });
    expect(sent()).toMatchObject({ message: { android: { notification: { click_action: 'OPEN_RESULT' } } } });
    await push({ text: 'X', url: 'app://result/1' });
    expect(sent()).toMatchObject({ message: { data: { url: 'app://result/1' }, webpush: { headers: {} } } });
    expect(JSON.stringify(sent())).not.toContain('fcm_options');
  });

  it('comes in the channel of the account where it names none', async () => {
    account = vendorAccount(FCM, { ...simulator.settings, channelId: 'usual' });
    await push({ text: 'X' });
    expect(sent()).toMatchObject({ message: { android: { notification: { channel_id: 'usual' } } } });
  });

  it('goes to installation ids where the account has these', async () => {
    account = vendorAccount(FCM, { ...simulator.settings, addressedBy: 'fid' });
    expect(await push({ text: 'X' })).toEqual(['accepted']);
    expect(sent()).toMatchObject({ message: { fid: simulator.address(0) } });
  });

  it('says to each person what is meant for them, whatever is in their address', async () => {
    const request = vendorRequest(account, [simulator.address(0), '"}, "topic": "all'], {});
    const targets = request.targets.map((target, index) => ({ ...target, content: { text: `Hello "${index}"` } }));
    const { outcomes } = await vendor.send({ ...request, targets });
    expect(inShort(outcomes)).toEqual(['accepted', 'address-gone INVALID_ARGUMENT']);
    const said = simulator.seen
      .filter(({ path }) => path !== '/token')
      .map(({ body }) => (JSON.parse(body) as { message: { token: string; notification: unknown } }).message)
      .map(({ token, notification }) => [token, notification]);
    expect(said).toEqual([
      [simulator.address(0), { body: 'Hello "0"' }],
      ['"}, "topic": "all', { body: 'Hello "1"' }],
    ]);
  });

  it('tells devices that are gone', async () => {
    const { outcomes } = await vendor.send(vendorRequest(account, [simulator.address(0), simulator.address(1, true)]));
    expect(inShort(outcomes)).toEqual(['accepted', 'address-gone UNREGISTERED']);
  });

  it('is refused before it is sent when it is too large, with both sizes', async () => {
    expect(await push({ title: 'T', ext: { blob: 'x'.repeat(4096) } })).toEqual([
      'rejected payload-too-large: 4145 of 4096 bytes',
    ]);
    expect(simulator.requests).toBe(0);
  });
});

behavesLikeAnH2Vendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
  codes: CODES,
  reply: (code) => ownError(code),
});

describe('what FCM says', () => {
  const outcomeOf = async (reply: SimulatorReply): Promise<unknown> => {
    simulator.fail({ kind: 'reply', reply });
    return vendor.send(vendorRequest(account, addresses(1)));
  };
  const retryAfter = (reply: SimulatorReply, seconds: string): SimulatorReply => ({
    ...reply,
    headers: { ...reply.headers, 'retry-after': seconds },
  });

  it.each([
    ['UNAUTHENTICATED', 401, 'credentials'],
    ['PERMISSION_DENIED', 403, 'credentials'],
    ['NOT_FOUND', 404, 'credentials'],
    ['RESOURCE_EXHAUSTED', 429, 'throttled'],
  ])('without an error code of its own, %s is judged by its status', async (word, status, problem) => {
    simulator.fail({ kind: 'reply', reply: anyError(word, status) });
    expect(await outcomeOf(anyError(word, status))).toMatchObject({ account: { problem, code: word } });
  });

  it('without any word, the HTTP status decides', async () => {
    expect(await outcomeOf({ status: 404, body: 'no such page' })).toMatchObject({
      outcomes: [{ status: 'rejected', code: 'http-404' }],
    });
    expect(await outcomeOf({ status: 502, body: '' })).toMatchObject({
      outcomes: [{ status: 'unknown', code: 'http-502' }],
    });
  });

  it('a wrong address is gone, by its field or by the words; another wrong field is the message’s fault', async () => {
    const named = (field: string): SimulatorReply =>
      ownError('INVALID_ARGUMENT', 400, [{ fieldViolations: [{ field }] }]);
    expect(await outcomeOf(named('message.token'))).toMatchObject({ outcomes: [{ status: 'address-gone' }] });
    expect(await outcomeOf(named('message.android.ttl'))).toMatchObject({ outcomes: [{ status: 'rejected' }] });
    const words = 'The registration token is not a valid FCM registration token';
    expect(await outcomeOf(anyError('INVALID_ARGUMENT', 400, words))).toMatchObject({
      outcomes: [{ status: 'address-gone', code: 'INVALID_ARGUMENT', detail: words }],
    });
  });

  it('a quota of the project rests the account, one of the device only the device', async () => {
    const ofDevice = [{ violations: [{ subject: 'device:1', description: 'Device message rate exceeded' }] }];
    expect(await outcomeOf(ownError('QUOTA_EXCEEDED', 429))).toMatchObject({
      account: { problem: 'throttled', afterSeconds: 60 },
    });
    expect(await outcomeOf(retryAfter(ownError('QUOTA_EXCEEDED', 429), '7'))).toMatchObject({
      account: { problem: 'throttled', afterSeconds: 7 },
    });
    const device = await outcomeOf(ownError('QUOTA_EXCEEDED', 429, ofDevice));
    expect(device).toEqual({ outcomes: [expect.objectContaining({ status: 'retry', afterSeconds: 60 })] });
  });

  it('a server that is not available is asked again when it says, or after ten seconds', async () => {
    expect(await outcomeOf(anyError('UNAVAILABLE', 503))).toMatchObject({
      outcomes: [{ status: 'retry', afterSeconds: 10 }],
    });
    expect(await outcomeOf(retryAfter(anyError('UNAVAILABLE', 503), '33'))).toMatchObject({
      outcomes: [{ status: 'retry', afterSeconds: 33 }],
    });
  });

  it.each(['', '{}', '{"name":7}', '[]', 'nonsense'])(
    'a success that cannot be read (%s) tells nothing',
    async (body) => {
      expect(await outcomeOf({ status: 200, body })).toMatchObject({
        outcomes: [{ status: 'unknown', code: 'unreadable-answer' }],
      });
    },
  );

  it.each([
    '{"error":7}',
    '{"error":{"details":[null,{"errorCode":{}}],"status":[]}}',
    '{"error":{"status":"toString"}}',
  ])('words of other types are borne (%s)', async (body) => {
    expect(await outcomeOf({ status: 400, body })).toMatchObject({ outcomes: [{ status: 'rejected' }] });
  });
});
