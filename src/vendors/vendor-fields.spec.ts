import { describe, expect, it } from '@jest/globals';
import { fieldProblem, unknownFields } from './vendor-fields.js';
import type { VendorField } from './vendor.js';

const field = (change: Partial<VendorField>): VendorField => ({
  name: 'loft',
  type: 'string',
  description: 'Where it lives.',
  ...change,
});

describe('a field of a vendor', () => {
  it.each([
    ['string', 'north', 7, 'must be a string'],
    ['integer', 7, 7.5, 'must be a whole number'],
    ['integer', 0, 2 ** 53, 'must be a whole number'],
    ['number', 7.5, Number.NaN, 'must be a number'],
    ['number', -1, '7', 'must be a number'],
    ['boolean', false, 0, 'must be true or false'],
    ['object', {}, [], 'must be an object'],
    ['object', { a: 1 }, null, 'must be an object'],
    ['array', [], {}, 'must be an array'],
  ] as const)('of type %s takes %j, and not %j', (type, good, bad, problem) => {
    expect(fieldProblem(field({ type }), good)).toBeUndefined();
    expect(fieldProblem(field({ type }), bad)).toBe(problem);
  });

  it('takes only its values, where it has them', () => {
    const toes = field({ type: 'integer', values: [3, 4] });
    expect(fieldProblem(toes, 4)).toBeUndefined();
    expect(fieldProblem(toes, 5)).toBe('must be one of 3, 4');
    expect(fieldProblem(toes, '4')).toBe('must be a whole number');
  });

  it.each([
    [
      field({ type: 'integer', min: 1, max: 3 }),
      [1, 3],
      [0, 'must not be less than 1'],
      [4, 'must not be more than 3'],
    ],
    [
      field({ type: 'number', min: 0, max: 1 }),
      [0, 1],
      [-0.1, 'must not be less than 0'],
      [1.1, 'must not be more than 1'],
    ],
    [
      field({ min: 2, max: 3 }),
      ['ab', 'abc'],
      ['a', 'must have at least 2 characters'],
      ['abcd', 'must not be longer than 3 characters'],
    ],
  ])('has a least and a most (%#)', (limited, good, ...bad) => {
    for (const value of good as unknown[]) expect(fieldProblem(limited, value)).toBeUndefined();
    for (const [value, problem] of bad as [unknown, string][]) expect(fieldProblem(limited, value)).toBe(problem);
  });

  it('is checked in its own way only when it is right in every other', () => {
    const even = field({
      type: 'integer',
      max: 8,
      check: (value) => ((value as number) % 2 === 0 ? undefined : 'must be even'),
    });
    expect([2, 3, 9, 'x'].map((value) => fieldProblem(even, value))).toEqual([
      undefined,
      'must be even',
      'must not be more than 8',
      'must be a whole number',
    ]);
  });
});

describe('names that no field has', () => {
  it('are told by their path, also those that every object has', () => {
    const given = JSON.parse('{"loft":1,"wings":2,"constructor":3,"__proto__":4}') as Record<string, unknown>;
    expect(unknownFields([field({})], given, 'settings', 'a setting of pigeon')).toEqual([
      { path: 'settings.wings', message: 'is not a setting of pigeon' },
      { path: 'settings.constructor', message: 'is not a setting of pigeon' },
      { path: 'settings.__proto__', message: 'is not a setting of pigeon' },
    ]);
  });

  it('are none where all are known', () => {
    expect(unknownFields([field({})], { loft: 'north' }, 'settings', 'a setting of pigeon')).toEqual([]);
  });
});
