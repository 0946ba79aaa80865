import { mapOf } from '../read-map.js';

const LONGEST_TTL_SECONDS = 1_296_000;

/** The first field that is not one of these. */
export const unknownField = (map: Record<string, unknown>, known: ReadonlySet<string>): string | undefined =>
  Object.keys(map).find((name) => !known.has(name));

/** `86400s`, up to 15 days; a day unless told. */
export function isTtl(value: unknown = '86400s'): boolean {
  const seconds = typeof value === 'string' ? /^([1-9]\d*)s$/.exec(value)?.[1] : undefined;
  return seconds !== undefined && Number(seconds) <= LONGEST_TTL_SECONDS;
}

/** 1 with an intent or an action, 2 with an https address, 3. */
export function isClickAction(value: unknown): boolean {
  const { type, intent, action, url } = mapOf(value);
  if (type === 1) return typeof (intent ?? action) === 'string';
  return type === 3 || (type === 2 && typeof url === 'string' && url.startsWith('https://'));
}

export const isJson = (contentType: string | undefined): boolean =>
  contentType?.startsWith('application/json') ?? false;
