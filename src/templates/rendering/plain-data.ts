import { InvalidRequest } from '../../common/problem.js';

const DEEPEST_VALUE = 32;

/**
 * A copy Liquid may read: plain data only, without prototypes, null as absent, dates as ISO text. Objects with behaviour (functions,
 * iterators, Liquid's own "drops") lose it here.
 */
export function plainData(value: unknown, path: string, depth = 0): unknown {
  if (typeof value !== 'object') return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
  if (value === null) return undefined;
  if (depth > DEEPEST_VALUE) throw InvalidRequest.at(path, 'is nested too deeply', 'invalid_variable');
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (Array.isArray(value)) return value.map((item: unknown) => plainData(item, path, depth + 1));
  const copy: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) {
    const data = plainData(item, path, depth + 1);
    if (data !== undefined) copy[key] = data;
  }
  return copy;
}
