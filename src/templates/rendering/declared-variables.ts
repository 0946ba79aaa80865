import { DateTime } from 'luxon';
import { InvalidRequest, type FieldError } from '../../common/problem.js';

export const VARIABLE_TYPES = ['string', 'number', 'boolean', 'date', 'object', 'array'] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];

/** A variable that a template says it needs. */
export interface DeclaredVariable {
  /** First part of the dotted name: `order` for `{{ order.id }}`. */
  name: string;
  type: VariableType;
  required: boolean;
  /** One sentence for the person who fills it in. */
  description?: string;
  example?: unknown;
  /** Used when the caller gives none (or null); a required variable with a default is never missing. */
  default?: unknown;
}

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

const isScalar = (value: unknown): boolean =>
  ['string', 'number', 'boolean', 'bigint'].includes(typeof value) || value instanceof Date;

/** Per type: what is accepted, and how a person would be told. */
const CHECKS: Readonly<Record<VariableType, { accepts(value: unknown): boolean; expected: string }>> = {
  string: { accepts: isScalar, expected: 'a text or another single value' },
  number: {
    accepts: (value) => (typeof value === 'string' ? NUMBER.test(value) : Number.isFinite(value)),
    expected: 'a number',
  },
  boolean: {
    accepts: (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
    expected: 'true or false',
  },
  date: {
    accepts: (value) =>
      value instanceof Date
        ? !Number.isNaN(value.getTime())
        : typeof value === 'string' && DateTime.fromISO(value).isValid,
    expected: 'a date or time in ISO 8601, such as 2026-12-01 or 2026-12-01T08:00:00+08:00',
  },
  object: {
    accepts: (value) => typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date),
    expected: 'an object',
  },
  array: { accepts: Array.isArray, expected: 'a list' },
};

/** 'false' would count as true in a condition; other values stay as the caller wrote them ("007", "12.50"). */
const normalise = (type: VariableType, value: unknown): unknown =>
  type === 'boolean' && typeof value === 'string' ? value === 'true' : value;

/**
 * The params with defaults applied and types checked. Params that are not declared are no error and stay as they are.
 * @throws InvalidRequest naming every wrong or missing param as `template.params.<name>`
 */
export function checkParams(
  declared: readonly DeclaredVariable[],
  params: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const checked = new Map(Object.entries(params));
  const errors: FieldError[] = [];
  for (const variable of declared) {
    const path = `template.params.${variable.name}`;
    const value = checked.get(variable.name) ?? variable.default;
    if (value === undefined || value === null) {
      checked.delete(variable.name);
      if (variable.required) errors.push({ path, message: 'is required' });
    } else if (CHECKS[variable.type].accepts(value)) {
      checked.set(variable.name, normalise(variable.type, value));
    } else {
      errors.push({ path, message: `must be ${CHECKS[variable.type].expected}` });
    }
  }
  if (errors.length > 0) throw new InvalidRequest(errors, 'invalid_params');
  return Object.fromEntries(checked);
}
