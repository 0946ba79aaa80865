import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AliyunSmsSimulator } from '../../../test/support/vendors/aliyun-sms/aliyun-sms-simulator.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { readPostedReceipts } from '../../../test/support/vendors/read-posted-receipts.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { SendResult, VendorAccountConfig, VendorRequest } from '../vendor.js';
import { AliyunSmsVendor } from './aliyun-sms.js';
import { CODES } from './codes.js';
import { ALIYUN_SMS } from './definition.js';

let simulator: AliyunSmsSimulator;
let vendor: AliyunSmsVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new AliyunSmsSimulator().start();
  vendor = new AliyunSmsVendor(new SystemClock());
  account = vendorAccount(ALIYUN_SMS, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));
const send = (to: readonly string[], change: Partial<VendorRequest> = {}): Promise<SendResult> =>
  vendor.send(vendorRequest(account, to, change));
const withSettings = (change: Record<string, unknown>): VendorAccountConfig =>
  vendorAccount(ALIYUN_SMS, { ...simulator.settings, ...change });
const sent = (index = -1): Record<string, string> => {
  const { query, body, headers } = simulator.seen.at(index) ?? {};
  return {
    Action: headers?.['x-acs-action']?.toString() ?? '',
    ...Object.fromEntries([...(query ?? []), ...new URLSearchParams(body)]),
  };
};
const visit = (name: string) => ({ vendorTemplate: { id: 'SMS_VISIT', params: { name, time: '9:00' } } });
const refusal = (Code: string, Message = 'why', status = 200) =>
  ({ kind: 'reply', reply: json({ Code, Message }, status) }) as const;

describe('an SMS over Alibaba Cloud', () => {
  it('goes out in one request for all of the same words', async () => {
    const { outcomes, account: verdict } = await send(addresses(1000));
    expect(verdict).toBeUndefined();
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(outcomes[0]).toEqual({ status: 'accepted', vendorReference: '999999999999999991^0' });
    expect(simulator.requests).toBe(1);
    expect(simulator.pushes).toBe(1000);
  });

  it('says what the message says, under its own signature', async () => {
    account = withSettings({ extendCode: '42' });
    const content = { sign: '体检中心', ...visit('Li') };
    expect(inShort((await send(['+8613800000001'], { content })).outcomes)).toEqual(['accepted']);
    expect(sent()).toEqual({
      Action: 'SendSms',
      PhoneNumbers: '13800000001',
      SignName: '体检中心',
      TemplateCode: 'SMS_VISIT',
      TemplateParam: '{"name":"Li","time":"9:00"}',
      SmsUpExtendCode: '42',
      OutId: '16-1-1',
    });
  });

  it("puts a text into the account's template for texts, and is known by the tag when it goes to several", async () => {
    await send(addresses(2));
    expect(sent()).toEqual({
      Action: 'SendSms',
      PhoneNumbers: '13800000000,13800000001',
      SignName: '华东医院',
      TemplateCode: 'SMS_TEXT',
      TemplateParam: '{"text":"Your result is ready."}',
      OutId: '16-1',
    });
  });

  it('has no params when its template has none', async () => {
    const content = { vendorTemplate: { id: 'SMS_PLAIN', params: {} } };
    expect(inShort((await send(addresses(1), { content })).outcomes)).toEqual(['accepted']);
    expect(sent()).not.toHaveProperty('TemplateParam');
  });

  it('goes out in one request for a hundred who are told different things', async () => {
    account = withSettings({ extendCode: '42' });
    const targets = [
      { reference: '16-1-1', address: '13800000001', content: visit('Li') },
      { reference: '16-1-2', address: '+8613800000002', content: { ...visit('Wu'), sign: '体检中心' } },
    ];
    expect(inShort((await send([], { targets })).outcomes)).toEqual(['accepted', 'accepted']);
    expect(sent()).toEqual({
      Action: 'SendBatchSms',
      TemplateCode: 'SMS_VISIT',
      PhoneNumberJson: '["13800000001","13800000002"]',
      SignNameJson: '["华东医院","体检中心"]',
      TemplateParamJson: '[{"name":"Li","time":"9:00"},{"name":"Wu","time":"9:00"}]',
      SmsUpExtendCodeJson: '["42","42"]',
      OutId: '16-1',
    });
    const people = addresses(1000).map((address, index) => ({
      reference: `16-1-${index}`,
      address,
      content: visit(`Patient ${index}`),
    }));
    expect(new Set(inShort((await send([], { targets: people })).outcomes))).toEqual(new Set(['accepted']));
    expect(simulator.requests).toBe(1 + 10);
  });

  it('goes abroad in a request of its own', async () => {
    const { outcomes } = await send(['13800000001', '+85251234567', '+14155550123']);
    expect(inShort(outcomes)).toEqual(Array(3).fill('accepted'));
    const numbers = simulator.seen.map(({ query }) => query.get('PhoneNumbers'));
    expect(new Set(numbers)).toEqual(new Set(['13800000001', '85251234567,0014155550123']));
  });

  it('is refused before it is sent without a template or a signature', async () => {
    account = withSettings({ textTemplate: null });
    expect(inShort((await send(addresses(2))).outcomes)).toEqual(Array(2).fill('rejected template-required'));
    account = withSettings({ signName: null });
    expect(inShort((await send(addresses(1))).outcomes)).toEqual(['rejected sign-required']);
    expect(inShort((await send(addresses(1), { content: { text: 'Hi', sign: '体检中心' } })).outcomes)).toEqual([
      'accepted',
    ]);
    expect(simulator.requests).toBe(1);
  });
});

