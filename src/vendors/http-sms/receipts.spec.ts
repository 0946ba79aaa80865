import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FormGateway } from '../../../test/support/vendors/http-sms/form-gateway.js';
import { JsonGateway } from '../../../test/support/vendors/http-sms/json-gateway.js';
import { ReceiptReceiver } from '../../../test/support/vendors/twilio/receipt-receiver.js';
import { vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { ReceiptCall, ReceiptReading } from '../vendor.js';
import { HTTP_SMS } from './definition.js';
import { HttpSmsVendor } from './http-sms.js';

const now = new Date('2026-12-01T03:00:00Z');
const content = { text: '您的报告已出' };
let vendor: HttpSmsVendor;

beforeEach(() => {
  vendor = new HttpSmsVendor(new SystemClock());
});

afterEach(() => vendor.close());

/** What is read from a callback of a gateway whose receipts are described so. */
function read(receipts: Record<string, unknown> | undefined, call: Partial<ReceiptCall>): ReceiptReading {
  const account = vendorAccount(HTTP_SMS, {
    url: 'https://sms.example.com/send',
    fields: { to: '{phone}', text: '{text}', ref: '{reference}', tag: '{tag}' },
    answer: { idPath: 'id' },
    ...(receipts === undefined ? {} : { receipts }),
  });
  return vendor.readReceipts({ account, url: '', headers: {}, query: {}, body: '', now, ...call });
}

const BY_REFERENCE = { subject: 'reference', subjectPath: 'ref', statusPath: 'status' };

describe('a receipt of a gateway', () => {
  it('names a delivery by its reference, and says how it fared, with a time or without', () => {
    const settings = { ...BY_REFERENCE, gone: ['MK:0001'], timePath: 'at' };
    const entries = [
      { ref: '16-1-1', status: 'DELIVRD', at: '20261201103000' },
      { ref: '16-1-2', status: 'UNDELIV', at: 'yesterday' },
      { ref: '16-1-3', status: 'MK:0001' },
      { ref: '16-1-4', status: 'ACCEPTD' },
    ];
    expect(read(settings, { body: JSON.stringify(entries) })).toEqual({
      receipts: [
        { reference: '16-1-1', status: 'delivered', at: new Date('2026-12-01T02:30:00Z') },
        { reference: '16-1-2', status: 'failed', code: 'UNDELIV', at: now },
        { reference: '16-1-3', status: 'address-gone', code: 'MK:0001', at: now },
      ],
      answer: { status: 200, body: 'OK', contentType: 'text/plain; charset=utf-8' },
    });
  });

  it('names it by the tag and the number, however that is spelled', () => {
    const settings = { ...BY_REFERENCE, subject: 'tag', subjectPath: 'tag', phonePath: 'to' };
    const spelled = ['13800138000', '+8613800138000', '8613800138000', '008613800138000'];
    for (const to of spelled) {
      const { receipts } = read(settings, { body: JSON.stringify({ tag: '16-1', to, status: 'DELIVRD' }) });
      expect(receipts).toEqual([
        { tag: '16-1', addresses: expect.arrayContaining(spelled), status: 'delivered', at: now },
      ]);
    }
    const masked = { tag: '16-1', to: '138****8000', status: 'DELIVRD' };
    expect(read(settings, { body: JSON.stringify(masked) }).receipts).toEqual([]);
  });

  it('may come in the query', () => {
    const settings = { ...BY_REFERENCE, encoding: 'query', delivered: ['0'], answer: '', contentType: 'text/html' };
    expect(read(settings, { query: { ref: '16-1-1', status: '0' } })).toEqual({
      receipts: [{ reference: '16-1-1', status: 'delivered', at: now }],
      answer: { status: 200, body: '', contentType: 'text/html' },
    });
  });

  it('may come in a form, alone or as a list in a field', () => {
    const delivered = [{ reference: '16-1-1', status: 'delivered', at: now }];
    const form = new URLSearchParams({ ref: '16-1-1', status: 'DELIVRD' });
    expect(read({ ...BY_REFERENCE, encoding: 'form' }, { body: form.toString() }).receipts).toEqual(delivered);
    const listed = new URLSearchParams({ reports: '[{"ref":"16-1-1","status":"DELIVRD"}]' });
    const settings = { ...BY_REFERENCE, encoding: 'form', listPath: 'reports' };
    expect(read(settings, { body: listed.toString() }).receipts).toEqual(delivered);
    const text = new URLSearchParams({ args: '16-1-1,DELIVRD;16-1-2,EXPIRED;' });
    const ofText = { ...settings, listPath: 'args', listEncoding: 'text', recordSeparator: ';' };
    expect(read({ ...ofText, subjectPath: '[0]', statusPath: '[1]' }, { body: text.toString() }).receipts).toEqual([
      ...delivered,
      { reference: '16-1-2', status: 'failed', code: 'EXPIRED', at: now },
    ]);
  });

  it('that is hostile says nothing', () => {
    const hostile = [
      null,
      1,
      'x',
      [],
      [['16-1-1']],
      {},
      { ref: {}, status: 'DELIVRD' },
      { ref: '16-1-1', status: ['DELIVRD'] },
      { ref: '16-1-1', status: '  ' },
      JSON.parse('{"__proto__":{"ref":"16-1-1","status":"DELIVRD"}}') as unknown,
    ];
    expect(read(BY_REFERENCE, { body: JSON.stringify(hostile) }).receipts).toEqual([]);
    const inherited = { ...BY_REFERENCE, subjectPath: 'constructor.name', statusPath: 'length' };
    expect(read(inherited, { body: '[[{}]]' }).receipts).toEqual([]);
    const byId = { ...BY_REFERENCE, subject: 'vendorReference', subjectPath: 'id' };
    const ids = ['', 'two words', 'a\u0000b', 'x'.repeat(129)].map((id) => ({ id, status: 'DELIVRD' }));
    expect(read(byId, { body: JSON.stringify(ids) }).receipts).toEqual([]);
  });

  it.each(['', 'nonsense', '"text"', '12', 'null'])('that cannot be read is refused: %j', (body) => {
    expect(read(BY_REFERENCE, { body })).toEqual({ receipts: [], answer: { status: 400 } });
  });

  it('that has no list where one is said to be is refused, and so is one that nobody expects', () => {
    expect(read({ ...BY_REFERENCE, listPath: 'data.list' }, { body: '{"data":{}}' }).answer).toEqual({ status: 400 });
    expect(read(undefined, { body: '[]' }).answer).toEqual({ status: 404 });
  });
});

describe('the receipts of the simulated gateways', () => {
  it('in lines of text name each number of a request by the one id of the request', async () => {
    const simulator = await new FormGateway().start();
    const account = vendorAccount(HTTP_SMS, simulator.settings);
    const receiver = await new ReceiptReceiver(vendor, account).start();
    simulator.receiptUrl = receiver.url;
    const addresses = [simulator.address(1), simulator.address(2, true)];
    const { outcomes } = await vendor.send(vendorRequest(account, addresses, { content }));
    await simulator.receiptsPosted();
    expect(simulator.receiptAnswers).toEqual([{ status: 200, body: 'SUCCESS' }]);
    const references = outcomes.map((outcome) => ('vendorReference' in outcome ? outcome.vendorReference : ''));
    expect(receiver.receipts).toMatchObject([
      { vendorReference: references[0], status: 'delivered' },
      { vendorReference: references[1], status: 'address-gone', code: 'MK:0001' },
    ]);
    expect(Math.abs(Date.now() - (receiver.receipts[0]?.at.getTime() ?? 0))).toBeLessThan(120_000);
    receiver.close();
    await simulator.close();
  });

  it('in JSON name each delivery by its reference', async () => {
    const simulator = await new JsonGateway().start();
    const account = vendorAccount(HTTP_SMS, simulator.settings);
    const receiver = await new ReceiptReceiver(vendor, account).start();
    const addresses = [simulator.address(1), simulator.address(2)];
    await vendor.send(vendorRequest(account, addresses, { content, receiptUrl: receiver.url }));
    await simulator.receiptsPosted();
    expect(simulator.receiptAnswers).toEqual([{ status: 200, body: '{"ok":true}' }]);
    expect(receiver.receipts).toMatchObject([
      { reference: '16-1-1', status: 'delivered' },
      { reference: '16-1-2', status: 'delivered' },
    ]);
    receiver.close();
    await simulator.close();
  });
});
