import type { FieldError } from '../../common/problem.js';

/** Postgres refuses these in text and jsonb. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
const DEEPEST = 32;

/** Names every text, and every object with a key, that the database cannot store. */
export function unstorableFaults(value: unknown, path = '', depth = 0): FieldError[] {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? [{ path, message: MESSAGE }] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (depth > DEEPEST) return [{ path, message: `must not be nested deeper than ${DEEPEST} levels` }];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unstorableFaults(item, `${path}[${index}]`, depth + 1));
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    UNSTORABLE.test(key)
      ? [{ path: path === '' ? 'body' : path, message: `has a key that ${MESSAGE}` }]
      : unstorableFaults(inner, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}

const MESSAGE = 'holds a character that cannot be stored (U+0000 or half a surrogate pair)';
