import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { TencentSmsSimulator } from '../../../test/support/vendors/tencent-sms/tencent-sms-simulator.js';
import { readPostedReceipts } from '../../../test/support/vendors/read-posted-receipts.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { SendResult, VendorAccountConfig, VendorRequest } from '../vendor.js';
import { CODES } from './codes.js';
import { TENCENT_SMS } from './definition.js';
import { TencentSmsVendor } from './tencent-sms.js';

let simulator: TencentSmsSimulator;
let vendor: TencentSmsVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new TencentSmsSimulator().start();
  vendor = new TencentSmsVendor(new SystemClock());
  account = vendorAccount(TENCENT_SMS, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));
const send = (to: readonly string[], change: Partial<VendorRequest> = {}): Promise<SendResult> =>
  vendor.send(vendorRequest(account, to, change));
const withSettings = (change: Record<string, unknown>): VendorAccountConfig =>
  vendorAccount(TENCENT_SMS, { ...simulator.settings, ...change });
const sent = (index = -1): unknown => JSON.parse(simulator.seen.at(index)?.body ?? '');
const refusal = (Code: string, status = 200, Message = 'why') =>
  ({ kind: 'reply', reply: json({ Response: { Error: { Code, Message }, RequestId: 'r' } }, status) }) as const;
const statuses = (...set: unknown[]) =>
  ({ kind: 'reply', reply: json({ Response: { SendStatusSet: set, RequestId: 'r' } }) }) as const;

describe('an SMS over Tencent Cloud', () => {
  it('goes out in one request for 200 of the same words, each with a serial number of its own', async () => {
    const { outcomes, account: verdict } = await send(addresses(200));
    expect(verdict).toBeUndefined();
    expect(outcomes).toEqual(
      Array.from({ length: 200 }, (_, index) => ({
        status: 'accepted',
        vendorReference: `5000:${String(index + 1).padStart(12, '0')}`,
        echoesNothing: true,
      })),
    );
    expect(simulator.requests).toBe(1);
    expect(simulator.pushes).toBe(200);
  });

  it('says what the message says, under its own signature', async () => {
    account = withSettings({ extendCode: '42', senderId: 'Hospital' });
    const content = { sign: '体检中心', vendorTemplate: { id: '1002', params: { 2: '9:00', 1: 'Li' } } };
    expect(inShort((await send(['13800000001'], { content })).outcomes)).toEqual(['accepted']);
    expect(sent()).toEqual({
      PhoneNumberSet: ['+8613800000001'],
      SmsSdkAppId: '1400006666',
      TemplateId: '1002',
      SignName: '体检中心',
      TemplateParamSet: ['Li', '9:00'],
      ExtendCode: '42',
      SessionContext: '16-1-1',
    });
    expect(simulator.seen[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-tc-action': 'SendSms',
      'x-tc-version': '2021-01-11',
      'x-tc-region': 'ap-guangzhou',
    });
  });

  it("puts a text into the account's template for texts, and is known by the tag when it goes to several", async () => {
    await send(addresses(2));
    expect(sent()).toEqual({
      PhoneNumberSet: ['+8613800000000', '+8613800000001'],
      SmsSdkAppId: '1400006666',
      TemplateId: '1001',
      SignName: '华东医院',
      TemplateParamSet: ['Your result is ready.'],
      SessionContext: '16-1',
    });
  });

  it('goes to other countries in a request of their own, under the registered sender and without a need for a signature', async () => {
    account = withSettings({ signName: null, senderId: 'Hospital' });
    const content = { vendorTemplate: { id: '1003', params: {} } };
    const { outcomes } = await send(['+85251234567', '13800000001', '+14155550123'], { content });
    expect(inShort(outcomes)).toEqual(['accepted', 'rejected sign-required', 'accepted']);
    expect(simulator.requests).toBe(1);
    expect(sent()).toEqual({
      PhoneNumberSet: ['+85251234567', '+14155550123'],
      SmsSdkAppId: '1400006666',
      TemplateId: '1003',
      SenderId: 'Hospital',
      SessionContext: '16-1',
    });
  });

  it('tells people different things in a request each', async () => {
    const targets = addresses(20).map((address, index) => ({
      reference: `16-1-${index}`,
      address,
      content: { text: `Room ${index}` },
    }));
    expect(inShort((await send([], { targets })).outcomes)).toEqual(Array(20).fill('accepted'));
    const said = simulator.seen.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(said).toHaveLength(20);
    expect(said.find(({ SessionContext }) => SessionContext === '16-1-7')).toMatchObject({
      PhoneNumberSet: [simulator.address(7)],
      TemplateParamSet: ['Room 7'],
    });
  });

  it('is refused before it is sent without a template, or with params whose order nobody knows', async () => {
    account = withSettings({ textTemplate: null });
    expect(inShort((await send(addresses(2))).outcomes)).toEqual(Array(2).fill('rejected template-required'));
    const content = { vendorTemplate: { id: '1002', params: { name: 'Li', time: '9:00' } } };
    expect(inShort((await send(addresses(1), { content })).outcomes)).toEqual(['rejected params-not-numbered']);
    expect(simulator.requests).toBe(0);
  });
});

