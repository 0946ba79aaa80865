import { describe, expect, it } from '@jest/globals';
import { encodeText, percentEncode } from './charset.js';

describe('GBK', () => {
  it('is what Node decodes: every character comes back as it was', () => {
    const decoder = new TextDecoder('gbk', { fatal: true });
    const all = Array.from({ length: 0x9fa6 - 0x4e00 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    const text = `A ~【签名】您好，世界！αж①㈱${all}`;
    expect(decoder.decode(encodeText(text, 'gbk'))).toBe(text);
  });

  it('is the bytes that gateways know', () => {
    expect(encodeText('【你好】·—', 'gbk').toString('hex')).toBe('a1bec4e3bac3a1bfa1a4a1aa');
  });

  it('has no emoji, nor the rarest characters', () =>
    expect(encodeText('a😀𠮷é', 'gbk').toString('latin1')).toBe('a??\xa8\xa6'));
});

describe('percent-encoding', () => {
  it.each([
    ['a b&c=d+e%~', 'utf-8', 'a%20b%26c%3Dd%2Be%25~'],
    ['你好', 'utf-8', '%E4%BD%A0%E5%A5%BD'],
    ['你好', 'gbk', '%C4%E3%BA%C3'],
  ] as const)('of %s in %s', (text, charset, expected) => expect(percentEncode(text, charset)).toBe(expected));
});
