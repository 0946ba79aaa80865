import { describe, expect, it } from '@jest/globals';
import { type JsonPath, parsePath, textAt, valueAt } from './json-path.js';

describe('a path', () => {
  it.each<[string, JsonPath | undefined]>([
    ['', []],
    ['code', ['code']],
    ['data.items[0].id', ['data', 'items', 0, 'id']],
    ['[0][1]', [0, 1]],
    ['状态.码', ['状态', '码']],
    ['.a', undefined],
    ['a..b', undefined],
    ['a.', undefined],
    ['a[', undefined],
    ['a[x]', undefined],
    ['a[0]b', undefined],
    ['a[-1]', undefined],
  ])('%j is %j', (text, path) => expect(parsePath(text)).toEqual(path));

  it('finds what a value holds itself', () => {
    const value = { data: { items: [{ id: 7 }] }, ok: false, blank: ' ' };
    const at = (path: string): unknown => valueAt(value, parsePath(path) ?? []);
    expect(at('data.items[0].id')).toBe(7);
    expect(at('')).toBe(value);
    for (const path of ['data.items[1].id', 'data.items.length.x', 'ok.x', 'toString', '__proto__', 'data.constructor'])
      expect(at(path)).toBeUndefined();
  });

  it('reads texts, numbers and truth values as text, and nothing else', () => {
    const value = { n: 7, t: ' x ', ok: false, blank: ' ', none: null, list: ['a'] };
    const read = Object.keys(value).map((name) => textAt(value, [name]));
    expect(read).toEqual(['7', 'x', 'false', undefined, undefined, undefined]);
    expect(textAt(value, undefined)).toBeUndefined();
  });
});
