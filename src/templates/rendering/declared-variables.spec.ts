import { describe, expect, it } from '@jest/globals';
import { checkParams, type DeclaredVariable, type VariableType } from './declared-variables.js';

const variable = (name: string, type: VariableType, more: Partial<DeclaredVariable> = {}): DeclaredVariable => ({
  name,
  type,
  required: true,
  ...more,
});

describe('checkParams', () => {
  it('applies defaults, also for null, and leaves other params alone', () => {
    const declared = [
      variable('a', 'string', { default: 'x' }),
      variable('b', 'number', { required: false, default: 3 }),
    ];
    expect(checkParams(declared, { a: null, extra: [1] })).toEqual({ a: 'x', b: 3, extra: [1] });
  });

  it('lets an optional one be absent', () => {
    expect(checkParams([variable('a', 'string', { required: false })], { a: null })).toEqual({});
  });

  it('names every problem', () => {
    const declared = [
      variable('a', 'string'),
      variable('b', 'number'),
      variable('c', 'array'),
      variable('d', 'string'),
    ];
    expect(() => checkParams(declared, { b: 'x', c: {}, d: 1 })).toThrow(
      expect.objectContaining({
        status: 400,
        errors: [
          { path: 'template.params.a', message: 'is required' },
          { path: 'template.params.b', message: 'must be a number' },
          { path: 'template.params.c', message: 'must be a list' },
        ],
      }),
    );
  });

  const accepted: [VariableType, unknown, unknown][] = [
    ['string', 5, 5],
    ['string', '', ''],
    ['string', true, true],
    ['number', '12.50', '12.50'],
    ['number', -1, -1],
    ['boolean', 'false', false],
    ['boolean', true, true],
    ['date', '2026-12-01', '2026-12-01'],
    ['date', '2026-12-01T08:00:00+08:00', '2026-12-01T08:00:00+08:00'],
    ['object', { a: 1 }, { a: 1 }],
    ['array', [], []],
  ];
  it.each(accepted)('takes as %s: %j', (type, value, result) => {
    expect(checkParams([variable('v', type)], { v: value })).toEqual({ v: result });
  });

  const refused: [VariableType, unknown][] = [
    ['string', {}],
    ['string', ['a']],
    ['number', ''],
    ['number', '1e999'],
    ['number', Number.NaN],
    ['number', true],
    ['boolean', 1],
    ['boolean', 'yes'],
    ['date', 'tomorrow'],
    ['date', '2026-02-30'],
    ['date', 20_261_201],
    ['object', []],
    ['object', 'a'],
    ['array', {}],
  ];
  it.each(refused)('refuses as %s: %j', (type, value) => {
    expect(() => checkParams([variable('v', type)], { v: value })).toThrow(/template\.params\.v: must be/);
  });

  it('is not misled by names of the prototype', () => {
    expect(() => checkParams([variable('constructor', 'string')], {})).toThrow(
      /template\.params\.constructor: is required/,
    );
    const hostile = JSON.parse('{"__proto__": {"x": 1}}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(checkParams([], hostile))).toBe(Object.prototype);
  });
});