describe('the status of a number', () => {
  it('is that of its target alone', async () => {
    const [fine, gone, optedOut, soon, later] = [0, 1, 2, 3, 4].map((number) =>
      simulator.address(number, number === 1),
    );
    const to = [fine, gone, optedOut, soon, later] as string[];
    simulator.refusals.set(to[2] ?? '', ['FailedOperation.PhoneNumberInBlacklist', 'opted out']);
    simulator.refusals.set(to[3] ?? '', ['LimitExceeded.PhoneNumberThirtySecondLimit', 'soon']);
    simulator.refusals.set(to[4] ?? '', ['LimitExceeded.PhoneNumberDailyLimit', 'tomorrow']);
    const { outcomes, account: verdict } = await send(to);
    expect(verdict).toBeUndefined();
    expect(outcomes).toEqual([
      { status: 'accepted', vendorReference: '5000:000000000001', echoesNothing: true },
      { status: 'address-gone', code: 'InvalidParameterValue.IncorrectPhoneNumber', detail: 'incorrect phone number' },
      { status: 'unreachable', code: 'FailedOperation.PhoneNumberInBlacklist', detail: 'opted out' },
      { status: 'retry', code: 'LimitExceeded.PhoneNumberThirtySecondLimit', detail: 'soon', afterSeconds: 30 },
      { status: 'unreachable', code: 'LimitExceeded.PhoneNumberDailyLimit', detail: 'tomorrow' },
    ]);
  });

  it('is found by its number, in whatever order and spelling they come', async () => {
    simulator.fail(
      statuses(
        { PhoneNumber: '8613800000001', Code: 'Ok', SerialNo: 'b' },
        { PhoneNumber: '+8613800000000', Code: 'Ok', SerialNo: 'a' },
      ),
    );
    expect((await send(addresses(2))).outcomes).toEqual([
      { status: 'accepted', vendorReference: 'a', echoesNothing: true },
      { status: 'accepted', vendorReference: 'b', echoesNothing: true },
    ]);
  });

  it('is taken from two for a number that stands in the call twice', async () => {
    const { outcomes } = await send(['13800000001', '+8613800000001']);
    expect(outcomes).toEqual([
      { status: 'accepted', vendorReference: '5000:000000000001', echoesNothing: true },
      { status: 'accepted', vendorReference: '5000:000000000002', echoesNothing: true },
    ]);
  });

  it('is unknown when the answer has none', async () => {
    const number = '+8613800000000';
    for (const set of [[], [{ PhoneNumber: number }], [{ PhoneNumber: 7, Code: 'Ok' }], [null, 'x']]) {
      simulator.fail(statuses(...set));
      expect(inShort((await send([number])).outcomes)).toEqual(['unknown no-status']);
    }
  });

  it('may be a verdict on the account', async () => {
    const to = addresses(2);
    simulator.refusals.set(to[1] ?? '', ['FailedOperation.InsufficientBalanceInSmsPackage', 'empty']);
    const { outcomes, account: verdict } = await send(to);
    expect(inShort(outcomes)).toEqual(['accepted', 'retry FailedOperation.InsufficientBalanceInSmsPackage']);
    expect(verdict).toMatchObject({ problem: 'credentials', detail: 'empty' });
  });

  it('waits until eight in the morning in China for what is not sent at night', async () => {
    vendor = new TencentSmsVendor(new FakeClock(new Date('2026-12-01T15:00:00Z')));
    const Code = 'FailedOperation.MarketingSendTimeConstraint';
    simulator.fail(statuses({ PhoneNumber: simulator.address(0), Code, Message: 'night' }));
    expect((await send(addresses(1))).outcomes).toEqual([
      { status: 'retry', code: Code, detail: 'night', afterSeconds: 9 * 3_600 },
    ]);
  });
});

