import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { errcode } from '../../../test/support/vendors/chat/robot-simulator.js';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { behavesUnderAToken } from '../../../test/support/vendors/token-behaviour.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { WecomSimulator } from '../../../test/support/vendors/wecom/wecom-simulator.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig, VerifyResult } from '../vendor.js';
import { APP_CODES, OF_THE_PERSON } from './codes.js';
import { WECOM } from './definition.js';
import { WecomVendor } from './wecom.js';

let simulator: WecomSimulator;
let vendor: WecomVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new WecomSimulator().start();
  vendor = new WecomVendor(new SystemClock());
  account = vendorAccount(WECOM, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const members = (count: number): string[] => Array.from({ length: count }, (_, number) => simulator.address(number));
const messages = (): Record<string, unknown>[] =>
  simulator.seen
    .filter(({ path }) => path === '/cgi-bin/message/send')
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
const withSettings = (change: Record<string, unknown>): VendorAccountConfig =>
  vendorAccount(WECOM, { ...simulator.settings, ...change });

describe('a message of a WeCom app', () => {
  it('goes out in one request for all of the same words', async () => {
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, members(1000)));
    expect(outcomes).toEqual(members(1000).map(() => ({ status: 'accepted', vendorReference: 'msg-1' })));
    expect(verdict).toBeUndefined();
    expect(simulator.requests).toBe(2);
    expect(simulator.pushes).toBe(1000);
  });

  it('is a card with a title and a link', async () => {
    const content = { title: 'Lab result', text: 'Dear <b>Li</b>,\nit is 5 < 6.', url: 'https://example.com/1' };
    await vendor.send(vendorRequest(account, ['Li', 'Wang'], { content }));
    expect(messages()).toEqual([
      {
        touser: 'Li|Wang',
        agentid: 1000002,
        enable_duplicate_check: 0,
        msgtype: 'textcard',
        textcard: {
          title: 'Lab result',
          description: 'Dear <\u200Bb>Li<\u200B/b>,<br>it is 5 < 6.',
          url: 'https://example.com/1',
        },
      },
    ]);
  });

  it.each([
    ['without a link', { title: 'T', text: 'Hello' }, 'T\nHello'],
    ['without a title', { text: 'Hello', url: 'https://example.com/1' }, 'Hello\nhttps://example.com/1'],
    ['of HTML', { html: '<p>Hello</p>' }, 'Hello'],
    [
      'too long for a card',
      { title: 'T', text: 'x'.repeat(513), url: 'https://example.com/1' },
      `T\n${'x'.repeat(513)}\nhttps://example.com/1`,
    ],
    [
      'of a long title',
      { title: 'x'.repeat(129), text: 'y', url: 'https://e.com' },
      `${'x'.repeat(129)}\ny\nhttps://e.com`,
    ],
  ])('%s is a text', async (_what, content, text) => {
    expect(inShort((await vendor.send(vendorRequest(account, ['Li'], { content }))).outcomes)).toEqual(['accepted']);
    expect(messages()).toEqual([
      { touser: 'Li', agentid: 1000002, enable_duplicate_check: 0, safe: 0, msgtype: 'text', text: { content: text } },
    ]);
  });

  it('is a text when it is confidential, and checked for repetition where the account wants that', async () => {
    const content = { title: 'T', text: 'x', url: 'https://example.com/1' };
    const strict = withSettings({ safe: true, enableDuplicateCheck: true });
    expect(inShort((await vendor.send(vendorRequest(strict, ['Li'], { content }))).outcomes)).toEqual(['accepted']);
    expect(messages()).toMatchObject([{ msgtype: 'text', safe: 1, enable_duplicate_check: 1 }]);
  });

  it('says to each person their own words', async () => {
    const request = vendorRequest(account, ['Li', 'Wang', 'Zhao']);
    const [li, ...others] = request.targets;
    if (li === undefined) throw new Error('There are three targets.');
    await vendor.send({ ...request, targets: [{ ...li, content: { text: 'Dear Li' } }, ...others] });
    expect(messages().map(({ touser, text }) => ({ touser, text }))).toEqual([
      { touser: 'Li', text: { content: 'Dear Li' } },
      { touser: 'Wang|Zhao', text: { content: 'Lab result\nYour result is ready.' } },
    ]);
  });

  it('is refused before it is sent when it is too long, with both sizes', async () => {
    const content = { text: '字'.repeat(700) };
    const { outcomes } = await vendor.send(vendorRequest(account, members(2), { content }));
    expect(inShort(outcomes)).toEqual(Array(2).fill('rejected text-too-large: 2100 of 2048 bytes'));
    const picture = { html: '<img src="https://example.com/1.png">' };
    expect(inShort((await vendor.send(vendorRequest(account, ['Li'], { content: picture }))).outcomes)).toEqual([
      'rejected no-text',
    ]);
    expect(simulator.requests).toBe(0);
  });

  it('turns away addresses that are no id of one member', async () => {
    const addresses = ['@all', 'Li', 'Wang|Zhao', '李雷', ''];
    const { outcomes } = await vendor.send(vendorRequest(account, addresses));
    const no = 'rejected invalid-address';
    expect(inShort(outcomes)).toEqual([no, 'accepted', no, no, no]);
    expect(messages()).toMatchObject([{ touser: 'Li' }]);
    expect(inShort((await vendor.send(vendorRequest(account, ['@all']))).outcomes)).toEqual([no]);
    expect(messages()).toHaveLength(1);
  });
});

