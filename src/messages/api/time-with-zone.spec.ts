import { describe, expect, it } from '@jest/globals';
import { parseTime } from './time-with-zone.js';

describe('parseTime', () => {
  it.each([
    ['2026-12-01T08:00:00+08:00', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T08:00+0800', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T00:00:00.25Z', '2026-12-01T00:00:00.250Z'],
  ])('reads %s', (text, instant) => {
    expect(parseTime(text)?.toISOString()).toBe(instant);
  });

  it.each([
    '2026-12-01T08:00:00',
    '2026-12-01',
    '2026-02-30T08:00:00Z',
    '2026-12-01T25:00:00Z',
    '2026-12-01 08:00:00Z',
    'tomorrow',
    '1764547200000',
  ])('refuses %s', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });
});