describe('the account', () => {
  it('is not to blame when what it is approved for is the mainland, and a number is abroad', async () => {
    account = withSettings({ signName: 'Nobody' });
    const { outcomes, account: verdict } = await send(['+85251234567']);
    expect(inShort(outcomes)).toEqual(['rejected FailedOperation.SignatureIncorrectOrUnapproved']);
    expect(verdict).toBeUndefined();
  });

  it('is left alone until midnight in China when its day is spent', async () => {
    vendor = new TencentSmsVendor(new FakeClock(new Date('2026-12-01T15:00:00Z')));
    simulator.fail(refusal('LimitExceeded.AppDailyLimit'));
    expect((await send(addresses(2))).account).toMatchObject({ problem: 'quota', afterSeconds: 3_600 });
  });

  it('rests as long as it is told to', async () => {
    const { reply } = refusal('RequestLimitExceeded.UinLimitExceeded');
    simulator.fail({ kind: 'reply', reply: { ...reply, headers: { ...reply.headers, 'retry-after': '7' } } });
    expect((await send(addresses(2))).account).toMatchObject({ problem: 'throttled', afterSeconds: 7 });
  });

  it('is not to blame for the signature and the template that a message brings along', async () => {
    const wrongSign = await send(addresses(2), { content: { text: 'Hi', sign: 'Nobody' } });
    expect(inShort(wrongSign.outcomes)).toEqual(
      Array(2).fill('rejected FailedOperation.SignatureIncorrectOrUnapproved'),
    );
    const wrongTemplate = await send(addresses(2), { content: { vendorTemplate: { id: '0', params: {} } } });
    expect(inShort(wrongTemplate.outcomes)).toEqual(
      Array(2).fill('rejected FailedOperation.TemplateIncorrectOrUnapproved'),
    );
    expect([wrongSign.account, wrongTemplate.account]).toEqual([undefined, undefined]);
    account = withSettings({ signName: 'Nobody' });
    expect((await send(addresses(1))).account).toMatchObject({
      problem: 'credentials',
      code: 'FailedOperation.SignatureIncorrectOrUnapproved',
    });
  });

  it('is told of a lone number that it is none, but of several only that the call was refused', async () => {
    const code = 'InvalidParameterValue.IncorrectPhoneNumber';
    simulator.fail(refusal(code), refusal(code));
    expect(inShort((await send(addresses(1))).outcomes)).toEqual([`address-gone ${code}`]);
    expect(inShort((await send(addresses(2))).outcomes)).toEqual(Array(2).fill(`rejected ${code}`));
  });

  it.each([
    ['LimitExceeded.New', 200, 'retry'],
    ['FailedOperation.New', 200, 'rejected'],
    ['InternalError.Timeout', 200, 'unknown'],
    ['Brand.New', 200, 'rejected'],
    ['Brand.New', 500, 'unknown'],
  ])(
    'takes a code of which nothing is known for what its kind says: %s with HTTP %i',
    async (code, status, outcome) => {
      simulator.fail(refusal(code, status));
      expect(inShort((await send(addresses(2))).outcomes)).toEqual(Array(2).fill(`${outcome} ${code}`));
    },
  );

  it('does not know what became of a call that a server answered without a word of its own', async () => {
    const strange = ['', '[]', '{"Response":null}', '{"Response":{"RequestId":"r"}}'];
    simulator.fail({ kind: 'reply', reply: { status: 500, body: '<html>oops</html>' } });
    simulator.fail(...strange.map((body) => ({ kind: 'reply', reply: { body } }) as const));
    expect(inShort((await send(addresses(1))).outcomes)).toEqual(['unknown http-500']);
    for (const _ of strange)
      expect(inShort((await send(addresses(1))).outcomes)).toEqual(['unknown unreadable-answer']);
  });

  it('signs for the name under which a proxy passes its requests on', async () => {
    simulator.host = 'sms.tencentcloudapi.com';
    expect((await send(addresses(1))).account).toMatchObject({ code: 'AuthFailure.SignatureFailure' });
    account = withSettings({ signHost: 'sms.tencentcloudapi.com' });
    expect(inShort((await send(addresses(1))).outcomes)).toEqual(['accepted']);
  });

  it('can have temporary keys', async () => {
    simulator.key = { ...simulator.key, token: 'sts-token' };
    expect((await send(addresses(1))).account).toMatchObject({ code: 'AuthFailure.TokenFailure' });
    account = vendorAccount(TENCENT_SMS, simulator.settings);
    expect(inShort((await send(addresses(1))).outcomes)).toEqual(['accepted']);
  });
});

