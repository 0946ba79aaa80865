import { describe, expect, it } from '@jest/globals';
import { inShort, vendorAccount } from '../../../test/support/vendors/vendor-request.js';
import type { Outcome } from '../vendor.js';
import { HTTP_SMS } from './definition.js';
import { gatewayOf } from './gateway.js';
import { readAnswer } from './read-answer.js';

const TARGETS = [
  { reference: '16-1-1', address: '13800138001' },
  { reference: '16-1-2', address: '13800138002' },
];

/** What becomes of two numbers when a gateway with such answers says this. */
function read(answer: Record<string, unknown>, text: string, status = 200): Outcome[] {
  const codes = { '9*': 'unreachable', '*': 'unknown' };
  const fields = { to: '{phones}', text: '{text}' };
  const settings = { url: 'https://sms.example.com/send', batchSize: 10, fields, answer, codes };
  const gateway = gatewayOf(vendorAccount(HTTP_SMS, settings));
  if (Array.isArray(gateway)) throw new Error(JSON.stringify(gateway));
  return readAnswer(gateway, { answered: true, status, headers: {}, text }, TARGETS, new Date()).outcomes;
}

describe('an answer of a gateway', () => {
  it('may be no more than its status, of which some can be named', () => {
    expect(inShort(read({}, 'whatever', 201))).toEqual(['accepted', 'accepted']);
    expect(inShort(read({ httpStatus: [202] }, '', 202))).toEqual(['accepted', 'accepted']);
    expect(inShort(read({ httpStatus: [202] }, '', 200))).toEqual(Array(2).fill('unknown unreadable-answer'));
  });

  it('may be an id, or a negative code', () => {
    const settings = { encoding: 'text', codePath: '[0][0]', successPrefixes: ['1', '2'], idPath: '[0][0]' };
    expect(read(settings, '20261201\r\n')[0]).toEqual({ status: 'accepted', vendorReference: '20261201' });
    expect(inShort(read(settings, '-5'))).toEqual(['unknown -5', 'unknown -5']);
    expect(inShort(read(settings, ''))).toEqual(['unknown unreadable-answer', 'unknown unreadable-answer']);
  });

  it('may be a form', () => {
    const settings = { encoding: 'form', codePath: 'stat', success: ['100'], idPath: 'id', messagePath: 'message' };
    expect(read(settings, 'stat=100&id=7&message=ok')[0]).toEqual({ status: 'accepted', vendorReference: '7' });
    const refused = { status: 'unreachable', code: '91', detail: '空号' };
    expect(read(settings, 'stat=91&message=%E7%A9%BA%E5%8F%B7')).toEqual([refused, refused]);
  });

  it('may have results without numbers, in the order of the request', () => {
    const settings = {
      codePath: 'code',
      success: ['0'],
      idPath: 'id',
      results: { path: 'list', codePath: 'c', idPath: 'id' },
    };
    const list = [
      { c: 0, id: 'a' },
      { c: 91, id: 'b' },
    ];
    expect(read(settings, JSON.stringify({ code: 0, list }))).toEqual([
      { status: 'accepted', vendorReference: 'a' },
      { status: 'unreachable', code: '91', detail: '' },
    ]);
    // A list of another length fits nobody.
    expect(read(settings, JSON.stringify({ code: 0, id: 'all', list: [list[1]] }))).toEqual(
      Array.from({ length: 2 }, () => ({ status: 'accepted', vendorReference: 'all' })),
    );
  });

  it('may name an id for each number, which fare as the whole', () => {
    const settings = { codePath: 'code', success: ['0'], results: { path: 'list', phonePath: 'to', idPath: 'id' } };
    const list = [{ to: '+8613800138002', id: 'b' }, { to: '13800138001', id: 'no id' }, null, 'x'];
    expect(read(settings, JSON.stringify({ code: '0', list }))).toEqual([
      { status: 'accepted' },
      { status: 'accepted', vendorReference: 'b' },
    ]);
    expect(inShort(read(settings, JSON.stringify({ code: '91', list })))).toEqual(['unreachable 91', 'unreachable 91']);
  });
});
