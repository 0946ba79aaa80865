import { describe, expect, it } from '@jest/globals';
import { readPhoneNumber, spellingsOf } from './phone-number.js';

describe('a phone number', () => {
  it.each(['13812345678', '+8613812345678', '8613812345678', '008613812345678'])(
    '%s is one of the mainland',
    (address) => expect(readPhoneNumber(address)).toEqual({ mainland: true, digits: '8613812345678' }),
  );

  it.each([
    ['+85251234567', '85251234567'],
    ['0085251234567', '85251234567'],
    ['85251234567', '85251234567'],
    ['+886912345678', '886912345678'],
    // Without its sign it would be one of the mainland.
    ['+14155550123', '14155550123'],
  ])('%s is foreign', (address, digits) => expect(readPhoneNumber(address)).toEqual({ mainland: false, digits }));

  it('of the mainland need not be a mobile', () =>
    expect(readPhoneNumber('+861012345678')).toEqual({ mainland: true, digits: '861012345678' }));
});

describe('a number in a report', () => {
  it.each(['13812345678', '+8613812345678', '8613812345678', '008613812345678'])(
    '%s means each spelling of the address',
    (phone) =>
      expect(spellingsOf(phone)).toEqual(
        expect.arrayContaining(['13812345678', '+8613812345678', '8613812345678', '008613812345678']),
      ),
  );

  it('from abroad means each of its spellings', () => {
    const spellings = ['85251234567', '+85251234567', '0085251234567'];
    for (const phone of spellings) expect(spellingsOf(phone)).toEqual(spellings);
  });

  it('may be North American, although it reads as one of the mainland', () =>
    expect(spellingsOf('14155550123')).toEqual(expect.arrayContaining(['+14155550123', '0014155550123'])));
});
