import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { behavesUnderAToken } from '../../../test/support/vendors/token-behaviour.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { VivoSimulator } from '../../../test/support/vendors/vivo/vivo-simulator.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig } from '../vendor.js';
import { CODES } from './codes.js';
import { VIVO } from './definition.js';
import { VivoVendor } from './vivo.js';

let simulator: VivoSimulator;
let vendor: VivoVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new VivoSimulator().start();
  vendor = new VivoVendor(new SystemClock());
  account = vendorAccount(VIVO, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));
const paths = (): string[] => simulator.seen.map(({ path }) => path.replace('/message/', ''));
const sent = (index = -1): Record<string, unknown> =>
  JSON.parse(simulator.seen.at(index)?.body ?? '{}') as Record<string, unknown>;
const refuse = (result: number): void => simulator.fail({ kind: 'reply', reply: json({ result, desc: 'why' }) });
/** Lets the saving of a message pass, so that the next fault is for the list. */
const letSavingPass = (): void => simulator.fail({ kind: 'slow', milliseconds: 0 });
const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);

describe('a push to vivo devices', () => {
  it('goes to one device at once', async () => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(1)));
    expect(verdict).toBeUndefined();
    expect(outcomes).toEqual([{ status: 'accepted', vendorReference: 'task-1' }]);
    expect(paths()).toEqual(['auth', 'send']);
    expect(sent()).toEqual({
      appId: 10004,
      regId: simulator.address(0),
      notifyType: 4,
      title: 'Lab result',
      content: 'Your result is ready.',
      skipType: 1,
      classification: 0,
      extra: { 'callback.id': 'vivo-simulator-receipts', 'callback.param': '16-1' },
      pushMode: 0,
      notifyId: expect.any(Number),
      requestId: expect.stringMatching(/^16-1-1-[0-9a-f]{24}$/),
    });
  });

  it('goes to 1000 by a saved message and one list', async () => {
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(1000)));
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(outcomes[999]).toEqual({ status: 'accepted', vendorReference: 'task-1' });
    expect(paths()).toEqual(['auth', 'saveListPayload', 'pushToList']);
    expect(sent(-2)).toMatchObject({ title: 'Lab result', requestId: expect.stringMatching(/^16-1-1-.+-save$/) });
    expect(sent(-2)).not.toHaveProperty('regId');
    expect(sent()).toEqual({
      appId: 10004,
      regIds: addresses(1000),
      taskId: 'task-1',
      requestId: expect.stringMatching(/^16-1-1-[0-9a-f]{24}$/),
      pushMode: 0,
    });
    expect(simulator.pushes).toBe(1000);
  });

  it('says everything that vivo can express', async () => {
    const push = {
      badge: { add: 3 },
      collapseKey: 'order-1',
      bigText: 'long',
      displayUntil: inHours(1).toISOString(),
      vendors: { vivo: { classification: 1, category: 'ORDER', notifyType: 2, pushMode: 1, foregroundShow: false } },
    };
    const content = { title: '检'.repeat(30), text: 'x'.repeat(200), url: 'https://example.com/1', ext: { order: 1 } };
    const request = vendorRequest(account, addresses(1), { content, options: { push } });
    expect(inShort((await vendor.send(request)).outcomes)).toEqual(['accepted']);
    expect(sent()).toEqual({
      appId: 10004,
      regId: simulator.address(0),
      notifyType: 2,
      title: `${'检'.repeat(19)}…`,
      content: `${'x'.repeat(98)}…`,
      timeToLive: 3_600,
      skipType: 2,
      skipContent: 'https://example.com/1',
      classification: 1,
      category: 'ORDER',
      clientCustomMap: { order: '1' },
      extra: { 'callback.id': 'vivo-simulator-receipts', 'callback.param': '16-1' },
      pushMode: 1,
      notifyId: expect.any(Number),
      foregroundShow: false,
      addBadge: true,
      requestId: expect.any(String),
    });
  });

  it('opens links and intents as pages of the app', async () => {
    const click = async (url: string | undefined, android: object): Promise<unknown[]> => {
      const change = { content: { title: 'T', url }, options: { push: { android } } };
      await vendor.send(vendorRequest(account, addresses(1), change));
      return [sent()['skipType'], sent()['skipContent']];
    };
    expect(await click('example://orders/1', {})).toEqual([4, 'example://orders/1']);
    expect(await click(undefined, { intent: 'intent://x#Intent;end' })).toEqual([4, 'intent://x#Intent;end']);
    expect(await click(undefined, { intent: 'intent://x#Intent;end', clickAction: 'open_app' })).toEqual([
      1,
      undefined,
    ]);
  });

  it('lives at least a minute, in a list a quarter of an hour', async () => {
    await vendor.send(vendorRequest(account, addresses(1), { expiresAt: inHours(0.001) }));
    expect(sent()).toMatchObject({ timeToLive: 60 });
    await vendor.send(vendorRequest(account, addresses(2), { expiresAt: inHours(0.001) }));
    expect(sent(-2)).toMatchObject({ timeToLive: 900 });
  });

  it('is of the class that it names, or its category, or the account', async () => {
    const classOf = async (settings: object, own: object): Promise<unknown[]> => {
      const classed = vendorAccount(VIVO, { ...simulator.settings, ...settings });
      await vendor.send(vendorRequest(classed, addresses(1), { options: { push: { vendors: { vivo: own } } } }));
      return [sent()['classification'], sent()['category']];
    };
    expect(await classOf({ category: 'IM' }, {})).toEqual([1, 'IM']);
    expect(await classOf({ classification: 1 }, {})).toEqual([1, undefined]);
    expect(await classOf({ category: 'IM' }, { category: 'NEWS' })).toEqual([0, 'NEWS']);
    expect(await classOf({ category: 'IM' }, { classification: 0 })).toEqual([0, undefined]);
    expect(await classOf({ category: 'IM' }, { classification: 1 })).toEqual([1, 'IM']);
  });

  it('that is silent goes by another account, since vivo shows everything', async () => {
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(2), { content: { ext: { sync: 1 } } }));
    expect(inShort(outcomes)).toEqual(Array(2).fill('unreachable no-silent-push'));
    expect(simulator.requests).toBe(0);
  });

  it('is refused before it is sent when something in it is too long', async () => {
    const refusal = async (content: object): Promise<string[]> =>
      inShort(
        (await vendor.send(vendorRequest(account, addresses(1), { content: { title: 'T', ...content } }))).outcomes,
      );
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, 1]));
    expect(await refusal({ ext: eleven })).toEqual(['rejected data-too-long: 11 of 10 pairs']);
    expect(await refusal({ ext: { blob: 'x'.repeat(1_021) } })).toEqual([
      'rejected data-too-long: 1025 of 1024 characters',
    ]);
    const url = `https://example.com/${'x'.repeat(981)}`;
    expect(await refusal({ url })).toEqual(['rejected url-too-long: 1001 of 1000 characters']);
    expect(simulator.requests).toBe(0);
  });

  it('says to each person their own words, and the same words in one list', async () => {
    const request = vendorRequest(account, addresses(3));
    const targets = request.targets.map((target, index) =>
      index === 1 ? { ...target, content: { title: 'Hi Bob', text: 'B' } } : target,
    );
    const { outcomes } = await vendor.send({ ...request, targets });
    expect(inShort(outcomes)).toEqual(Array(3).fill('accepted'));
    expect(paths().sort()).toEqual(['auth', 'pushToList', 'saveListPayload', 'send']);
    expect(simulator.pushes).toBe(3);
  });

  it('tells by device whom it does not reach', async () => {
    const [good, , ...others] = ['15', '91', '91', '92', '93', '94'].map((start) => start.padEnd(23, '0'));
    const { outcomes } = await vendor.send(vendorRequest(account, [good!, ...others]));
    expect(inShort(outcomes)).toEqual([
      'accepted',
      'address-gone invalid-user-1',
      'unreachable invalid-user-2',
      'unreachable invalid-user-3',
      'rejected invalid-user-4',
    ]);
    for (const [index, address] of others.entries()) {
      const single = await vendor.send(vendorRequest(account, [address], { attempt: index + 2 }));
      expect(inShort(single.outcomes)).toEqual([inShort(outcomes)[index + 1]]);
    }
  });

  it('takes back a device that vivo calls invalid without naming it only when it was alone', async () => {
    refuse(10302);
    expect(inShort((await vendor.send(vendorRequest(account, addresses(1)))).outcomes)).toEqual(['address-gone 10302']);
    letSavingPass();
    refuse(10302);
    expect(inShort((await vendor.send(vendorRequest(account, addresses(2)))).outcomes)).toEqual(
      Array(2).fill('rejected 10302'),
    );
  });

  it('replaces itself on the device when it is tried again', async () => {
    simulator.fail({ kind: 'half' });
    const request = vendorRequest(account, addresses(1));
    expect(inShort((await vendor.send(request)).outcomes)).toEqual(['unknown answer-lost']);
    expect(inShort((await vendor.send({ ...request, attempt: 2 })).outcomes)).toEqual(['accepted']);
    expect(sent(-1)['notifyId']).toEqual(sent(-2)['notifyId']);
    expect(sent(-1)['requestId']).not.toEqual(sent(-2)['requestId']);
  });

  it('whose very try comes twice is not known to have arrived', async () => {
    await vendor.send(vendorRequest(account, addresses(1)));
    expect(inShort((await vendor.send(vendorRequest(account, addresses(1)))).outcomes)).toEqual(['unknown 10303']);
    expect(inShort((await vendor.send(vendorRequest(account, [simulator.address(7)]))).outcomes)).toEqual([
      'unknown 10303',
    ]);
    expect(simulator.pushes).toBe(1);
  });
});

