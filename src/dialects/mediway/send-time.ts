import { DateTime } from 'luxon';
import { InvalidRequest } from '../../common/problem.js';
import type { WireObject } from './wire-object.js';

/** 0 is how some callers leave a time unset; other short numbers (a year, a date) are mistakes. */
const EPOCH = /^(0|\d{9,13})$/;
/** Up to here an epoch number counts seconds (until the year 5138), above milliseconds (from 1973). */
const LARGEST_EPOCH_SECONDS = 99_999_999_999;
const CALENDAR = /^\d{4}-\d{2}-\d{2}/;
const LONGEST = 40;

/**
 * When to send: `yyyy-MM-dd HH:mm:ss` in `timeZone`, ISO 8601, or epoch seconds or milliseconds.
 * Nothing, or a time that is past, is "at once" and gives undefined.
 * @throws InvalidRequest for a time that does not exist, such as 08:30:77
 */
export function readSendTime(push: WireObject, now: Date, timeZone: string): Date | undefined {
  const text = push.code('sendTime');
  if (text === undefined) return undefined;
  const time = parse(text, timeZone);
  if (!time?.isValid) {
    throw InvalidRequest.at(
      push.at('sendTime'),
      'must be an existing time: yyyy-MM-dd HH:mm:ss, ISO 8601, or epoch seconds or ms',
    );
  }
  return time.toMillis() <= now.getTime() ? undefined : time.toJSDate();
}

function parse(text: string, zone: string): DateTime | undefined {
  if (EPOCH.test(text)) {
    const epoch = Number(text);
    return DateTime.fromMillis(epoch <= LARGEST_EPOCH_SECONDS ? epoch * 1000 : epoch);
  }
  if (text.length > LONGEST || !CALENDAR.test(text)) return undefined;
  return DateTime.fromISO(text.replace(/ +/, 'T'), { zone });
}
