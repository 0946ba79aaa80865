import { DateTime, IANAZone } from 'luxon';

/** How a gateway writes times: `unix-s` or `unix-ms`, or a pattern such as `yyyyMMddHHmmss` by the clocks of a time zone. */
export interface TimeFormat {
  pattern: string;
  timeZone: string;
}

const LOCALE = { locale: 'en-US' };

export function formatTime(at: Date, { pattern, timeZone }: TimeFormat): string {
  if (pattern === 'unix-ms') return String(at.getTime());
  if (pattern === 'unix-s') return String(Math.floor(at.getTime() / 1000));
  return DateTime.fromJSDate(at, { zone: timeZone }).toFormat(pattern, LOCALE);
}

/** Undefined for what is not written so. */
export function parseTime(text: string, { pattern, timeZone }: TimeFormat): Date | undefined {
  const unix = { 'unix-s': 1000, 'unix-ms': 1 }[pattern];
  if (unix === undefined) {
    const time = DateTime.fromFormat(text, pattern, { zone: timeZone, ...LOCALE });
    return time.isValid ? time.toJSDate() : undefined;
  }
  const at = new Date(Number(text) * unix);
  return /^\d{1,16}$/.test(text) && !Number.isNaN(at.getTime()) ? at : undefined;
}

/** What is wrong with a format, to finish a sentence. */
export function timeFormatProblem(format: TimeFormat): string | undefined {
  const sample = new Date('2026-12-01T02:03:04Z');
  return parseTime(formatTime(sample, format), format) === undefined
    ? 'must be unix-s, unix-ms or a pattern such as yyyyMMddHHmmss'
    : undefined;
}

export const timeZoneProblem = (value: unknown): string | undefined =>
  IANAZone.isValidZone(String(value)) ? undefined : 'must be a time zone of the IANA database, such as Asia/Shanghai';

/** Seconds until the next day begins there: when quotas of a day begin anew. */
export function secondsUntilTomorrow(now: Date, timeZone: string): number {
  const time = DateTime.fromJSDate(now, { zone: timeZone });
  return Math.ceil(time.plus({ days: 1 }).startOf('day').diff(time).as('seconds'));
}
