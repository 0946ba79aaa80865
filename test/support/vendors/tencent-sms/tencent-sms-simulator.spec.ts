import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { signTc3 } from '../../../../src/vendors/tencent-sms/sign.js';
import { TencentSmsSimulator } from './tencent-sms-simulator.js';

let simulator: TencentSmsSimulator;

beforeEach(async () => {
  simulator = await new TencentSmsSimulator().start();
});
afterEach(() => simulator.close());

const fields = {
  PhoneNumberSet: ['+8613800000001'],
  SmsSdkAppId: '1400006666',
  TemplateId: '1003',
  SignName: '华东医院',
};
const now = (): number => Math.floor(Date.now() / 1000);

/** The code that is answered to these fields: of the whole call, or else of its first number. */
async function answerTo(wanted: unknown, change: Record<string, string> = {}, timestamp = now()): Promise<unknown> {
  const body = JSON.stringify(wanted);
  const keys = { secretId: simulator.key.id, secretKey: simulator.key.secret };
  const headers = {
    'content-type': 'application/json',
    'x-tc-action': 'SendSms',
    'x-tc-version': '2021-01-11',
    'x-tc-region': 'ap-guangzhou',
    'x-tc-timestamp': String(timestamp),
    authorization: signTc3({ host: new URL(simulator.url).host, body, timestamp }, keys),
    ...change,
  };
  const answer = await fetch(simulator.url, { method: 'POST', headers, body });
  const { Response: response } = (await answer.json()) as {
    Response: { Error?: { Code: unknown }; SendStatusSet?: { Code: unknown }[] };
  };
  return response.Error?.Code ?? response.SendStatusSet?.[0]?.Code;
}

describe('the simulator of Tencent Cloud', () => {
  it('takes nothing else than what was signed, when it was signed', async () => {
    expect(await answerTo(fields)).toBe('Ok');
    const mismatch = 'AuthFailure.SignatureFailure';
    expect(await answerTo(fields, { 'x-tc-timestamp': String(now() - 5) })).toBe(mismatch);
    expect(await answerTo(fields, { 'content-type': 'application/json; charset=utf-8' })).toBe(mismatch);
    expect(await answerTo(fields, { authorization: 'Bearer x' })).toBe('AuthFailure.InvalidAuthorization');
  });

  it.each([-301, 301])('takes no request of another time (%i seconds)', async (seconds) =>
    expect(await answerTo(fields, {}, now() + seconds)).toBe('AuthFailure.SignatureExpire'),
  );

  it('takes 200 numbers, no more', async () => {
    const many = (count: number) => ({
      ...fields,
      PhoneNumberSet: Array.from({ length: count }, (_, index) => simulator.address(index)),
    });
    expect(await answerTo(many(200))).toBe('Ok');
    expect(await answerTo(many(201))).toBe('LimitExceeded.PhoneNumberCountLimit');
  });

  it.each([
    [{ PhoneNumberSet: [] }, 'MissingParameter.EmptyPhoneNumberSet'],
    [{ SmsSdkAppId: undefined }, 'MissingParameter'],
    [{ SmsSdkAppId: '1' }, 'UnauthorizedOperation.SmsSdkAppIdVerifyFail'],
    [{ TemplateId: '0' }, 'FailedOperation.TemplateIncorrectOrUnapproved'],
    [{ TemplateParamSet: ['x'] }, 'FailedOperation.TemplateParamSetNotMatchApprovedTemplate'],
    [{ SignName: undefined }, 'FailedOperation.SignatureIncorrectOrUnapproved'],
    [{ SessionContext: 'x'.repeat(512) }, 'InvalidParameterValue'],
    [{ PhoneNumberSet: ['+8612'] }, 'InvalidParameterValue.IncorrectPhoneNumber'],
    [
      { PhoneNumberSet: ['+8613800000001', '+85251234567'] },
      'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber',
    ],
  ])('refuses %j', async (change, code) => expect(await answerTo({ ...fields, ...change })).toBe(code));

  it.each([
    [{ 'x-tc-version': '2019-07-11' }, 'NoSuchVersion'],
    [{ 'x-tc-region': '' }, 'MissingParameter'],
    [{ 'x-tc-action': 'SendSmses' }, 'InvalidAction'],
  ])('refuses the headers %j', async (change, code) => expect(await answerTo(fields, change)).toBe(code));
});
