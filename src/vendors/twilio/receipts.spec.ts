import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import twilio from 'twilio';
import { ReceiptReceiver } from '../../../test/support/vendors/twilio/receipt-receiver.js';
import { TwilioSimulator } from '../../../test/support/vendors/twilio/twilio-simulator.js';
import { vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { ReceiptCall, VendorAccountConfig } from '../vendor.js';
import { TWILIO } from './definition.js';
import { TwilioVendor } from './twilio.js';

let simulator: TwilioSimulator;
let vendor: TwilioVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new TwilioSimulator().start();
  vendor = new TwilioVendor(new SystemClock());
  account = vendorAccount(TWILIO, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const now = new Date(1_800_000_000_000);
const url = 'https://push.example.com/api/v1/receipts/7/secret?reference=16-1-1';
const form = (change: Record<string, string> = {}): URLSearchParams =>
  new URLSearchParams({ MessageSid: 'SM1', MessageStatus: 'delivered', To: '+15550000000', ...change });
/** Signed as it should be, unless `change` says otherwise. */
const call = (body: URLSearchParams, change: Partial<ReceiptCall> = {}): ReceiptCall => ({
  account,
  url,
  headers: { 'x-twilio-signature': simulator.sign(change.url ?? url, body) },
  query: { reference: '16-1-1' },
  body: body.toString(),
  now,
  ...change,
});

describe('a receipt of Twilio', () => {
  const forbidden = { receipts: [], answer: { status: 403 } };

  it.each([
    [{ MessageStatus: 'delivered' }, { status: 'delivered' }],
    [{ MessageStatus: 'read' }, { status: 'read' }],
    [
      { MessageStatus: 'undelivered', ErrorCode: '30003' },
      { status: 'failed', code: '30003' },
    ],
    [
      { MessageStatus: 'undelivered', ErrorCode: '30005' },
      { status: 'address-gone', code: '30005' },
    ],
    [
      { MessageStatus: 'failed', ErrorCode: '30006' },
      { status: 'address-gone', code: '30006' },
    ],
    [{ MessageStatus: 'canceled' }, { status: 'failed', code: 'canceled' }],
  ])('of %j says %j of the delivery in its URL', (told, said) => {
    expect(vendor.readReceipts(call(form(told)))).toEqual({
      receipts: [{ reference: '16-1-1', at: now, ...said }],
      answer: { status: 204 },
    });
  });

  it.each(['accepted', 'queued', 'sending', 'sent', 'constructor', '__proto__'])(
    'of status %s says nothing new',
    (status) => {
      expect(vendor.readReceipts(call(form({ MessageStatus: status })))).toEqual({
        receipts: [],
        answer: { status: 204 },
      });
    },
  );

  it('that names no delivery, or no status, is refused as well', () => {
    const bare = 'https://push.example.com/api/v1/receipts/7/secret';
    expect(vendor.readReceipts(call(form(), { url: bare, query: {} })).answer).toEqual({ status: 400 });
    expect(vendor.readReceipts(call(new URLSearchParams({ To: '+15550000000' }))).answer).toEqual({ status: 400 });
  });

  it('is refused when it is not signed, signed by somebody else, or changed', () => {
    const good = call(form());
    expect(vendor.readReceipts({ ...good, headers: {} })).toEqual(forbidden);
    expect(vendor.readReceipts({ ...good, headers: { 'x-twilio-signature': '' } })).toEqual(forbidden);
    expect(vendor.readReceipts({ ...good, headers: { 'x-twilio-signature': 'ü'.repeat(28) } })).toEqual(forbidden);
    expect(vendor.readReceipts({ ...good, body: form({ MessageStatus: 'failed' }).toString() })).toEqual(forbidden);
    expect(vendor.readReceipts({ ...good, url: url.replace('16-1-1', '16-1-2') })).toEqual(forbidden);
    expect(vendor.readReceipts({ ...good, url: 'not a url' })).toEqual(forbidden);
    const { authToken: _, ...rest } = account.settings;
    expect(vendor.readReceipts({ ...good, account: { ...account, settings: rest } })).toEqual(forbidden);
  });

  it('is signed as the vector of the documentation is', () => {
    const fields = {
      AccountSid: 'AC1',
      From: '+15550002222',
      MessageSid: 'SM1',
      MessageStatus: 'delivered',
      To: '+15550001111',
    };
    const settings = { ...account.settings, authToken: 'demoAuthToken' };
    const signed = call(new URLSearchParams(fields), {
      account: { ...account, settings },
      url: 'https://push.example.com/cb/twilio',
      headers: { 'x-twilio-signature': 'gxQHXXZiY6p1apSL7OWP/TnoCjw=' },
    });
    expect(vendor.readReceipts(signed).answer).toEqual({ status: 204 });
  });

  it('may be an object whose hash is in the signed URL', () => {
    const body = JSON.stringify({ MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: 30005 });
    const bodySHA256 = createHash('sha256').update(body).digest('hex');
    const signedUrl = `${url}&bodySHA256=${bodySHA256}`;
    const signed = {
      ...call(new URLSearchParams(), { url: signedUrl, query: { reference: '16-1-1', bodySHA256 } }),
      body,
    };
    expect(vendor.readReceipts(signed).receipts).toEqual([
      { reference: '16-1-1', status: 'address-gone', code: '30005', at: now },
    ]);
    expect(vendor.readReceipts({ ...signed, body: body.replace('30005', '30003') })).toEqual(forbidden);
    expect(vendor.readReceipts({ ...signed, query: { reference: '16-1-1', bodySHA256: '' } })).toEqual(forbidden);
  });

  it('is asked for with every message and told when the number has it', async () => {
    const receiver = await new ReceiptReceiver(vendor, account).start();
    await vendor.send({
      ...vendorRequest(account, [simulator.address(1), simulator.address(2)]),
      receiptUrl: receiver.url,
    });
    await simulator.receiptsPosted();
    receiver.close();
    expect(simulator.receiptAnswers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    expect(receiver.receipts.map((receipt) => 'reference' in receipt && receipt.reference).sort()).toEqual([
      '16-1-1',
      '16-1-2',
    ]);
    expect(new Set(receiver.receipts.map(({ status }) => status))).toEqual(new Set(['delivered']));
  });
});

describe('beside the library of Twilio', () => {
  it.each([
    ['https://push.example.com/r?reference=16-1-1', 'https://push.example.com/r?reference=16-1-1', true],
    ['https://push.example.com:443/r?reference=16-1-1', 'https://push.example.com/r?reference=16-1-1', true],
    ['https://push.example.com/r?reference=16-1-1', 'https://push.example.com:443/r?reference=16-1-1', true],
    ['http://push.example.com:80/r', 'http://push.example.com/r', true],
    ['https://push.example.com:8443/r', 'https://push.example.com:8443/r', true],
    ['https://push.example.com/r', 'https://push.example.com:8443/r', true],
    ['https://[2001:db8::1]:443/r', 'https://[2001:db8::1]/r', true],
    ['https://push.example.com:8443/r', 'https://push.example.com/r', false],
    ['https://push.example.com/r?reference=16-1-1', 'https://push.example.com/r?reference=16-1-2', false],
  ])('a call signed for %s and made to %s is taken by both: %p', (signedUrl, calledUrl, taken) => {
    const body = new URLSearchParams(
      'To=%2B15550000000&MessageStatus=delivered&Two=b&Two=a&Two=a&Empty=&Name=%E6%9D%8E+Wei',
    );
    const signature = simulator.sign(signedUrl, body);
    const params = Object.fromEntries(
      [...new Set(body.keys())].map((name) => [name, name === 'Two' ? ['b', 'a', 'a'] : body.get(name)]),
    );
    const { authToken } = simulator.settings as Record<string, string>;
    expect(twilio.validateRequest(authToken ?? '', signature, calledUrl, params)).toBe(taken);
    const headers = { 'x-twilio-signature': signature };
    expect(vendor.readReceipts(call(body, { url: calledUrl, headers })).answer.status).toBe(taken ? 204 : 403);
  });

  it('a call with the hash of its body is taken by both', () => {
    const body = '{"MessageStatus":"delivered","text":"您好"}';
    const bodySHA256 = createHash('sha256').update(body).digest('hex');
    const url = `https://push.example.com/r?bodySHA256=${bodySHA256}&reference=16-1-1`;
    const signature = simulator.sign(url);
    const { authToken } = simulator.settings as Record<string, string>;
    expect(twilio.validateRequestWithBody(authToken ?? '', signature, url, body)).toBe(true);
    const headers = { 'x-twilio-signature': signature };
    const query = { bodySHA256, reference: '16-1-1' };
    expect(vendor.readReceipts({ ...call(form()), url, headers, query, body }).answer.status).toBe(204);
  });
});
