import { describe, expect, it } from '@jest/globals';
import { cutHalfWidth } from './half-width.js';

describe('a text for vivo', () => {
  it.each([
    ['fits to the last place', 'abcdefgh', 'abcdefgh'],
    ['is cut with an ellipsis that counts as two', 'abcdefghi', 'abcdef…'],
    ['has half as many Han characters', '检验结果', '检验结果'],
    ['is cut between Han characters', '检验结果好', '检验结…'],
    ['is cut where a wide character no longer fits', 'abcde检验', 'abcde…'],
    ['mixes both', '检a验b结', '检a验b结'],
    ['keeps emoji whole', '👍👍👍👍👍', '👍👍👍…'],
    ['may be empty', '', ''],
  ])('%s', (_what, text, expected) => {
    expect(cutHalfWidth(text, 8)).toBe(expected);
  });
});
