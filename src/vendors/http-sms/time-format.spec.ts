import { describe, expect, it } from '@jest/globals';
import { formatTime, parseTime, secondsUntilTomorrow } from './time-format.js';

const at = new Date('2026-12-01T02:03:04Z');

describe('a time', () => {
  it.each([
    ['unix-s', '1796090584'],
    ['unix-ms', '1796090584000'],
    ['yyyyMMddHHmmss', '20261201100304'],
    ['yyyy-MM-dd HH:mm:ss', '2026-12-01 10:03:04'],
    ["yyyy-MM-dd'T'HH:mm:ssZZ", '2026-12-01T10:03:04+08:00'],
  ])('as %s is %s, and is read again', (pattern, text) => {
    const format = { pattern, timeZone: 'Asia/Shanghai' };
    expect(formatTime(at, format)).toBe(text);
    expect(parseTime(text, format)).toEqual(at);
  });

  it.each([
    ['unix-s', 'soon'],
    ['unix-s', '9999999999999999'],
    ['unix-ms', ''],
    ['unix-ms', '-1'],
    ['yyyyMMddHHmmss', '20261301100304'],
    ['yyyyMMddHHmmss', ''],
  ])('as %s is not %j', (pattern, text) => {
    expect(parseTime(text, { pattern, timeZone: 'Asia/Shanghai' })).toBeUndefined();
  });
});

describe('a day of a gateway', () => {
  it.each([
    ['Asia/Shanghai', 13 * 3600 + 56 * 60 + 56],
    ['UTC', 21 * 3600 + 56 * 60 + 56],
  ])('ends at midnight in %s', (timeZone, seconds) => expect(secondsUntilTomorrow(at, timeZone)).toBe(seconds));
});