describe('a refusal because of one of several', () => {
  it('costs nobody else the message', async () => {
    const to = [...addresses(1000), simulator.address(0, true)];
    to.splice(500, 0, ...to.splice(-1));
    const { outcomes } = await send(to.slice(0, 1000));
    expect(inShort(outcomes)[500]).toBe('address-gone isv.MOBILE_NUMBER_ILLEGAL');
    expect(inShort(outcomes.toSpliced(500, 1))).toEqual(Array(999).fill('accepted'));
    expect(simulator.requests).toBeLessThanOrEqual(21);
  });

  it('finds the wrong words among others as well', async () => {
    const long = 'x'.repeat(36);
    const targets = addresses(50).map((address, index) => ({
      reference: `16-1-${index}`,
      address,
      content: visit(index === 7 ? long : `Patient ${index}`),
    }));
    const { outcomes } = await send([], { targets });
    expect(inShort(outcomes)[7]).toBe('rejected isv.PARAM_LENGTH_LIMIT');
    expect(inShort(outcomes.toSpliced(7, 1))).toEqual(Array(49).fill('accepted'));
  });

  it('is not looked for without end: the rest come again later', async () => {
    const dead = Array.from({ length: 200 }, (_, index) => simulator.address(index, true));
    const { outcomes } = await send(dead);
    expect(simulator.requests).toBe(41);
    expect(new Set(inShort(outcomes))).toEqual(
      new Set(['address-gone isv.MOBILE_NUMBER_ILLEGAL', 'retry isv.MOBILE_NUMBER_ILLEGAL']),
    );
  });

  it('leaves the rest untouched when the account turns out to be to blame', async () => {
    simulator.fail(refusal('isv.MOBILE_NUMBER_ILLEGAL'), refusal('isv.OUT_OF_SERVICE'));
    const { outcomes, account: verdict } = await send(addresses(4));
    expect(inShort(outcomes)).toEqual(Array(4).fill('retry isv.OUT_OF_SERVICE'));
    expect(verdict).toMatchObject({ problem: 'credentials', code: 'isv.OUT_OF_SERVICE' });
    expect(simulator.requests).toBe(2);
  });
});

