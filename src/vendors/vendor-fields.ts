import type { FieldError } from '../common/problem.js';
import type { VendorField } from './vendor.js';

const TYPES: Record<VendorField['type'], { name: string; fits: (value: unknown) => boolean }> = {
  string: { name: 'a string', fits: (value) => typeof value === 'string' },
  integer: { name: 'a whole number', fits: (value) => Number.isSafeInteger(value) },
  number: { name: 'a number', fits: (value) => Number.isFinite(value) },
  boolean: { name: 'true or false', fits: (value) => typeof value === 'boolean' },
  object: { name: 'an object', fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  array: { name: 'an array', fits: (value) => Array.isArray(value) },
};

/** What is wrong with a value that somebody gave for a field, to finish a sentence; undefined when it is fine. */
export function fieldProblem(field: VendorField, value: unknown): string | undefined {
  const { name, fits } = TYPES[field.type];
  if (!fits(value)) return `must be ${name}`;
  if (field.values !== undefined && !field.values.includes(value as string | number))
    return `must be one of ${field.values.join(', ')}`;
  return sizeProblem(field, value) ?? field.check?.(value);
}

function sizeProblem({ min, max }: VendorField, value: unknown): string | undefined {
  if (typeof value === 'number') {
    if (min !== undefined && value < min) return `must not be less than ${min}`;
    if (max !== undefined && value > max) return `must not be more than ${max}`;
  } else if (typeof value === 'string') {
    if (min !== undefined && value.length < min) return `must have at least ${min} characters`;
    if (max !== undefined && value.length > max) return `must not be longer than ${max} characters`;
  }
  return undefined;
}

/** The names that no field has, as errors under `path`. `owner` says whose field it would be. */
export function unknownFields(
  fields: readonly VendorField[],
  values: Readonly<Record<string, unknown>>,
  path: string,
  owner: string,
): FieldError[] {
  const known = new Set(fields.map(({ name }) => name));
  return Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => ({ path: `${path}.${name}`, message: `is not ${owner}` }));
}
