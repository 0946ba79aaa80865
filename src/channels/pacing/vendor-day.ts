import { DateTime } from 'luxon';

/** The day of a quota: its date in the vendor's time zone, and the instant the next one begins. */
export function vendorDay(now: Date, timeZone: string): { day: string; ends: Date } {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  return { day: local.toFormat('yyyy-MM-dd'), ends: local.plus({ days: 1 }).startOf('day').toJSDate() };
}