describe('a number abroad', () => {
  it.each(['isv.MOBILE_NUMBER_ILLEGAL', 'isv.SMS_SIGNATURE_ILLEGAL', 'isv.SMS_TEMPLATE_ILLEGAL'])(
    "is neither dead nor the account's fault when what the account is approved for is the mainland (%s)",
    async (code) => {
      simulator.fail(refusal(code));
      const { outcomes, account: verdict } = await send(['+85251234567']);
      expect(inShort(outcomes)).toEqual([`rejected ${code}`]);
      expect(verdict).toBeUndefined();
    },
  );
});

describe('the limit of a number', () => {
  it('of a minute is waited for; of an hour or a day the next account is tried', async () => {
    const [minute, hour, day, other] = addresses(4) as [string, string, string, string];
    simulator.limited.set(minute, '触发分钟级流控Permits:1');
    simulator.limited.set(hour, '触发小时级流控Permits:5');
    simulator.limited.set(day, '触发天级流控Permits:10');
    const { outcomes } = await send([minute, hour, day, other]);
    const code = 'isv.BUSINESS_LIMIT_CONTROL';
    expect(outcomes).toEqual([
      { status: 'retry', code, detail: '触发分钟级流控Permits:1', afterSeconds: 60 },
      { status: 'unreachable', code, detail: '触发小时级流控Permits:5' },
      { status: 'unreachable', code, detail: '触发天级流控Permits:10' },
      expect.objectContaining({ status: 'accepted' }),
    ]);
  });
});

describe('the account', () => {
  it('is left alone until midnight in China when its day is spent', async () => {
    const clock = new FakeClock(new Date('2026-12-01T15:00:00Z'));
    vendor = new AliyunSmsVendor(clock);
    simulator.fail(refusal('isv.DAY_LIMIT_CONTROL'));
    expect((await send(addresses(2))).account).toMatchObject({ problem: 'quota', afterSeconds: 3_600 });
  });

  it('rests as long as it is told to', async () => {
    const reply = { ...json({ Code: 'Throttling.User', Message: 'slow' }, 400) };
    simulator.fail({ kind: 'reply', reply: { ...reply, headers: { ...reply.headers, 'retry-after': '7' } } });
    const { outcomes, account: verdict } = await send(addresses(2));
    expect(inShort(outcomes)).toEqual(Array(2).fill('retry Throttling.User'));
    expect(verdict).toMatchObject({ problem: 'throttled', afterSeconds: 7 });
  });

  it('is not to blame for the signature and the template that a message brings along', async () => {
    const wrongSign = await send(addresses(2), { content: { text: 'Hi', sign: 'Nobody' } });
    expect(inShort(wrongSign.outcomes)).toEqual(Array(2).fill('rejected isv.SMS_SIGNATURE_ILLEGAL'));
    const wrongTemplate = await send(addresses(2), { content: { vendorTemplate: { id: 'SMS_0', params: {} } } });
    expect(inShort(wrongTemplate.outcomes)).toEqual(Array(2).fill('rejected isv.SMS_TEMPLATE_ILLEGAL'));
    expect([wrongSign.account, wrongTemplate.account]).toEqual([undefined, undefined]);
    account = withSettings({ textTemplate: { id: 'SMS_0', param: 'text' } });
    expect((await send(addresses(1))).account).toMatchObject({
      problem: 'credentials',
      code: 'isv.SMS_TEMPLATE_ILLEGAL',
    });
  });

  it.each([
    ['isv.NEW', 200, 'rejected'],
    ['isp.GATEWAY_ERROR', 200, 'unknown'],
    ['MissingPhoneNumbers', 400, 'rejected'],
    ['SomethingNew', 500, 'unknown'],
    ['SomethingNew', 400, 'rejected'],
  ])(
    'takes a code of which nothing is known for what its kind says: %s with HTTP %i',
    async (code, status, outcome) => {
      simulator.fail(refusal(code, 'why', status));
      expect(inShort((await send(addresses(2))).outcomes)).toEqual(Array(2).fill(`${outcome} ${code}`));
    },
  );

  it('does not know what became of a call that a server answered without a word of its own', async () => {
    simulator.fail(
      { kind: 'reply', reply: { status: 500, body: '<html>oops</html>' } },
      { kind: 'reply', reply: { body: '' } },
    );
    expect(inShort((await send(addresses(1))).outcomes)).toEqual(['unknown http-500']);
    expect(inShort((await send(addresses(1))).outcomes)).toEqual(['unknown unreadable-answer']);
  });

  it('calls once more with another nonce', async () => {
    simulator.fail(refusal('SignatureNonceUsed', 'used', 400));
    expect(inShort((await send(addresses(2))).outcomes)).toEqual(['accepted', 'accepted']);
    const nonces = simulator.seen.map(({ headers }) => headers['x-acs-signature-nonce']);
    expect(new Set(nonces).size).toBe(2);
  });

  it('signs for the name under which a proxy passes its requests on', async () => {
    simulator.host = 'dysmsapi.aliyuncs.com';
    expect((await send(addresses(1))).account).toMatchObject({ code: 'SignatureDoesNotMatch' });
    account = withSettings({ signHost: 'dysmsapi.aliyuncs.com' });
    expect(inShort((await send(addresses(1))).outcomes)).toEqual(['accepted']);
  });

  it('can have a temporary key', async () => {
    simulator.key = { ...simulator.key, token: 'sts-token' };
    expect((await send(addresses(1))).account).toMatchObject({ code: 'InvalidSecurityToken.MismatchWithAccessKey' });
    account = vendorAccount(ALIYUN_SMS, simulator.settings);
    expect(inShort((await send(addresses(1))).outcomes)).toEqual(['accepted']);
  });
});

behavesLikeAVendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
  codes: CODES,
  reply: (Code) => json({ Code, Message: 'why' }),
  targets: 1,
});

describe('verifying the account', () => {
  const verify = (change: Record<string, unknown> = {}) =>
    vendor.verify(withSettings(change), new AbortController().signal);

  it('tells that all is well, without an SMS', async () => {
    expect(await verify()).toEqual({ ok: true, detail: 'Alibaba Cloud accepts the key.' });
    expect(simulator.pushes).toBe(0);
  });

  it.each([
    [{ accessKeyId: 'other' }, 'Alibaba Cloud does not know the AccessKey ID, or has disabled it'],
    [{ accessKeySecret: 'wrong' }, 'Alibaba Cloud refuses the signature: the AccessKey secret or signHost is wrong'],
    [{ securityToken: 'old' }, 'Alibaba Cloud refuses the security token: it is wrong or has aged out'],
    [{ signName: '别人' }, 'Alibaba Cloud accepts the key, but has no signature "别人".'],
    [{ signName: '新签名' }, 'the signature "新签名" is not approved (AUDIT_STATE_INIT).'],
  ])('tells what is wrong with %j', async (change, detail) =>
    expect(await verify(change)).toEqual({ ok: false, detail: expect.stringContaining(detail) }),
  );

  it('tells a wrong clock from a wrong key', async () => {
    vendor = new AliyunSmsVendor(new FakeClock(new Date('2020-01-01T00:00:00Z')));
    expect(await verify()).toEqual({ ok: false, detail: expect.stringContaining("this machine's clock is wrong") });
  });

  it('tells when there is nobody there, or somebody else', async () => {
    const { url } = simulator;
    expect(await verify({ baseUrl: `${url}/other` })).toEqual({
      ok: false,
      detail: 'Alibaba Cloud refuses the account (InvalidAction.NotFound: No such path.).',
    });
    await simulator.close();
    expect(await verify()).toEqual({ ok: false, detail: expect.stringMatching(/^Alibaba Cloud cannot be reached: /) });
  });
});

describe('a report of the simulator', () => {
  it('is one that is understood', async () => {
    const readings = await readPostedReceipts(simulator, vendor, account, () => send(addresses(2)));
    expect(readings.flatMap(({ receipts }) => receipts)).toEqual(
      addresses(2).map((address) => ({
        tag: '16-1',
        addresses: expect.arrayContaining([address]),
        status: 'delivered',
        at: expect.any(Date),
      })),
    );
  });
});
