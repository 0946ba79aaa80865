import { describe, expect, it } from '@jest/globals';
import { receiptCall } from '../../../test/support/vendors/vendor-request.js';
import type { ReceiptCall } from '../vendor.js';
import { readReceipts } from './receipts.js';

const NOW = new Date(1_700_000_000_000);
const SIGNATURE =
  'timestamp=1700000000000; nonce=a07bfa17-6d82-4b53-a9a2-07cfef5ceef1; value=cLQKKbdGKLUlFIfJ5tbbN+YVpWKjCjCZxd4rj3xQHT4=';

const call = (body: unknown, change: Partial<ReceiptCall> = {}, settings = {}): ReceiptCall =>
  receiptCall(body, { account: { id: 7, organisationId: 3, code: 'huawei', settings }, now: NOW, ...change });

describe('a receipt', () => {
  it('of version 1 says how each device fared', () => {
    const at = new Date(1_690_000_000_000);
    const entry = (token: string, status: unknown) => ({
      biTag: '16-1',
      appid: '1',
      token,
      status,
      timestamp: at.getTime(),
      requestId: '17',
    });
    const statuses = [entry('a', 0), entry('b', 2), entry('c', '5'), entry('d', 6), entry('e', 27), entry('f', 9999)];
    expect(readReceipts(call({ statuses }))).toEqual({
      answer: { status: 200, body: '{"code":"0","message":"success","errno":"0","errmsg":"success"}' },
      receipts: [
        { tag: '16-1', addresses: ['a'], status: 'delivered', at },
        { tag: '16-1', addresses: ['b'], status: 'address-gone', code: 'huawei-2', at },
        { tag: '16-1', addresses: ['c'], status: 'address-gone', code: 'huawei-5', at },
        { tag: '16-1', addresses: ['d'], status: 'failed', code: 'huawei-6', at },
        { tag: '16-1', addresses: ['e'], status: 'delivered', at },
        { tag: '16-1', addresses: ['f'], status: 'failed', code: 'huawei-9999', at },
      ],
    });
  });

  it('of version 2 says the same', () => {
    const timestamp = 1_690_000_000_000;
    const entry = { biTag: '16-1', token: 'a', pushType: 0, appPackageName: 'com.example', requestId: '17' };
    const statuses = [{ ...entry, deliveryStatus: { result: 10, timestamp } }];
    expect(readReceipts(call({ statuses })).receipts).toEqual([
      { tag: '16-1', addresses: ['a'], status: 'failed', code: 'huawei-10', at: new Date(timestamp) },
    ]);
  });

  it.each(['nonsense', '', 'null', '[]', '{"statuses":{}}', '{"statuses":null}'])(
    'that is none is refused: %s',
    (body) => {
      expect(readReceipts(call(body))).toEqual({ receipts: [], answer: { status: 400 } });
    },
  );

  it('with entries of any other shape is taken without them', () => {
    const whole = { biTag: '16-1', token: 'a', status: 0 };
    const statuses = [
      null,
      7,
      'x',
      [],
      {},
      { ...whole, biTag: '' },
      { ...whole, biTag: {} },
      { ...whole, token: ['a'] },
      { ...whole, status: {} },
      { ...whole, status: '' },
      { ...whole, status: 'NaN' },
      { ...whole, deliveryStatus: 'x', status: null },
      { ...whole, timestamp: 1e300 },
      { ...whole, timestamp: [] },
    ];
    const { receipts, answer } = readReceipts(call({ statuses }));
    expect(answer.status).toBe(200);
    const receipt = { tag: '16-1', addresses: ['a'], status: 'delivered', at: NOW };
    expect(receipts).toEqual([receipt, receipt]);
  });
});

describe('the signature of a receipt', () => {
  const body = { statuses: [] };
  const settings = { callbackUser: 'demoUser', callbackKey: 'demoSecret' };
  const answered = (header: string | undefined, change: Partial<ReceiptCall> = {}, own = settings): number =>
    readReceipts(call(body, { headers: { 'x-huawei-callback-id': header }, ...change }, own)).answer.status;

  it('is taken when it is Huawei’s, with or without blanks', () => {
    expect(answered(SIGNATURE)).toBe(200);
    expect(answered(SIGNATURE.replaceAll(' ', ''))).toBe(200);
  });

  it('may be made with the bytes of a key in Base64, as newer receipt configurations do', () => {
    const bytes = Buffer.from('0123456789abcdef0123456789abcdef');
    const header = 'timestamp=1700000000000; nonce=n; value=sP79OgcRp45yHqtCpe8MslUz1UYTqyTgIocLNRA5DkY=';
    expect(answered(header, {}, { callbackUser: 'demoUser', callbackKey: bytes.toString('base64') })).toBe(200);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['of another user', SIGNATURE.replace('cLQK', 'dLQK')],
    ['of another nonce', SIGNATURE.replace('a07b', 'b07b')],
    ['of another time', SIGNATURE.replace('1700000000000', '1700000000001')],
    ['cut short', SIGNATURE.slice(0, -8)],
    ['without a time', SIGNATURE.replace('timestamp=1700000000000; ', '')],
    ['nonsense', ';;=;value;timestamp=x'],
  ])('that is %s lets nothing in', (_what, header) => {
    expect(answered(header)).toBe(401);
  });

  it('is good for ten minutes, by a clock that may be as much behind', () => {
    const at = (minutes: number): Partial<ReceiptCall> => ({ now: new Date(NOW.getTime() + minutes * 60_000) });
    expect(answered(SIGNATURE, at(10))).toBe(200);
    expect(answered(SIGNATURE, at(-10))).toBe(200);
    expect(answered(SIGNATURE, at(10.1))).toBe(401);
    expect(answered(SIGNATURE, at(-10.1))).toBe(401);
  });

  it('is not looked at without a key', () => {
    expect(readReceipts(call(body)).answer.status).toBe(200);
  });
});
