import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AcsCall, signAcs3, type SignedCall } from '../../../../src/vendors/aliyun-sms/sign.js';
import { AliyunSmsSimulator } from './aliyun-sms-simulator.js';

let simulator: AliyunSmsSimulator;

beforeEach(async () => {
  simulator = await new AliyunSmsSimulator().start();
});
afterEach(() => simulator.close());

const fields = { PhoneNumbers: '13800000001', SignName: '华东医院', TemplateCode: 'SMS_PLAIN' };
const batch = { PhoneNumberJson: '["13800000001"]', SignNameJson: '["华东医院"]', TemplateParamJson: '[{}]' };

function signed(change: Partial<AcsCall> = {}): SignedCall {
  const call = { action: 'SendSms', query: fields, form: {}, at: new Date(), nonce: randomUUID(), ...change };
  const keys = { accessKeyId: simulator.key.id, accessKeySecret: simulator.key.secret };
  return signAcs3({ host: new URL(simulator.url).host, ...call }, keys);
}

async function answerTo({ query, body, headers }: SignedCall): Promise<unknown> {
  const answer = await fetch(`${simulator.url}/?${query}`, { method: 'POST', headers, body });
  return ((await answer.json()) as { Code: unknown }).Code;
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));

describe('the simulator of Alibaba Cloud', () => {
  it('takes a nonce once', async () => {
    const call = signed();
    expect(await answerTo(call)).toBe('OK');
    expect(await answerTo(call)).toBe('SignatureNonceUsed');
    expect(simulator.pushes).toBe(1);
  });

  it('takes nothing else than what was signed', async () => {
    const { query, body, headers } = signed();
    const mismatch = 'SignatureDoesNotMatch';
    expect(await answerTo({ body, headers, query: query.replace('1380', '1390') })).toBe(mismatch);
    expect(await answerTo({ query, headers, body: 'OutId=1' })).toBe(mismatch);
    expect(await answerTo({ query, body, headers: { ...headers, 'x-acs-action': 'SendBatchSms' } })).toBe(mismatch);
    expect(await answerTo({ query, body, headers: { ...headers, 'x-acs-extra': '1' } })).toBe(mismatch);
    expect(await answerTo({ query, body, headers: { ...headers, authorization: 'Bearer x' } })).toBe(
      'IncompleteSignature',
    );
  });

  it.each([-16, 16])('takes no request of another time (%i minutes)', async (minutes) => {
    const at = new Date(Date.now() + minutes * 60_000);
    expect(await answerTo(signed({ at }))).toBe('InvalidTimeStamp.Expired');
  });

  it.each(Object.keys(fields))('misses %s', async (name) => {
    const query = Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));
    expect(await answerTo(signed({ query }))).toBe(`Missing${name}`);
  });

  it('takes 1000 numbers of the same words and 100 of different ones, no more', async () => {
    const many = (count: number) => signed({ query: { ...fields, PhoneNumbers: numbers(count).join(',') } });
    const different = (count: number) =>
      signed({
        action: 'SendBatchSms',
        query: { TemplateCode: 'SMS_PLAIN' },
        form: {
          PhoneNumberJson: JSON.stringify(numbers(count)),
          SignNameJson: JSON.stringify(Array(count).fill('华东医院')),
          TemplateParamJson: JSON.stringify(numbers(count).map(() => ({}))),
        },
      });
    expect(await answerTo(many(1000))).toBe('OK');
    expect(await answerTo(many(1001))).toBe('isv.MOBILE_COUNT_OVER_LIMIT');
    expect(await answerTo(different(100))).toBe('OK');
    expect(await answerTo(different(101))).toBe('isv.MOBILE_COUNT_OVER_LIMIT');
  });

  it('wants as many signatures and params as numbers', async () => {
    const call = { action: 'SendBatchSms', query: { TemplateCode: 'SMS_PLAIN' } };
    expect(await answerTo(signed({ ...call, form: batch }))).toBe('OK');
    expect(await answerTo(signed({ ...call, form: { ...batch, SignNameJson: '[]' } }))).toBe('isv.INVALID_PARAMETERS');
  });

  it.each([
    [{ SignName: 'Nobody' }, 'isv.SMS_SIGNATURE_ILLEGAL'],
    [{ TemplateCode: 'SMS_0' }, 'isv.SMS_TEMPLATE_ILLEGAL'],
    [{ TemplateCode: 'SMS_TEXT' }, 'isv.TEMPLATE_MISSING_PARAMETERS'],
    [{ TemplateParam: 'x' }, 'isv.INVALID_JSON_PARAM'],
    [{ PhoneNumbers: '12' }, 'isv.MOBILE_NUMBER_ILLEGAL'],
  ])('refuses %j', async (change, code) =>
    expect(await answerTo(signed({ query: { ...fields, ...change } }))).toBe(code),
  );
});
