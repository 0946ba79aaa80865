import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { OppoSimulator } from '../../../test/support/vendors/oppo/oppo-simulator.js';
import { behavesUnderAToken } from '../../../test/support/vendors/token-behaviour.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig } from '../vendor.js';
import { CODES } from './codes.js';
import { OPPO } from './definition.js';
import { OppoVendor } from './oppo.js';

let simulator: OppoSimulator;
let vendor: OppoVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new OppoSimulator().start();
  vendor = new OppoVendor(new SystemClock());
  account = vendorAccount(OPPO, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));
const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);
const paths = (): string[] => simulator.seen.map(({ path }) => path.replace('/server/v1/', ''));

interface Sent {
  target_type: number;
  target_value: string;
  verify_registration_id: boolean;
  notification: Record<string, unknown>;
}

/** The message or messages of the latest request. */
function sent(): Sent[] {
  const form = new URLSearchParams(simulator.seen.at(-1)?.body);
  return JSON.parse(form.get('messages') ?? `[${form.get('message')}]`) as Sent[];
}

describe('a push to OPPO devices', () => {
  it('goes to one device by unicast', async () => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(1)));
    expect(verdict).toBeUndefined();
    expect(outcomes).toEqual([{ status: 'accepted', vendorReference: 'simulated-1-1-1' }]);
    expect(paths()).toEqual(['auth', 'message/notification/unicast']);
    expect(sent()).toEqual([
      {
        target_type: 2,
        target_value: simulator.address(0),
        verify_registration_id: false,
        notification: {
          app_message_id: '16-1-1',
          style: 1,
          title: 'Lab result',
          content: 'Your result is ready.',
          click_action_type: 0,
          off_line: true,
          off_line_ttl: 86_400,
        },
      },
    ]);
  });

  it('goes out in one request for 1000, each with its own receipt', async () => {
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(1000)));
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(outcomes[999]).toEqual({ status: 'accepted', vendorReference: 'simulated-1-1-1000' });
    expect(paths()).toEqual(['auth', 'message/notification/unicast_batch']);
    expect(simulator.pushes).toBe(1000);
  });

  it('says everything that OPPO can express', async () => {
    const allowed = vendorAccount(OPPO, { ...simulator.settings, badgeAllowed: true });
    const push = {
      bigText: 'y'.repeat(200),
      badge: { add: 2 },
      collapseKey: 'order-1',
      displayUntil: inHours(8).toISOString(),
      android: { channelId: 'base', sound: 'ding' },
      vendors: {
        oppo: {
          channelId: 'orders',
          category: 'ORDER',
          notifyLevel: 16,
          subTitle: 'Lab 3',
          privateTemplateId: 't-1',
          privateTitleParameters: { name: 'Ada' },
          privateContentParameters: { number: 7 },
        },
      },
    };
    const content = { title: 'T'.repeat(60), text: 'short', url: 'https://example.com/1', ext: { order: 1 } };
    const receiptUrl = 'https://push.example.com/r';
    const request = vendorRequest(allowed, addresses(1), { content, options: { push }, receiptUrl });
    expect(inShort((await vendor.send(request)).outcomes)).toEqual(['accepted']);
    await simulator.receiptsPosted();
    expect(sent()[0]?.notification).toEqual({
      app_message_id: '16-1-1',
      style: 2,
      title: `${'T'.repeat(49)}…`,
      sub_title: 'Lab 3',
      content: `${'y'.repeat(127)}…`,
      click_action_type: 2,
      click_action_url: 'https://example.com/1',
      action_parameters: '{"order":"1"}',
      off_line: true,
      off_line_ttl: 28_800,
      show_ttl: 28_800,
      channel_id: 'orders',
      category: 'ORDER',
      notify_level: 16,
      notify_id: expect.any(Number),
      private_msg_template_id: 't-1',
      private_title_parameters: '{"name":"Ada"}',
      private_content_parameters: '{"number":"7"}',
      badge_operation_type: 1,
      badge_message_count: 2,
      call_back_url: receiptUrl,
      call_back_parameter: '16-1-1',
    });
  });

  it('opens links and intents by their scheme', async () => {
    const click = async (url: string | undefined, android: object): Promise<unknown[]> => {
      await vendor.send(
        vendorRequest(account, addresses(1), { content: { title: 'T', url }, options: { push: { android } } }),
      );
      const { click_action_type: type, click_action_url: target } = sent()[0]?.notification ?? {};
      return [type, target];
    };
    expect(await click('example://orders/1', {})).toEqual([5, 'example://orders/1']);
    expect(await click(undefined, { intent: 'intent://x#Intent;end' })).toEqual([5, 'intent://x#Intent;end']);
    expect(await click(undefined, { intent: 'intent://x#Intent;end', clickAction: 'open_app' })).toEqual([
      0,
      undefined,
    ]);
  });

  it('keeps to the times that OPPO takes, and to what the account may', async () => {
    const push = { badge: { set: 3 }, displayUntil: inHours(48).toISOString() };
    await vendor.send(vendorRequest(account, addresses(1), { options: { push }, expiresAt: inHours(0.5) }));
    const notification = sent()[0]?.notification ?? {};
    expect(notification).toMatchObject({ off_line_ttl: 3_600 });
    expect(notification).not.toHaveProperty('show_ttl');
    expect(notification).not.toHaveProperty('badge_operation_type');
  });

  it('has the channel, category and level of its account, unless it names others', async () => {
    const settings = { ...simulator.settings, channelId: 'c', category: 'IM', notifyLevel: 16, badgeAllowed: true };
    const withUsual = vendorAccount(OPPO, settings);
    const push = { badge: { set: 0 } };
    await vendor.send(vendorRequest(withUsual, addresses(1), { options: { push } }));
    expect(sent()[0]?.notification).toMatchObject({
      channel_id: 'c',
      category: 'IM',
      notify_level: 16,
      badge_operation_type: 0,
      badge_message_count: 0,
    });
    const other = { vendors: { oppo: { category: 'MARKETING' } } };
    await vendor.send(vendorRequest(withUsual, addresses(1), { options: { push: other } }));
    expect(sent()[0]?.notification).toMatchObject({ channel_id: 'c', category: 'MARKETING' });
    expect(sent()[0]?.notification).not.toHaveProperty('notify_level');
  });

  it('is spelled in camel case for an account that wants it', async () => {
    simulator.fieldCase = 'camel';
    const camel = vendorAccount(OPPO, { ...simulator.settings, fieldCase: 'camel' });
    const { outcomes } = await vendor.send(vendorRequest(camel, addresses(1)));
    expect(inShort(outcomes)).toEqual(['accepted']);
    expect(sent()[0]).toMatchObject({ target_type: 2, notification: { appMessageId: '16-1-1', offLineTtl: 86_400 } });
    expect(inShort((await vendor.send(vendorRequest(account, addresses(1)))).outcomes)).toEqual(['rejected 41']);
  });

  it('that is silent goes by another account, since OPPO shows everything', async () => {
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(2), { content: { ext: { sync: 1 } } }));
    expect(inShort(outcomes)).toEqual(Array(2).fill('unreachable no-silent-push'));
    expect(simulator.requests).toBe(0);
  });

  it('says to each person their own words, all in one request', async () => {
    const request = vendorRequest(account, addresses(3));
    const [first, second, third] = request.targets;
    const targets = [
      { ...first!, content: { title: 'Hi Ada', text: 'A' } },
      { ...second!, content: { title: 'Hi Bob', text: 'B', ext: { blob: 'x'.repeat(4_000) } } },
      third!,
    ];
    const { outcomes } = await vendor.send({ ...request, targets });
    expect(inShort(outcomes)).toEqual(['accepted', 'rejected data-too-long: 4011 of 4000 characters', 'accepted']);
    expect(paths()).toEqual(['auth', 'message/notification/unicast_batch']);
    expect(sent().map(({ target_value, notification }) => [target_value, notification['title']])).toEqual([
      [simulator.address(0), 'Hi Ada'],
      [simulator.address(2), 'Lab result'],
    ]);
  });

  it('tells dead ids from good ones, and a single dead one as well', async () => {
    const dead = simulator.address(1, true);
    const { outcomes } = await vendor.send(vendorRequest(account, [simulator.address(0), dead]));
    expect(inShort(outcomes)).toEqual(['accepted', 'address-gone 10000']);
    expect(inShort((await vendor.send(vendorRequest(account, [dead]))).outcomes)).toEqual(['address-gone 10000']);
  });

  it('takes trouble of the account from one device of a batch, and knows nothing of a device that is not listed', async () => {
    const [first, second, third] = addresses(3);
    const data = [
      { registrationId: first, messageId: 'm1' },
      { registrationId: second, errorCode: '13', errorMessage: 'App Call Limited' },
    ];
    simulator.fail({ kind: 'reply', reply: json({ code: 0, data }) });
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, [first!, second!, third!]));
    expect(inShort(outcomes)).toEqual(['accepted', 'retry 13', 'unknown not-listed']);
    expect(verdict).toEqual({ problem: 'throttled', code: '13', detail: 'App Call Limited' });
  });

  it('that is repeated is seen once', async () => {
    simulator.fail({ kind: 'half' });
    const request = vendorRequest(account, addresses(2));
    expect(inShort((await vendor.send(request)).outcomes)).toEqual(Array(2).fill('unknown answer-lost'));
    expect(inShort((await vendor.send({ ...request, attempt: 2 })).outcomes)).toEqual(Array(2).fill('accepted'));
    expect(simulator.pushes).toBe(2);
  });

  it('is divided into several requests when one would be too large', async () => {
    const content = { title: 'T', text: '检'.repeat(50), ext: { blob: 'x'.repeat(3_900) } };
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(1000), { content }));
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(simulator.requests).toBeGreaterThan(3);
    expect(simulator.pushes).toBe(1000);
  });
});

behavesLikeAVendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
  codes: CODES,
  reply: (code) => json({ code: Number(code), message: 'why' }),
});

behavesUnderAToken({
  sample: () => ({
    vendor,
    request: (number) => vendorRequest(account, [simulator.address(number)]),
    grants: () => simulator.grants,
    expire: () => simulator.expireTokens(),
  }),
  refused: () => ({
    request: vendorRequest(vendorAccount(OPPO, { ...simulator.settings, masterSecret: 'wrong' }), addresses(2)),
    verdict: { code: '16', detail: 'Invalid Signature' },
  }),
});

describe('the account', () => {
  const verify = (settings: object = {}): Promise<unknown> =>
    vendor.verify(vendorAccount(OPPO, { ...simulator.settings, ...settings }), new AbortController().signal);

  it('is verified without a push', async () => {
    expect(await verify()).toEqual({ ok: true, detail: 'OPPO accepts the AppKey and the MasterSecret.' });
    expect(await verify({ masterSecret: 'wrong' })).toEqual({
      ok: false,
      detail: 'OPPO refuses the AppKey or the MasterSecret (16: Invalid Signature).',
    });
    const wrongUrl = await verify({ baseUrl: `${simulator.url}/elsewhere` });
    expect(wrongUrl).toMatchObject({
      ok: false,
      detail: 'OPPO refuses the AppKey or the MasterSecret (http-404: HTTP 404).',
    });
    await simulator.close();
    expect(await verify()).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^OPPO does not say at the moment whether it accepts the AppKey/),
    });
  });
});
