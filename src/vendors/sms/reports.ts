import { jsonArray } from '../transport/read-text.js';
import { isObject } from '../transport/untrusted.js';

/** The entries of a JSON array of objects, which is how reports come; undefined for anything else. Their fields may be of any type. */
export const reportEntries = (body: string): Record<string, unknown>[] | undefined => jsonArray(body)?.filter(isObject);

/** An instant as Chinese vendors write it, `2026-12-01 08:00:00` by their own clocks; undefined for anything else. */
export function readChinaTime(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value)) return undefined;
  const at = new Date(`${value.replace(' ', 'T')}+08:00`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
