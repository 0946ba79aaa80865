import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { behavesLikeARobot } from '../../../test/support/vendors/chat/robot-behaviour.js';
import { errcode } from '../../../test/support/vendors/chat/robot-simulator.js';
import { DingtalkSimulator } from '../../../test/support/vendors/dingtalk/dingtalk-simulator.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig } from '../vendor.js';
import { CODES } from './codes.js';
import { DINGTALK } from './definition.js';
import { DingtalkVendor } from './dingtalk.js';
import { sign } from './sign.js';

let simulator: DingtalkSimulator;
let vendor: DingtalkVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new DingtalkSimulator().start();
  vendor = new DingtalkVendor(new SystemClock());
  account = vendorAccount(DINGTALK, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const sent = (): unknown => JSON.parse(simulator.seen.at(-1)?.body ?? 'null');

describe('a post to a DingTalk group', () => {
  it('without title and link is a text', async () => {
    const content = { text: 'Tidings: 138****1234\ncalled *twice*' };
    const addresses = ['group', '13800000001', '+8613800000002', '+6591234567', 'manager4220', '20230001'];
    expect(inShort((await vendor.send(vendorRequest(account, addresses, { content }))).outcomes)).toEqual(
      Array(6).fill('accepted'),
    );
    expect(sent()).toEqual({
      msgtype: 'text',
      text: { content: 'Tidings: 138****1234\ncalled *twice*' },
      at: {
        atMobiles: ['13800000001', '13800000002', '+6591234567'],
        atUserIds: ['manager4220', '20230001'],
        isAtAll: false,
      },
    });
  });

  it('with a title and a link is markdown, in which the words stay what they are and people are named', async () => {
    const content = {
      title: 'Order\n[42] of Tidings',
      text: '138****1234 ordered:\n# 1 <b>\n- a_b `c`\n\nBye',
      url: 'https://example.com/a_(1)?b=<c>',
    };
    const request = vendorRequest(account, ['all', '13800000001', 'manager4220'], { content });
    expect(inShort((await vendor.send(request)).outcomes)).toEqual(Array(3).fill('accepted'));
    expect(sent()).toEqual({
      msgtype: 'markdown',
      markdown: {
        title: 'Order [42] of Tidings',
        text: [
          String.raw`### [Order \[42\] of Tidings](https://example.com/a_%281%29?b=%3Cc%3E)`,
          '',
          String.raw`138\*\*\*\*1234 ordered:  `,
          String.raw`\# 1 \<b>  `,
          String.raw`\- a\_b \`c\`  `,
          '  ',
          'Bye',
          '',
          '@13800000001 @manager4220',
        ].join('\n'),
      },
      at: { atMobiles: ['13800000001'], atUserIds: ['manager4220'], isAtAll: true },
    });
  });

  it('with a link alone shows the link below', async () => {
    const content = { text: `Tidings ${'x'.repeat(80)}\nmore`, url: 'https://example.com/a_b' };
    await vendor.send(vendorRequest(account, ['group'], { content }));
    const text = `Tidings ${'x'.repeat(80)}  \nmore\n\n[https://example.com/a\\_b](https://example.com/a_b)`;
    expect(sent()).toMatchObject({ markdown: { title: `Tidings ${'x'.repeat(55)}…`, text } });
  });

  it('holds the keyword of the robot, which is added where the words lack it', async () => {
    await vendor.send(vendorRequest(account, ['group'], { content: { text: 'Hello' } }));
    expect(sent()).toMatchObject({ text: { content: 'Hello\n\nTidings' } });
    await vendor.send(vendorRequest(account, ['group'], { content: { title: 'Hi', text: 'Hello' } }));
    expect(sent()).toMatchObject({ markdown: { title: 'Hi', text: '### Hi\n\nHello\n\nTidings' } });
  });

  it('is refused before it is sent when it is larger than 20 KB, with both sizes', async () => {
    const content = { text: '字'.repeat(7000) };
    const { outcomes } = await vendor.send(vendorRequest(account, ['group', 'all'], { content }));
    expect(inShort(outcomes)).toEqual(Array(2).fill('rejected post-too-large: 21103 of 20000 bytes'));
    expect(simulator.requests).toBe(0);
  });
});

describe('a DingTalk robot', () => {
  it('signs with its secret', () => {
    expect(sign('SECdemo', '1700000000000')).toBe('lOvVf9TQCVugV68mGbSZCg0gzOl1SVjxWi1MyVZCUuA=');
  });

  it('without a secret does not sign', async () => {
    const { secret, ...unsigned } = simulator.settings;
    expect(secret).toBeDefined();
    await vendor.send(vendorRequest(vendorAccount(DINGTALK, unsigned), ['group']));
    expect([...(simulator.seen[0]?.query.keys() ?? [])]).toEqual(['access_token']);
  });

  it.each([
    ['keywords not in content', 'The text lacks the robot’s keyword'],
    ['description:关键词不匹配;solution:请联系群管理员', 'The text lacks the robot’s keyword'],
    ['sign not match, more: [https://ding-doc.dingtalk.com]', 'The secret is not the robot’s'],
    ['description:机器人发送签名不匹配;solution:请确认签名和生成签名的时间戳', 'The secret is not the robot’s'],
    ['invalid timestamp', 'The clock of this server is more than an hour off'],
    ['ip 203.0.113.7 not in whitelist', 'This server’s address is not on the robot’s list'],
  ])('tells what “%s” comes to', async (words, cause) => {
    simulator.fail({ kind: 'reply', reply: errcode(310000, words) });
    const { account: verdict } = await vendor.send(vendorRequest(account, ['group']));
    expect(verdict).toEqual({ problem: 'credentials', code: '310000', detail: `${cause}: ${words}` });
  });

  it('is verified with its secret, its keyword and its clock', async () => {
    const { signal } = new AbortController();
    const wrong = vendorAccount(DINGTALK, { ...simulator.settings, secret: 'SECwrong' });
    expect(await vendor.verify(wrong, signal)).toEqual({
      ok: false,
      detail: 'DingTalk refuses the robot (310000: The secret is not the robot’s: sign not match).',
    });
    const late = new DingtalkVendor(new FakeClock(new Date(Date.now() - 2 * 3_600_000)));
    expect(await late.verify(account, signal)).toEqual({
      ok: false,
      detail:
        'DingTalk refuses the robot (310000: The clock of this server is more than an hour off: invalid timestamp).',
    });
    await late.close();
  });

  it('that posted too fast is left alone for as long as DingTalk mutes it', async () => {
    simulator.throttledShare = 1;
    const { account: verdict } = await vendor.send(vendorRequest(account, ['group']));
    expect(verdict).toMatchObject({ problem: 'throttled', afterSeconds: 600 });
  });

  it.each([
    ['{"errcode":{}}', 'unknown unreadable-answer'],
    ['[]', 'unknown unreadable-answer'],
    ['{"errcode":"0"}', 'accepted'],
    ['{"errcode":999,"errmsg":{}}', 'rejected 999'],
  ])('reads the answer %s', async (body, outcome) => {
    simulator.fail({ kind: 'reply', reply: { body } });
    expect(inShort((await vendor.send(vendorRequest(account, ['group']))).outcomes)).toEqual([outcome]);
  });
});

behavesLikeARobot({
  sample: () => ({ robot: vendor, simulator }),
  codes: CODES,
  reply: (code) => errcode(Number(code), 'why'),
  unknown: {
    settings: () => ({ accessToken: 'unknown' }),
    said: 'DingTalk refuses the robot (300005: token is not exist).',
  },
  tooFast: '130101',
});