describe('a push to one vivo device', () => {
  behavesLikeAVendor({
    sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
    codes: { ...CODES, 10302: 'address-gone' },
    reply: (code) => json({ result: Number(code), desc: 'why' }),
    targets: 1,
  });
});

describe('the saving of a message for several vivo devices', () => {
  behavesLikeAVendor({
    sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
    // Nobody was sent anything, so that nothing about it is unknown.
    codes: { ...CODES, 10303: 'retry' },
    reply: (code) => json({ result: Number(code), desc: 'why' }),
  });

  it.each(['reset', 'half'] as const)('reaches nobody when its answer is lost (%s)', async (kind) => {
    simulator.fail({ kind });
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(2)));
    expect(inShort(outcomes)).toEqual(Array(2).fill('retry answer-lost'));
    expect(verdict).toBeUndefined();
    expect(simulator.pushes).toBe(0);
  });

  it.each(['{"result":0}', 'nonsense'])('reaches nobody when it names no task (%s)', async (body) => {
    simulator.fail({ kind: 'reply', reply: { body } });
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(2)));
    expect(outcomes.map(({ status }) => status)).toEqual(['retry', 'retry']);
    expect(paths()).toEqual(['auth', 'saveListPayload']);
  });
});

describe('the list of several vivo devices', () => {
  it.each(['reset', 'half'] as const)('may have reached them when its answer is lost (%s)', async (kind) => {
    letSavingPass();
    simulator.fail({ kind });
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(2)));
    expect(inShort(outcomes)).toEqual(Array(2).fill('unknown answer-lost'));
  });

  it('is trouble of the account when vivo says so', async () => {
    letSavingPass();
    refuse(10072);
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(2)));
    expect(inShort(outcomes)).toEqual(Array(2).fill('retry 10072'));
    expect(verdict).toEqual({ problem: 'throttled', code: '10072', detail: 'why' });
  });
});

