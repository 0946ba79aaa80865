import { afterEach, beforeEach, expect, it } from '@jest/globals';
import apn from '@parse/node-apn';
import { ApnsSimulator } from '../../../test/support/vendors/apns/apns-simulator.js';
import { TEST_AUTHORITY } from '../../../test/support/vendors/h2-certificates.js';
import type { SeenStream } from '../../../test/support/vendors/h2-simulator.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import { ApnsVendor } from './apns.js';
import { APNS } from './definition.js';

/** What we send against what the public client @parse/node-apn sends of an equal notification. */
let simulator: ApnsSimulator;
let provider: apn.Provider;
let vendor: ApnsVendor;

beforeEach(async () => {
  simulator = await new ApnsSimulator().start();
  const { privateKey, keyId, teamId } = simulator.settings as Record<string, string>;
  provider = new apn.Provider({
    token: { key: privateKey as string, keyId: keyId as string, teamId: teamId as string },
    address: '127.0.0.1',
    port: Number(new URL(simulator.url).port),
    ca: [TEST_AUTHORITY],
  });
  vendor = new ApnsVendor(new SystemClock());
});

afterEach(async () => {
  await provider.shutdown();
  await vendor.close();
  await simulator.close();
});

const COMMON = ['apns-push-type', 'apns-priority', 'apns-topic', 'apns-collapse-id', 'apns-expiration'];

/** The last request, as far as it does not differ from one to the next. */
function seen(): unknown {
  const { path, method, headers, body } = simulator.seen.at(-1) as SeenStream;
  const common = Object.fromEntries(COMMON.map((name) => [name, headers[name]]));
  return { method, path, headers: common, payload: JSON.parse(body) as unknown };
}

async function theirs(notification: apn.Notification): Promise<unknown> {
  const { failed } = await provider.send(notification, simulator.address(0));
  expect(failed).toEqual([]);
  return seen();
}

async function ours(content: object, push: object, expiry: number): Promise<unknown> {
  const account = vendorAccount(APNS, simulator.settings);
  const change = { content, options: { push }, expiresAt: new Date(expiry * 1000) };
  const { outcomes } = await vendor.send(vendorRequest(account, [simulator.address(0)], change));
  expect(inShort(outcomes)).toEqual(['accepted']);
  return seen();
}

it('an alert is the same, header for header and field for field', async () => {
  const expiry = Math.floor(Date.now() / 1000) + 3600;
  const notification = new apn.Notification();
  notification.topic = 'com.example.simulated';
  notification.pushType = 'alert';
  notification.priority = 10;
  notification.expiry = expiry;
  notification.collapseId = 'order-1';
  notification.alert = { title: 'T', subtitle: 'S', body: '检验结果' };
  notification.badge = 3;
  notification.sound = 'ding.caf';
  notification.threadId = 'lab';
  notification.mutableContent = true;
  notification.payload = { order: 1, url: 'https://example.com/1' };
  Object.assign(notification.aps, {
    category: 'RESULT',
    'interruption-level': 'time-sensitive',
    'relevance-score': 0.5,
  });
  const push = {
    badge: { set: 3 },
    collapseKey: 'order-1',
    ios: { subtitle: 'S', sound: 'ding.caf', threadId: 'lab', category: 'RESULT', mutableContent: true },
    vendors: { apns: { interruptionLevel: 'time-sensitive', relevanceScore: 0.5 } },
  };
  const content = { title: 'T', text: '检验结果', url: 'https://example.com/1', ext: { order: 1 } };
  expect(await ours(content, push, expiry)).toEqual(await theirs(notification));
});

it('a silent push is the same', async () => {
  const expiry = Math.floor(Date.now() / 1000) + 60;
  const notification = new apn.Notification();
  notification.topic = 'com.example.simulated';
  notification.pushType = 'background';
  notification.priority = 5;
  notification.expiry = expiry;
  notification.contentAvailable = true;
  notification.payload = { folder: 'inbox' };
  expect(await ours({ ext: { folder: 'inbox' } }, {}, expiry)).toEqual(await theirs(notification));
});

it('the simulator refuses what is wrong in theirs as well', async () => {
  const notification = new apn.Notification();
  notification.topic = 'com.example.simulated';
  notification.pushType = 'background';
  notification.alert = 'not silent';
  const { failed } = await provider.send(notification, simulator.address(0));
  expect(failed[0]?.response?.reason).toBe('BadPriority');
});
