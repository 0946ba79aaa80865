import type { FieldError } from '../../common/problem.js';

const MOST_BYTES = 64 * 1024;

/** Template values are an object, and stay small enough to be kept with every message. */
export function paramsFaults(value: unknown, path: string): FieldError[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ path, message: 'must be an object' }];
  return Buffer.byteLength(JSON.stringify(value)) > MOST_BYTES
    ? [{ path, message: 'must not exceed 64 KiB as JSON' }]
    : [];
}
