import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '../common/problem.js';
import { firstRun, latestRun, nextRun, nextRuns } from './cron-times.js';

const at = (text: string): Date => new Date(text);
const iso = (times: Date[]): string[] => times.map((time) => time.toISOString());

describe('cron times', () => {
  it('are those of the time zone', () => {
    expect(iso(nextRuns('0 9 * * MON-FRI', 'Asia/Shanghai', at('2026-12-04T02:00:00Z'), 2))).toEqual([
      '2026-12-07T01:00:00.000Z',
      '2026-12-08T01:00:00.000Z',
    ]);
  });

  it('come once a day when the clocks change', () => {
    expect(iso(nextRuns('30 2 * * *', 'Europe/Berlin', at('2026-03-28T12:00:00Z'), 2))).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(iso(nextRuns('30 2 * * *', 'Europe/Berlin', at('2026-10-24T12:00:00Z'), 2))).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('may have seconds', () => {
    expect(nextRun('*/15 * * * * *', 'UTC', at('2026-12-01T00:00:15.000Z'))).toEqual(at('2026-12-01T00:00:30Z'));
  });

  it('tell the latest run, the present instant included', () => {
    expect(latestRun('0 * * * *', 'UTC', at('2026-12-01T09:00:00.000Z'))).toEqual(at('2026-12-01T09:00:00Z'));
    expect(latestRun('0 * * * *', 'UTC', at('2026-12-01T08:59:59.999Z'))).toEqual(at('2026-12-01T08:00:00Z'));
  });

  it.each([
    ['* * *', /5 fields/],
    ['', /5 fields/],
    ['@daily', /5 fields/],
    ['0 0 9 * * * *', /5 fields/],
    ['H 9 * * *', /"H"/],
    ['61 * * * *', /cannot be read/],
    ['every day at nine o’clock', /cannot be read/],
    ['0 0 30 2 *', /never comes/],
    ['0 0 31 4,6 *', /never comes/],
  ])('refuse %j', (cron, why) => {
    const check = (): Date => firstRun(cron, 'UTC', at('2026-12-01T00:00:00Z'));
    expect(check).toThrow(InvalidRequest);
    expect(check).toThrow(why);
    expect(check).toThrow(/^cron: /);
  });

  it('take rare days', () => {
    expect(firstRun('0 0 29 2 *', 'UTC', at('2026-12-01T00:00:00Z'))).toEqual(at('2028-02-29T00:00:00Z'));
    expect(firstRun('0 9 * * THU', 'UTC', at('2026-12-01T00:00:00Z'))).toEqual(at('2026-12-03T09:00:00Z'));
  });
});
