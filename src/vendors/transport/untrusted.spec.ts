import { describe, expect, it } from '@jest/globals';
import { fieldsOf, instantOf, isObject, word } from './untrusted.js';

const NOW = new Date('2026-12-01T02:00:00.000Z');
const HOSTILE = { toString: 1, valueOf: 1 };

describe('what a stranger wrote', () => {
  it('is a word when it is text or a number', () => {
    expect([word('x'), word(''), word(7), word(-0.5)]).toEqual(['x', '', '7', '-0.5']);
    expect([null, undefined, true, [], ['x'], {}, HOSTILE].map(word)).toEqual(Array(7).fill(undefined));
  });

  it('is an object when it has fields of its own', () => {
    expect([{}, HOSTILE].map(isObject)).toEqual([true, true]);
    expect([null, undefined, 7, 'x', []].map(isObject)).toEqual(Array(5).fill(false));
    expect(fieldsOf({ a: 1 })).toEqual({ a: 1 });
    expect([null, 'x', ['x']].map(fieldsOf)).toEqual([{}, {}, {}]);
  });

  it.each([
    [1_790_000_000_000, '2026-09-21T14:13:20.000Z'],
    ['1790000000000', '2026-09-21T14:13:20.000Z'],
    [NOW.getTime(), NOW.toISOString()],
    ...[NOW.getTime() + 1, 8.64e15 + 1, Infinity, 0, -1, '', 'yesterday', null, undefined, [], HOSTILE].map(
      (value) => [value, NOW.toISOString()] as const,
    ),
  ])('names an instant, or means now: %j', (value, instant) => {
    expect(instantOf(value, NOW).toISOString()).toBe(instant);
  });
});