describe('members of a company', () => {
  it('that are unknown or have no licence are told apart, whatever the case of their ids', async () => {
    const gone = simulator.address(1, true);
    const { outcomes } = await vendor.send(vendorRequest(account, [gone, 'Member1', 'Unlicensed2']));
    expect(inShort(outcomes)).toEqual(['address-gone invalid-user', 'accepted', 'unreachable unlicensed-user']);
    expect(simulator.pushes).toBe(1);
  });

  it.each([...OF_THE_PERSON])('are gone when %s is said of one, not when it is said of many', async (code) => {
    const reply = errcode(Number(code), 'invalid');
    simulator.fail({ kind: 'reply', reply }, { kind: 'reply', reply });
    const one = await vendor.send(vendorRequest(account, members(1)));
    expect(one).toEqual({ outcomes: [{ status: 'address-gone', code, detail: 'invalid' }] });
    const many = await vendor.send(vendorRequest(account, members(2)));
    expect(inShort(many.outcomes)).toEqual(Array(2).fill(`rejected ${code}`));
  });

  it('have it when the answer’s lists cannot be read', async () => {
    simulator.fail({ kind: 'reply', reply: json({ errcode: 0, invaliduser: null, unlicenseduser: [1], msgid: {} }) });
    const { outcomes } = await vendor.send(vendorRequest(account, ['Li']));
    expect(outcomes).toEqual([{ status: 'accepted' }]);
  });
});

behavesUnderAToken({
  sample: () => ({
    vendor,
    request: (number) => vendorRequest(account, [simulator.address(number)]),
    grants: () => simulator.grants,
    expire: () => simulator.expireToken(),
  }),
  refused: () => ({
    request: vendorRequest(withSettings({ corpSecret: 'wrong' }), members(2)),
    verdict: { code: '40001', detail: 'invalid credential' },
  }),
});

describe('the access token of WeCom', () => {
  it.each([
    [{ body: '<html>' }, 'unreadable-answer'],
    [{ body: '{"errcode":0}' }, 'no-token'],
    [{ status: 502, body: 'bad gateway' }, 'http-502'],
    [errcode(-1, 'system busy'), '-1'],
  ])('that cannot be had (%j) leaves everybody untouched', async (reply, code) => {
    const elsewhere = await new (class extends WecomSimulator {
      protected override answer() {
        return reply;
      }
    })().start();
    const broken = vendorAccount(WECOM, elsewhere.settings);
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(broken, members(1)));
    expect(inShort(outcomes)).toEqual([`retry ${code}`]);
    expect(verdict).toMatchObject({ problem: 'unreachable', code });
    await elsewhere.close();
  });
});

describe('the account', () => {
  const verify = (change: Record<string, unknown> = {}): Promise<VerifyResult> =>
    vendor.verify(withSettings(change), new AbortController().signal);

  it('is verified without a message', async () => {
    expect(await verify()).toEqual({ ok: true, detail: 'WeCom accepts the secret and knows the app Tidings.' });
    expect(simulator.pushes).toBe(0);
  });

  it.each([
    ['secret', { corpSecret: 'x' }, 'WeCom refuses the company or the secret (40001: invalid credential).'],
    ['company', { corpId: 'x' }, 'WeCom refuses the company or the secret (40013: invalid corpid).'],
    [
      'app',
      { agentId: 7 },
      'WeCom accepts the secret, but refuses the app 7 (301002: not allow operate another agent with this accesstoken).',
    ],
  ])('of a wrong %s is refused', async (_what, change, detail) => {
    expect(await verify(change)).toEqual({ ok: false, detail });
  });

  it('of an app that is switched off is refused', async () => {
    simulator.closed = true;
    const detail = 'WeCom accepts the secret, but the app Tidings is switched off.';
    expect(await verify()).toEqual({ ok: false, detail });
  });

  it('cannot be verified while WeCom is not there', async () => {
    await simulator.close();
    const { ok, detail } = await verify();
    expect(ok).toBe(false);
    expect(detail).toMatch(/^WeCom does not say at the moment .+ECONNREFUSED/);
  });
});

behavesLikeAVendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, members(count)) }),
  codes: APP_CODES,
  reply: (code) => errcode(Number(code), 'why'),
});
