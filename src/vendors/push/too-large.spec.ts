import { describe, expect, it } from '@jest/globals';
import { cut, tooLarge } from './too-large.js';

describe('a payload', () => {
  it('of just the limit fits', () => {
    expect(tooLarge(4096, 4096)).toBeUndefined();
  });

  it('over it is refused with both sizes', () => {
    expect(tooLarge(4097, 4096)).toEqual({
      status: 'rejected',
      code: 'payload-too-large: 4097 of 4096 bytes',
      detail: 'The payload has 4097 bytes; the vendor takes 4096.',
    });
    expect(tooLarge(9, 8, 'title')).toMatchObject({ code: 'title-too-large: 9 of 8 bytes' });
  });
});

describe('a text', () => {
  it.each([
    ['', 5, ''],
    ['Hello', 5, 'Hello'],
    ['Hello!', 5, 'Hell…'],
    ['你好世界', 3, '你好…'],
    ['Hi', 1, '…'],
  ])('%j of at most %i characters is %j', (text, most, expected) => {
    expect(cut(text, most)).toBe(expected);
  });

  it('is never cut within a character', () => {
    expect(cut('👍🏽👍🏽', 4)).toBe('👍🏽👍🏽');
    expect(cut('💊💊💊💊', 3)).toBe('💊💊…');
    expect(cut('💊💊💊💊', 3)).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  });
});
