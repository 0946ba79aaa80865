import { describe, expect, it } from '@jest/globals';
import { createHash, createHmac } from 'node:crypto';
import { vendorAccount } from '../../../test/support/vendors/vendor-request.js';
import type { Content } from '../../channels/channel-kind.js';
import { buildCall } from './build-call.js';
import { HTTP_SMS } from './definition.js';
import { messageFilling } from './filling.js';
import { gatewayOf } from './gateway.js';

const now = new Date('2026-12-01T02:03:04.567Z');
const TARGETS = [
  { reference: '16-1-1', address: '13800138000' },
  { reference: '16-1-2', address: '+85251234567' },
];

/** The request of a gateway with these settings. */
function call(settings: Record<string, unknown>, content: Content = { text: 'Hello "Wei"' }, targets = TARGETS) {
  const account = vendorAccount(HTTP_SMS, {
    url: 'https://sms.example.com/send',
    batchSize: 10,
    account: 'clinic',
    password: 'p',
    secrets: { key: 'k' },
    ...settings,
  });
  const gateway = gatewayOf(account);
  if (Array.isArray(gateway)) throw new Error(JSON.stringify(gateway));
  return buildCall(gateway, gateway.call, messageFilling(gateway, { tag: '16-1' }, content, targets, now));
}

const FIELDS = { to: '{phones}', text: '{text}' };
const jsonOf = (fields: Record<string, unknown>, content?: Content, change: Record<string, unknown> = {}): unknown =>
  JSON.parse(String(call({ encoding: 'json', fields: { ...FIELDS, ...fields }, ...change }, content).body));

