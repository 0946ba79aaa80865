import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { LONGEST_LINE, splitLines } from './split-lines.js';

async function split(...pieces: string[]): Promise<[number, string | undefined][][]> {
  const chunks: [number, string | undefined][][] = [];
  for await (const chunk of splitLines(Readable.from(pieces.map((piece) => Buffer.from(piece))))) {
    chunks.push(chunk.map(({ line, bytes }) => [line, bytes?.toString()]));
  }
  return chunks;
}

describe('splitLines', () => {
  it('joins lines that arrive in pieces, and needs no newline at the end', async () => {
    expect(await split('a', 'b\nc', '\n', 'd')).toEqual([
      [
        [1, 'ab'],
        [2, 'c'],
        [3, 'd'],
      ],
    ]);
  });

  it('counts blank lines and leaves them out', async () => {
    expect(await split('\n \t\r\na\r\n\n')).toEqual([[[3, 'a\r']]]);
    expect(await split('', '\n')).toEqual([]);
  });

  it('cuts a chunk at a thousand lines, or earlier when they are long', async () => {
    expect((await split('a\n'.repeat(2500))).map((chunk) => chunk.length)).toEqual([1000, 1000, 500]);
    const long = `${'x'.repeat(LONGEST_LINE)}\n`;
    expect((await split(long.repeat(100))).map((chunk) => chunk.length)).toEqual([64, 36]);
  });

  it('drops what is too long and goes on after it', async () => {
    const tooLong = 'x'.repeat(LONGEST_LINE + 1);
    expect(await split(tooLong.slice(0, 40_000), `${tooLong.slice(40_000)}\nb`)).toEqual([
      [
        [1, undefined],
        [2, 'b'],
      ],
    ]);
  });
});
