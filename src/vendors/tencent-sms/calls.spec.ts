import { describe, expect, it } from '@jest/globals';
import { inShort } from '../../../test/support/vendors/vendor-request.js';
import type { Sending } from '../sms/send-planned.js';
import type { SmsWords } from '../sms/sms-words.js';
import { callsFor, e164, orderProblem, paramSet } from './calls.js';

const words = (params: Record<string, string>): SmsWords => ({
  sign: 'S',
  template: { id: '1', params },
  own: { sign: false, template: true },
});
const to = (address: string, text = 'a'): Sending => ({
  target: { reference: '1-1-1', address },
  words: words({ 1: text }),
});

describe('the calls of a batch', () => {
  it('hold up to 200 who are told the same', () => {
    const all = Array.from({ length: 450 }, (_, index) => to(`138${String(index).padStart(8, '0')}`));
    expect(callsFor(all).map(({ length }) => length)).toEqual([200, 200, 50]);
  });

  it('hold numbers of the mainland or others, and one text', () => {
    const all = [
      to('13800000001'),
      to('+85251234567'),
      to('+8613800000002'),
      to('13800000003', 'b'),
      to('0085251234568'),
    ];
    expect(callsFor(all)).toEqual([[all[0], all[2]], [all[1], all[4]], [all[3]]]);
  });
});

describe('params', () => {
  it('stand in the order of their numbers, however they came', () =>
    expect(paramSet({ id: '1', params: { '10': 'j', '2': 'b', '1': 'a' } })).toEqual(['a', 'b', 'j']));

  it('need no number when there is but one', () => {
    expect(orderProblem(words({ code: '1234' }))).toBeUndefined();
    expect(paramSet({ id: '1', params: { code: '1234' } })).toEqual(['1234']);
    expect(orderProblem(words({}))).toBeUndefined();
  });

  it('that have names are refused, since nobody knows their order', () => {
    const refused = orderProblem(words({ name: 'Li', time: '9:00' }));
    expect(refused && inShort([refused])).toEqual(['rejected params-not-numbered']);
    expect(orderProblem(words({ 1: 'Li', 2: '9:00' }))).toBeUndefined();
  });
});

describe('a number', () => {
  it.each([
    ['13812345678', '+8613812345678'],
    ['+8613812345678', '+8613812345678'],
    ['008613812345678', '+8613812345678'],
    ['+85251234567', '+85251234567'],
    ['0014155550123', '+14155550123'],
  ])('%s is sent as %s', (address, spelled) => expect(e164(address)).toBe(spelled));
});