describe('the fields of a request', () => {
  it('hold all that can be said', () => {
    const fields = {
      all: '{phones} {count} {sign} {tag} {account} {password} {secret.key} {timestamp}',
      signed: '{signedText}',
      same: 'just {this is} text',
      times: 3,
      report: true,
    };
    expect(jsonOf(fields, { text: 'Hi', sign: 'S' }, { phoneSeparator: ';' })).toEqual({
      to: '13800138000;0085251234567',
      text: 'Hi',
      all: '13800138000;0085251234567 2 S 16-1 clinic p k 1796090584',
      signed: '【S】Hi',
      same: 'just {this is} text',
      times: 3,
      report: true,
    });
  });

  it('that their placeholders leave empty are left out, and so is what holds nothing else', () => {
    const fields = {
      sign: '{sign}',
      template: { id: '{templateId}' },
      list: ['{sign}'],
      values: '{paramValues}',
      none: '',
    };
    expect(jsonOf(fields)).toEqual({ to: '13800138000,0085251234567', text: 'Hello "Wei"', none: '' });
  });

  it('hold the values of a template by name, as an object and as a list', () => {
    const fields = {
      id: '{templateId}',
      one: 'for {params.name}',
      all: '{params}',
      list: '{paramValues}',
      no: '{params.toString}',
    };
    const content = { vendorTemplate: { id: 'T1', params: { name: 'Wei', time: '9:00' } } };
    expect(jsonOf(fields, content)).toEqual({
      to: '13800138000,0085251234567',
      id: 'T1',
      one: 'for Wei',
      all: { name: 'Wei', time: '9:00' },
      list: ['Wei', '9:00'],
    });
  });

  it('may be made for each number', () => {
    const fields = {
      phones: { $each: '{phone}' },
      messages: { $each: { to: ['{phone}'], ref: '{reference}', text: '{text}' } },
    };
    expect(jsonOf(fields)).toMatchObject({
      phones: ['13800138000', '0085251234567'],
      messages: [
        { to: ['13800138000'], ref: '16-1-1', text: 'Hello "Wei"' },
        { to: ['0085251234567'], ref: '16-1-2', text: 'Hello "Wei"' },
      ],
    });
  });

  it('never read a placeholder in what somebody wrote', () => {
    expect(jsonOf({}, { text: '{password}' })).toMatchObject({ text: '{password}' });
  });

  it('that are nested go out as JSON in a form', () => {
    const { body, headers } = call({ fields: { ...FIELDS, data: { text: '{text}', n: { $number: '{timestamp}' } } } });
    expect(headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' });
    expect(Object.fromEntries(new URLSearchParams(String(body)))).toEqual({
      to: '13800138000,0085251234567',
      text: 'Hello "Wei"',
      data: '{"text":"Hello \\"Wei\\"","n":1796090584}',
    });
  });

  it('may stand in the address, percent-encoded', () => {
    const url = 'https://sms.example.com/{account}/send?to={phones}&text={text}';
    expect(call({ method: 'GET', encoding: 'query', url, fields: { ref: '{tag}' } }, { text: 'a&b=c/../d' })).toEqual({
      method: 'GET',
      url: 'https://sms.example.com/clinic/send?to=13800138000%2C0085251234567&text=a%26b%3Dc%2F..%2Fd&ref=16-1',
      headers: {},
      body: '',
    });
  });
});

describe('the headers of a request', () => {
  it.each([
    [{ auth: 'basic' }, { authorization: 'Basic Y2xpbmljOnA=' }],
    [{ auth: 'bearer' }, { authorization: 'Bearer p' }],
    [{ headers: { 'X-Key': '{secret.key}' } }, { 'x-key': 'k' }],
    [{ headers: { 'Content-Type': 'application/json' }, encoding: 'json' }, { 'content-type': 'application/json' }],
  ])('of %j are %j', (settings, headers) => {
    expect(call({ fields: FIELDS, ...settings }).headers).toMatchObject(headers);
  });
});

describe('the signature of a request', () => {
  const signed = (signature: Record<string, unknown>, change: Record<string, unknown> = {}): string | null => {
    const { body } = call({ fields: { ...FIELDS, a: '{account}', sign: '{signature}' }, signature, ...change });
    return new URLSearchParams(String(body)).get('sign');
  };

  it.each([
    [{ algorithm: 'md5', of: '{account}{password}' }, createHash('md5').update('clinicp').digest('hex')],
    [{ algorithm: 'sha1', of: 'x', encoding: 'HEX' }, '11F6AD8EC52A2984ABAAFD7C3B516503785C2072'],
    [{ algorithm: 'sha256', of: 'x', encoding: 'base64' }, createHash('sha256').update('x').digest('base64')],
    [{ algorithm: 'hmac-md5', of: 'x', key: '{secret.key}' }, createHmac('md5', 'k').update('x').digest('hex')],
    [{ algorithm: 'hmac-sha1', of: 'x', key: 'y' }, createHmac('sha1', 'y').update('x').digest('hex')],
    [
      { algorithm: 'hmac-sha256', of: '{timestamp}', key: 'y' },
      createHmac('sha256', 'y').update('1796090584').digest('hex'),
    ],
    [
      { algorithm: 'md5', of: '{fields}&key={secret.key}' },
      createHash('md5').update('a=clinic&text=Hello "Wei"&to=13800138000,0085251234567&key=k').digest('hex'),
    ],
  ])('by %j', (signature, expected) => expect(signed(signature)).toBe(expected));

  it('is of the bytes that go out', () => {
    const text = Buffer.from([0xc4, 0xe3]);
    expect(signed({ of: '你' }, { charset: 'gbk' })).toBe(createHash('md5').update(text).digest('hex'));
  });

  it('is the same in fields, headers and for each number, with the same nonce', () => {
    const { body, headers = {} } = call({
      encoding: 'json',
      fields: { ...FIELDS, nonce: '{nonce}', list: { $each: '{signature}' } },
      headers: { 'x-signature': '{signature}', 'x-nonce': '{nonce}' },
      signature: { of: '{nonce}' },
    });
    const { nonce, list } = JSON.parse(String(body)) as { nonce: string; list: string[] };
    const expected = createHash('md5').update(nonce).digest('hex');
    expect([headers['x-nonce'], headers['x-signature'], ...list]).toEqual([nonce, expected, expected, expected]);
    expect(nonce).toMatch(/^[0-9a-f]{32}$/);
  });
});
