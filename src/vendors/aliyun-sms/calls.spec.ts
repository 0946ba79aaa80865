import { describe, expect, it } from '@jest/globals';
import type { Sending } from '../sms/send-planned.js';
import { callsFor, haveSameWords, smsCall } from './calls.js';

/** So many who are told this, of a template. */
function told(count: number, text: string, id = 'T', sign = 'S'): Sending[] {
  return Array.from({ length: count }, (_, index) => ({
    target: { reference: `1-1-${index}`, address: `138${String(index).padStart(8, '0')}` },
    words: { sign, template: { id, params: { text } }, own: { sign: false, template: true } },
  }));
}
const shape = (sendings: Sending[]): string[] =>
  callsFor(sendings).map((call) => `${haveSameWords(call) ? 'same' : 'different'} ${call.length}`);

describe('the calls of a batch', () => {
  it('hold up to 1000 who are told the same', () => {
    expect(shape(told(1000, 'a'))).toEqual(['same 1000']);
    expect(shape(told(1001, 'a'))).toEqual(['same 1000', 'same 1']);
    expect(shape([])).toEqual([]);
  });

  it('hold up to 100 who are told different things', () => {
    const people = Array.from({ length: 250 }, (_, index) => told(1, `for ${index}`)).flat();
    expect(shape(people)).toEqual(['different 100', 'different 100', 'different 50']);
  });

  it('are as few as can be when some are told the same', () => {
    expect(shape([...told(300, 'a'), ...told(2, 'b'), ...told(1, 'c')])).toEqual(['same 300', 'different 3']);
    expect(shape([...told(300, 'a'), ...told(99, 'b')])).toEqual(['same 300', 'same 99']);
  });

  it('hold one template each, and any signatures', () => {
    const mixed = [...told(1, 'a', 'T'), ...told(1, 'b', 'U'), ...told(1, 'c', 'T'), ...told(1, 'a', 'T', 'other')];
    expect(shape(mixed)).toEqual(['different 3', 'same 1']);
  });

  it('go to the mainland or abroad', () => {
    const [home, abroad] = told(2, 'a') as [Sending, Sending];
    const away = { ...abroad, target: { reference: '1-1-9', address: '+85251234567' } };
    expect(callsFor([home, away])).toEqual([[home], [away]]);
  });

  it('leave nobody out', () => {
    const all = [...told(150, 'a'), ...told(30, 'b'), ...told(1, 'c'), ...told(7, 'd', 'U')];
    expect(new Set(callsFor(all).flat())).toEqual(new Set(all));
  });
});

describe('a number', () => {
  it.each([
    ['13812345678', '13812345678'],
    ['+8613812345678', '13812345678'],
    ['8613812345678', '13812345678'],
    ['008613812345678', '13812345678'],
    ['+85251234567', '85251234567'],
    ['0085251234567', '85251234567'],
    ['+14155550123', '0014155550123'],
  ])('%s is sent as %s', (address, spelled) => {
    const [sending] = told(1, 'a') as [Sending];
    const { query } = smsCall([{ ...sending, target: { reference: '1-1-1', address } }], '1-1', undefined);
    expect(query['PhoneNumbers']).toBe(spelled);
  });
});
