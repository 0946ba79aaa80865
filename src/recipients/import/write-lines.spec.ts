import { describe, expect, it } from '@jest/globals';
import { waves } from './write-lines.js';

describe('waves', () => {
  it('let every code stand once in each, in the order of its lines', () => {
    const lines = ['A', 'B', 'A', 'C', 'A', 'B'].map((code, index) => ({ line: index + 1, code, person: undefined }));
    expect(waves(lines).map((wave) => wave.map(({ line, code }) => `${code}${line}`))).toEqual([
      ['A1', 'B2', 'C4'],
      ['A3', 'B6'],
      ['A5'],
    ]);
  });
});
