import { describe, expect, it } from '@jest/globals';
import { digitsRead, written } from './phone-number.js';

describe('an address', () => {
  it.each([
    ['13800138000', 'national', '13800138000'],
    ['+85251234567', 'national', '0085251234567'],
    ['13800138000', 'digits', '8613800138000'],
    ['+85251234567', 'digits', '85251234567'],
    ['13800138000', 'e164', '+8613800138000'],
  ] as const)('%s is written %s as %s', (address, style, text) => {
    expect(written(address, { style, countryCode: '86' })).toBe(text);
  });
});

describe('what a gateway wrote', () => {
  it.each([
    ['13800138000', 'national', '8613800138000'],
    ['8613800138000', 'national', '8613800138000'],
    ['85251234567', 'digits', '85251234567'],
    ['+85251234567', 'digits', '85251234567'],
    ['138****8000', 'national', undefined],
  ] as const)('as %s, its style being %s, has the digits %s', (phone, style, digits) => {
    expect(digitsRead(phone, { style, countryCode: '86' })).toBe(digits);
  });
});