describe('a class of messages that vivo takes no more of', () => {
  let messages = 0;
  const of = (category: string, count = 1): ReturnType<VivoVendor['send']> => {
    const options = { push: { vendors: { vivo: { category } } } };
    return vendor.send(vendorRequest(account, addresses(count), { tag: `${++messages}-1`, options }));
  };

  it('waits until vivo takes it again, while the others go on', async () => {
    const clock = new FakeClock(new Date('2026-12-01T14:00:00Z'));
    vendor = new VivoVendor(clock);
    simulator.now = () => clock.now();
    refuse(10071);
    // It is 22 o'clock in China.
    const late = { status: 'retry', code: '10071', detail: 'why', afterSeconds: 9 * 3_600 };
    expect(await of('NEWS')).toEqual({ outcomes: [late] });
    const requests = simulator.requests;
    await clock.advance(3_600_000);
    expect(await of('NEWS')).toEqual({ outcomes: [{ ...late, afterSeconds: 8 * 3_600 }] });
    expect(simulator.requests).toBe(requests);
    expect(inShort((await of('IM')).outcomes)).toEqual(['accepted']);
    await clock.advance(8 * 3_600_000);
    expect(inShort((await of('NEWS')).outcomes)).toEqual(['accepted']);
  });

  it.each([
    [10070, 'NEWS', 'IM'],
    [10073, 'IM', 'NEWS'],
  ])('is told by its code (%d)', async (code, spent, open) => {
    refuse(code);
    const { outcomes, account: verdict } = await of(spent);
    expect(verdict).toBeUndefined();
    expect(outcomes).toMatchObject([{ status: 'retry', code: String(code), afterSeconds: expect.any(Number) }]);
    expect(inShort((await of(spent)).outcomes)).toEqual([`retry ${code}`]);
    expect(inShort((await of(open)).outcomes)).toEqual(['accepted']);
  });

  it('is none of single devices when the lists of the day are spent', async () => {
    refuse(10252);
    expect(inShort((await of('IM', 2)).outcomes)).toEqual(Array(2).fill('retry 10252'));
    expect(inShort((await of('IM', 2)).outcomes)).toEqual(Array(2).fill('retry 10252'));
    expect(inShort((await of('IM')).outcomes)).toEqual(['accepted']);
  });
});

behavesUnderAToken({
  sample: () => ({
    vendor,
    request: (number) => vendorRequest(account, addresses(1), { attempt: number }),
    grants: () => simulator.grants,
    expire: () => simulator.expireTokens(),
  }),
  refused: () => ({
    request: vendorRequest(vendorAccount(VIVO, { ...simulator.settings, appSecret: 'wrong' }), addresses(2)),
    verdict: { code: '10200', detail: 'sign 不合法' },
  }),
});

describe('the account', () => {
  const verify = (settings: object = {}): Promise<unknown> =>
    vendor.verify(vendorAccount(VIVO, { ...simulator.settings, ...settings }), new AbortController().signal);

  it('is verified without a push', async () => {
    expect(await verify()).toEqual({ ok: true, detail: 'vivo accepts the app id, AppKey and AppSecret.' });
    expect(await verify({ appSecret: 'wrong' })).toEqual({
      ok: false,
      detail: 'vivo refuses the app id, AppKey or AppSecret (10200: sign 不合法).',
    });
    simulator.now = () => inHours(1);
    expect(await verify()).toEqual({
      ok: false,
      detail: 'vivo refuses the app id, AppKey or AppSecret (10200: timestamp 不合法).',
    });
    await simulator.close();
    expect(await verify()).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^vivo does not say at the moment whether it accepts the app id/),
    });
  });
});
