import { describe, expect, it } from '@jest/globals';
import { internationalDigits } from './international-digits.js';

describe('a phone number', () => {
  it.each([
    ['13800138000', '86', '8613800138000'],
    ['+8613800138000', '86', '8613800138000'],
    ['008613800138000', '86', '8613800138000'],
    ['8613800138000', '86', '8613800138000'],
    ['+85251234567', '86', '85251234567'],
    ['07700900000', '44', '447700900000'],
    ['15550001111', '1', '15550001111'],
    ['5550001111', '1', '15550001111'],
    ['7011234567', '7', '77011234567'],
  ])('%s, in country %s, has the digits %s', (address, country, digits) =>
    expect(internationalDigits(address, country)).toBe(digits),
  );
});
