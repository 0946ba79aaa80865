import { describe, expect, it } from '@jest/globals';
import { Problem } from '../common/problem.js';
import { readTolerantJson } from './tolerant-json.js';

function refusal(text: string): Problem {
  try {
    readTolerantJson(text);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was read');
}

function nested(levels: number, inside: string): string {
  return '['.repeat(levels) + inside + ']'.repeat(levels);
}

describe('readTolerantJson', () => {
  it.each<[string, string, unknown]>([
    ['strict JSON', '{"a":[1,"，：//"]}', { a: [1, '，：//'] }],
    ['a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
    ['trailing commas', '{"a":[1,2,],}', { a: [1, 2] }],
    ['line comments', '{"a":1 // one，"b":2\r\n}//', { a: 1 }],
    ['block comments', '{/* ， " */"a":/**/1}', { a: 1 }],
    ['full-width commas and colons', '{"a"：1，"b"：[1，2，]，}', { a: 1, b: [1, 2] }],
    ['strings, unchanged in a tolerant reading', '{"a":"，：/*x*/ \\"，// \\\\"，}', { a: '，：/*x*/ "，// \\' }],
    ['a slash that begins no comment, in a string', '["/", ]', ['/']],
    ['scalars', '/**/ 5', 5],
    ['literals', '[true，false，null，-1.5e2，"\\u4e2d"]', [true, false, null, -150, '中']],
    ['repeated keys as JSON.parse does', '{"a":1,"a":2,}', { a: 2 }],
  ])('reads %s', (_name, text, value) => {
    expect(readTolerantJson(text)).toEqual(value);
  });

  it.each([
    ['{"a":1,\n "b":x}', 'line 2, column 6'],
    ['{"a"：1，\n\n  oops}', 'line 3, column 3'],
    ['\uFEFF{"a":1]', 'line 1, column 7'],
    ['', 'line 1, column 1'],
    ['{"a":1} {}', 'line 1, column 9'],
    ['[1,,2]', 'line 1, column 4'],
    ['{"a":"unclosed\n"}', 'line 1, column 6'],
    ['{"a":1 /* unclosed', 'line 1, column 8'],
    ["{'a':1}", 'line 1, column 2'],
  ])('refuses %j at %s', (text, place) => {
    const problem = refusal(text);
    expect(problem).toMatchObject({ status: 400, code: 'invalid_json' });
    expect(problem.message).toContain(place);
  });

  it('reads 64 levels and refuses 65, strict or not', () => {
    expect(readTolerantJson(nested(64, '1'))).toBeInstanceOf(Array);
    expect(readTolerantJson(nested(64, '1,'))).toBeInstanceOf(Array);
    expect(refusal(nested(65, '1')).message).toContain('64 levels');
    expect(refusal(nested(65, '1,')).message).toContain('64 levels');
    expect(readTolerantJson('[[]，'.repeat(60) + ']'.repeat(60))).toBeInstanceOf(Array);
  });

  it.each([
    '{"__proto__":{"evil":1},"a":[{"\\u005f_proto__":2}]}',
    '{"__proto__":{"evil":1},"a":[{"\\u005f_proto__":2}],}',
  ])('leaves out __proto__ of %s', (text) => {
    const value = readTolerantJson(text);
    expect(value).toStrictEqual({ a: [{}] });
    expect(Object.assign({}, value)).not.toHaveProperty('evil');
    expect({}).not.toHaveProperty('evil');
  });

  it('reads no more than 1 MiB tolerantly, but any size strictly', () => {
    const filling = '中'.repeat(350_000);
    expect(readTolerantJson(JSON.stringify([filling]))).toEqual([filling]);
    expect(refusal(`["${filling}",]`).message).toContain('1 MiB');
    expect(readTolerantJson(`["${'a'.repeat(1024 * 1024 - 5)}",]`)).toHaveLength(1);
  });

  it.each<[string, (length: number) => string]>([
    ['opening brackets', (length) => '['.repeat(length)],
    ['closing brackets', (length) => ']'.repeat(length)],
    ['quotes', (length) => '"'.repeat(length)],
    ['backslashes', (length) => `"${'\\'.repeat(length)}`],
    ['slashes', (length) => '/'.repeat(length)],
    ['line comments', (length) => '//\n'.repeat(length / 3)],
    ['unclosed block comments', (length) => '/* /'.repeat(length / 4)],
    ['full-width commas', (length) => '，'.repeat(length / 3)],
    ['flat tolerant lists', (length) => `[${'1，'.repeat(length / 4)}]`],
    ['flat tolerant objects', (length) => `[${'{"a"：1}，'.repeat(length / 13)}]`],
    ['blanks', (length) => ' '.repeat(length)],
  ])('takes time in proportion to hostile input: %s', (_name, make) => {
    const text = make(1024 * 1024 - 64);
    const start = process.hrtime.bigint();
    try {
      readTolerantJson(text);
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
    }
    // Quadratic work on a mebibyte takes minutes; linear work well under a second.
    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(5000);
  });
});
