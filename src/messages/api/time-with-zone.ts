import { DateTime } from 'luxon';

/** A date and a time with their zone: `Z`, `+08:00` or `+0800`. */
const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** The instant that an ISO 8601 text names; undefined for a text without a zone, or that names no real date. */
export function parseTime(text: string): Date | undefined {
  if (!SHAPE.test(text)) return undefined;
  const time = DateTime.fromISO(text, { zone: 'utc' });
  return time.isValid ? time.toJSDate() : undefined;
}
