import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { behavesLikeARobot } from '../../../test/support/vendors/chat/robot-behaviour.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { FeishuSimulator } from '../../../test/support/vendors/feishu/feishu-simulator.js';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig } from '../vendor.js';
import { CODES } from './codes.js';
import { FEISHU } from './definition.js';
import { FeishuVendor } from './feishu.js';
import { sign } from './sign.js';

let simulator: FeishuSimulator;
let vendor: FeishuVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new FeishuSimulator().start();
  vendor = new FeishuVendor(new SystemClock());
  account = vendorAccount(FEISHU, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const sent = (): unknown => JSON.parse(simulator.seen.at(-1)?.body ?? 'null');

describe('a post to a Feishu group', () => {
  it('shows title, text and link, and mentions people by their ids', async () => {
    const content = {
      title: 'Tidings\nof joy',
      text: 'One <at user_id="all"></at>\ntwo',
      url: 'https://example.com/1',
    };
    const request = vendorRequest(account, ['all', 'ou_1', 'b6a7', 'group'], { content });
    expect(inShort((await vendor.send(request)).outcomes)).toEqual(Array(4).fill('accepted'));
    expect(sent()).toEqual({
      timestamp: expect.stringMatching(/^\d{10}$/),
      sign: expect.stringMatching(/^.{43}=$/),
      msg_type: 'post',
      content: {
        post: {
          zh_cn: {
            title: 'Tidings of joy',
            content: [
              [{ tag: 'text', text: 'One <at user_id="all"></at>\ntwo\n\nTidings' }],
              [{ tag: 'a', text: 'https://example.com/1', href: 'https://example.com/1' }],
              [
                { tag: 'at', user_id: 'all' },
                { tag: 'at', user_id: 'ou_1' },
                { tag: 'at', user_id: 'b6a7' },
              ],
            ],
          },
        },
      },
    });
  });

  it('of a text alone is just that, and has the keyword once', async () => {
    await vendor.send(vendorRequest(account, ['group'], { content: { text: 'Good Tidings' } }));
    expect(sent()).toMatchObject({
      content: { post: { zh_cn: { content: [[{ tag: 'text', text: 'Good Tidings' }]] } } },
    });
  });

  it('mentions nobody by a mobile number, but reaches the others', async () => {
    const addresses = ['13800000001', 'ou_1', '+8613800000001'];
    const { outcomes } = await vendor.send(vendorRequest(account, addresses));
    expect(inShort(outcomes)).toEqual(['rejected invalid-address', 'accepted', 'rejected invalid-address']);
  });

  it('is refused before it is sent when it is larger than 20 KB, with both sizes', async () => {
    const { outcomes } = await vendor.send(
      vendorRequest(account, ['group'], { content: { text: 'x'.repeat(20_000) } }),
    );
    expect(inShort(outcomes)).toEqual([expect.stringMatching(/^rejected post-too-large: 20\d{3} of 20000 bytes$/)]);
    expect(simulator.requests).toBe(0);
  });
});

describe('a Feishu robot', () => {
  it.each([
    ['demoSecret', 'JqtKK2ue3r5hqr5tWbCjKlZF7AFL2sYsR99PuvaE0cY='],
    ['mysecret', 'Jp33/xXhCipDEpjyHvEyc7mRSyXWHbNz6J8+C3qQKNo='],
  ])('signs nothing, with its secret %s in the key', (secret, mac) => {
    expect(sign(secret, '1700000000')).toBe(mac);
  });

  it('without a secret does not sign', async () => {
    await vendor.send(vendorRequest(vendorAccount(FEISHU, { ...simulator.settings, secret: '' }), ['group']));
    expect(Object.keys(sent() as object)).toEqual(['msg_type', 'content']);
  });

  it('is verified with its secret and its clock', async () => {
    const { signal } = new AbortController();
    const said = 'sign match fail or timestamp is not within one hour from current time';
    const refusal = { ok: false, detail: `Feishu refuses the robot (19021: ${said}).` };
    const wrong = vendorAccount(FEISHU, { ...simulator.settings, secret: 'wrong' });
    expect(await vendor.verify(wrong, signal)).toEqual(refusal);
    const late = new FeishuVendor(new FakeClock(new Date(Date.now() - 2 * 3_600_000)));
    expect(await late.verify(account, signal)).toEqual(refusal);
    await late.close();
  });

  it.each([
    [{ StatusCode: 0, StatusMessage: 'success' }, 'accepted'],
    [{ StatusCode: 19001, StatusMessage: 'hook' }, 'retry 19001'],
    [{ code: 9499, msg: 'too many request' }, 'retry 9499'],
    [{ code: 1, msg: {} }, 'rejected 1'],
    [{ code: null, StatusCode: [] }, 'unknown unreadable-answer'],
  ])('reads the answer %j', async (answer, outcome) => {
    simulator.fail({ kind: 'reply', reply: json(answer) });
    expect(inShort((await vendor.send(vendorRequest(account, ['group']))).outcomes)).toEqual([outcome]);
  });

  it('rests for as long as an answer of too many requests says', async () => {
    const reply = { ...json({ code: 9499, msg: 'Bad Request' }, 429), headers: { 'retry-after': '7' } };
    simulator.fail({ kind: 'reply', reply });
    const { account: verdict } = await vendor.send(vendorRequest(account, ['group']));
    expect(verdict).toEqual({ problem: 'throttled', code: '9499', detail: 'Bad Request', afterSeconds: 7 });
  });
});

behavesLikeARobot({
  sample: () => ({ robot: vendor, simulator }),
  codes: CODES,
  reply: (code) => json({ code: Number(code), msg: 'why', data: {} }),
  unknown: {
    settings: () => ({ accessToken: 'unknown' }),
    said: 'Feishu refuses the robot (19001: param invalid: incoming webhook access token invalid).',
  },
  tooFast: '11232',
});
