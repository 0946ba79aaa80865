import { describe, expect, it } from '@jest/globals';
import { mediaName } from './media-name.js';

describe('the name of a kept file', () => {
  it.each([
    ['蓝天.png', '蓝天.png'],
    ['C:\\fakepath\\a b.pdf', 'a b.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['a/', 'file'],
    ['..', 'file'],
    ['...hidden', 'hidden'],
    ['', 'file'],
    [' \n\t ', 'file'],
    ['a\0b\r\nc.txt', 'abc.txt'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['half\ud800.txt', 'half.txt'],
    ['<a>:"b"|c?.txt', '_a___b__c_.txt'],
  ])('%j is %j', (given, name) => {
    expect(mediaName(given)).toBe(name);
  });

  it('is cut before its ending, in whole characters', () => {
    expect(mediaName(`${'😀'.repeat(300)}.jpeg`)).toBe(`${'😀'.repeat(195)}.jpeg`);
    expect(Array.from(mediaName(`a.${'b'.repeat(300)}`))).toHaveLength(200);
  });
});
