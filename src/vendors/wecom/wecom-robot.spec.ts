import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { behavesLikeARobot } from '../../../test/support/vendors/chat/robot-behaviour.js';
import { errcode } from '../../../test/support/vendors/chat/robot-simulator.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { WecomRobotSimulator } from '../../../test/support/vendors/wecom/wecom-robot-simulator.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig } from '../vendor.js';
import { ROBOT_CODES } from './codes.js';
import { WECOM_ROBOT } from './definition.js';
import { WecomRobotVendor } from './wecom-robot.js';

let simulator: WecomRobotSimulator;
let vendor: WecomRobotVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new WecomRobotSimulator().start();
  vendor = new WecomRobotVendor(new SystemClock());
  account = vendorAccount(WECOM_ROBOT, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const sent = (): unknown => JSON.parse(simulator.seen.at(-1)?.body ?? 'null');

describe('a post to a WeCom group', () => {
  it('is a text of title, words and link, which mentions people in every way', async () => {
    const content = {
      title: 'Lab\nresult',
      text: 'Ask <@boss>: 张** **138****1234**\n<font color="info">5 < 6</font>',
      url: 'https://example.com/1',
    };
    const addresses = ['group', 'all', 'ZhangSan', '13800000001', '+8613800000002', '10086'];
    const { outcomes } = await vendor.send(vendorRequest(account, addresses, { content }));
    expect(inShort(outcomes)).toEqual(Array(6).fill('accepted'));
    const words = 'Ask <\u200B@boss>: 张** **138****1234**\n<\u200Bfont color="info">5 < 6<\u200B/font>';
    expect(sent()).toEqual({
      msgtype: 'text',
      text: {
        content: `Lab result\n${words}\nhttps://example.com/1`,
        mentioned_list: ['@all', 'ZhangSan', '10086'],
        mentioned_mobile_list: ['13800000001', '13800000002'],
      },
    });
  });

  it('that is too long for a text is markdown', async () => {
    const content = { title: 'T', text: 'x'.repeat(2048), url: 'https://example.com/(1)' };
    const { outcomes } = await vendor.send(vendorRequest(account, ['group', 'ZhangSan', 'LiSi'], { content }));
    expect(inShort(outcomes)).toEqual(Array(3).fill('accepted'));
    const link = '[https://example.com/(1)](https://example.com/%281%29)';
    expect(sent()).toEqual({
      msgtype: 'markdown',
      markdown: { content: `### T\n${'x'.repeat(2048)}\n${link}\n<@ZhangSan> <@LiSi>` },
    });
  });

  it.each([
    ['mentions everybody', 'all', 2049, 'text-too-large: 2049 of 2048 bytes'],
    ['mentions somebody by mobile number', '13800000001', 2049, 'text-too-large: 2049 of 2048 bytes'],
    ['is too long even for markdown', 'group', 4097, 'markdown-too-large: 4097 of 4096 bytes'],
  ])('is refused before it is sent when it %s', async (_why, address, length, code) => {
    const content = { text: 'x'.repeat(length) };
    const { outcomes } = await vendor.send(vendorRequest(account, [address], { content }));
    expect(inShort(outcomes)).toEqual([`rejected ${code}`]);
    expect(simulator.requests).toBe(0);
  });
});

behavesLikeARobot({
  sample: () => ({ robot: vendor, simulator }),
  codes: ROBOT_CODES,
  reply: (code) => errcode(Number(code), 'why'),
  unknown: {
    settings: () => ({ key: 'unknown' }),
    said: expect.stringMatching(/^WeCom refuses the robot \(93000: invalid webhook url, hint: /) as unknown as string,
  },
  tooFast: '45009',
});
