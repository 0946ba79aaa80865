/** Text and numbers of a stranger, as text; undefined for anything else. */
export const word = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** A list is none. Its fields may be of any type: a stranger wrote them. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of an object; none of anything else. */
export const fieldsOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** The instant that a stranger gives in milliseconds since 1970; `now` for what is none, or has yet to come. */
export function instantOf(value: unknown, now: Date): Date {
  const milliseconds = Number(word(value));
  return milliseconds > 0 && milliseconds <= now.getTime() ? new Date(milliseconds) : now;
}
