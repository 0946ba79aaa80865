import type { FieldError } from '../../common/problem.js';

/** Postgres refuses these in text and jsonb. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
const DEEPEST = 32;

/** Names every text, and every object with a key, that the database cannot store. */
export function unstorableFaults(value: unknown): FieldError[] {
  const faults: FieldError[] = [];
  collect(value, '', 0, faults);
  return faults;
}

function collect(value: unknown, path: string, depth: number, faults: FieldError[]): void {
  if (typeof value === 'string') {
    if (UNSTORABLE.test(value)) faults.push({ path, message: MESSAGE });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) {
    faults.push({ path, message: `must not be nested deeper than ${DEEPEST} levels` });
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => collect(item, `${path}[${index}]`, depth + 1, faults));
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (UNSTORABLE.test(key)) faults.push({ path: path === '' ? 'body' : path, message: `has a key that ${MESSAGE}` });
    else collect(inner, path === '' ? key : `${path}.${key}`, depth + 1, faults);
  }
}

const MESSAGE = 'holds a character that cannot be stored (U+0000 or half a surrogate pair)';
