import { createHash } from 'node:crypto';
import openapi from '@alicloud/openapi-core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AliyunSmsSimulator } from '../../../test/support/vendors/aliyun-sms/aliyun-sms-simulator.js';
import { type AcsCall, canonicalRequest, signAcs3 } from './sign.js';

const { $OpenApiUtil, default: Client } = openapi;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a signature of Alibaba Cloud', () => {
  const call: AcsCall = {
    host: 'dysmsapi.aliyuncs.com',
    action: 'SendSms',
    query: {
      PhoneNumbers: '13800000000,13900000000',
      SignName: '示例',
      TemplateCode: 'SMS_1',
      TemplateParam: '{"code":"1234"}',
    },
    form: {},
    at: new Date('2026-01-02T03:04:05.678Z'),
    nonce: 'nonce-1',
  };

  it('is the one that its documentation leads to', () => {
    const keys = { accessKeyId: 'demoAK', accessKeySecret: 'demoSK' };
    const { query, body, headers } = signAcs3(call, keys);
    const { authorization, ...others } = headers;
    expect(query).toBe(
      'PhoneNumbers=13800000000%2C13900000000&SignName=%E7%A4%BA%E4%BE%8B&TemplateCode=SMS_1' +
        '&TemplateParam=%7B%22code%22%3A%221234%22%7D',
    );
    expect(body).toBe('');
    expect(others).toEqual({
      'x-acs-action': 'SendSms',
      'x-acs-version': '2017-05-25',
      'x-acs-date': '2026-01-02T03:04:05Z',
      'x-acs-signature-nonce': 'nonce-1',
      'x-acs-content-sha256': sha256(''),
    });
    expect(sha256(canonicalRequest(query, { host: call.host, ...others }, sha256('')))).toBe(
      'c9d7fa0b20984f1cb155cd6c1ef6bc7632dc99716871f0ae4cb9746423890cf3',
    );
    expect(authorization).toBe(
      'ACS3-HMAC-SHA256 Credential=demoAK,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;' +
        'x-acs-signature-nonce;x-acs-version,Signature=e90666078039db2434c40089819737e67c585f74ec0b43b36d30f49060a66216',
    );
  });

  it('covers the form and the token of a temporary key', () => {
    const keys = { accessKeyId: 'demoAK', accessKeySecret: 'demoSK', securityToken: 'sts' };
    const { body, headers } = signAcs3({ ...call, form: { B: "a b*'()!~", A: '1' } }, keys);
    expect(body).toBe('A=1&B=a%20b%2A%27%28%29%21~');
    expect(headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'x-acs-content-sha256': sha256(body),
      'x-acs-security-token': 'sts',
      authorization: expect.stringContaining('SignedHeaders=content-type;host;x-acs-action;'),
    });
    expect(headers['authorization']).toContain(';x-acs-security-token;x-acs-signature-nonce;');
  });
});

describe("the vendor's own client", () => {
  let simulator: AliyunSmsSimulator;

  beforeEach(async () => {
    simulator = await new AliyunSmsSimulator().start();
  });
  afterEach(() => simulator.close());

  const params = (action: string) =>
    new $OpenApiUtil.Params({
      action,
      version: '2017-05-25',
      protocol: 'HTTP',
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    });
  const config = () => ({ endpoint: new URL(simulator.url).host, protocol: 'http' });
  const text = { TemplateCode: 'SMS_TEXT', TemplateParam: '{"text":"a b+c*(d)\'!~"}' };

  it('signs the same request in the same way', async () => {
    const { id: accessKeyId, secret: accessKeySecret } = simulator.key;
    const credential = { getCredential: () => Promise.resolve({ accessKeyId, accessKeySecret, type: 'access_key' }) };
    const client = new Client(new $OpenApiUtil.Config({ ...config(), credential }));
    const query = { PhoneNumbers: '13800000001', SignName: '华东医院', ...text };
    const at = new Date();
    const fixed = { 'x-acs-date': at.toISOString().replace(/\.\d+/, ''), 'x-acs-signature-nonce': 'nonce-1' };
    const request = new $OpenApiUtil.OpenApiRequest({ query, headers: fixed });
    await client.callApi(params('SendSms'), request, {} as Parameters<typeof client.callApi>[2]);
    const ours = signAcs3(
      { host: config().endpoint, action: 'SendSms', query, form: {}, at, nonce: 'nonce-1' },
      { accessKeyId, accessKeySecret },
    );
    expect(simulator.seen[0]?.headers).toMatchObject(ours.headers);
    expect(simulator.pushes).toBe(1);
  });

  it('can send to many with words of their own', async () => {
    const { id, secret } = simulator.key;
    const keys = { accessKeyId: id, accessKeySecret: secret };
    const client = new Client(new $OpenApiUtil.Config({ ...config(), ...keys }));
    const request = new $OpenApiUtil.OpenApiRequest({
      query: { TemplateCode: 'SMS_TEXT', OutId: '16-1' },
      body: {
        PhoneNumberJson: '["13800000001","13800000002"]',
        SignNameJson: '["华东医院","体检中心"]',
        TemplateParamJson: '[{"text":"a*b"},{"text":"c d"}]',
      },
    });
    const answer = await client.callApi(params('SendBatchSms'), request, {} as Parameters<typeof client.callApi>[2]);
    expect(answer).toMatchObject({ statusCode: 200, body: { Code: 'OK' } });
    expect(simulator.pushes).toBe(2);
  });
});