behavesLikeAVendor({
  sample: () => ({ vendor, simulator, request: (count) => vendorRequest(account, addresses(count)) }),
  codes: CODES,
  reply: (code) => refusal(code).reply,
});

describe('verifying the account', () => {
  const verify = (change: Record<string, unknown> = {}) =>
    vendor.verify(withSettings(change), new AbortController().signal);

  it('tells that all is well, without an SMS', async () => {
    expect(await verify()).toEqual({ ok: true, detail: 'Tencent Cloud accepts the keys for this application.' });
    expect(sent()).toEqual({
      SmsSdkAppId: '1400006666',
      Limit: 1,
      Offset: 0,
      BeginTime: expect.stringMatching(/^\d{10}$/),
      EndTime: expect.stringMatching(/^\d{10}$/),
    });
    expect(simulator.pushes).toBe(0);
  });

  it.each([
    [{ secretId: 'other' }, 'Tencent Cloud does not know the SecretId'],
    [{ secretKey: 'wrong' }, 'Tencent Cloud refuses the signature: the SecretKey or signHost is wrong'],
    [{ token: 'old' }, 'Tencent Cloud refuses the token: it is wrong or has aged out'],
    [{ sdkAppId: '1' }, 'Tencent Cloud knows the keys, to which the SdkAppId does not belong'],
  ])('tells what is wrong with %j', async (change, detail) =>
    expect(await verify(change)).toEqual({ ok: false, detail: expect.stringContaining(detail) }),
  );

  it('tells a wrong clock from a wrong key', async () => {
    vendor = new TencentSmsVendor(new FakeClock(new Date('2020-01-01T00:00:00Z')));
    expect(await verify()).toEqual({ ok: false, detail: expect.stringContaining("this machine's clock is wrong") });
  });

  it('tells when there is nobody there, or somebody else', async () => {
    expect(await verify({ baseUrl: `${simulator.url}/other` })).toEqual({
      ok: false,
      detail: 'Tencent Cloud refuses the account (HTTP 404).',
    });
    await simulator.close();
    expect(await verify()).toEqual({ ok: false, detail: expect.stringMatching(/^Tencent Cloud cannot be reached: /) });
  });
});

describe('a report of the simulator', () => {
  it('is one that is understood', async () => {
    let sent: SendResult['outcomes'] = [];
    const readings = await readPostedReceipts(simulator, vendor, account, async () => {
      ({ outcomes: sent } = await send(addresses(2)));
    });
    expect(readings.flatMap(({ receipts }) => receipts)).toEqual(
      sent.map((outcome) => ({
        vendorReference: 'vendorReference' in outcome && outcome.vendorReference,
        status: 'delivered',
        at: expect.any(Date),
      })),
    );
  });
});
