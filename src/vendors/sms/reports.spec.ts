import { describe, expect, it } from '@jest/globals';
import { readChinaTime, reportEntries } from './reports.js';

describe('a report', () => {
  it('has as entries what are objects in it', () => {
    expect(reportEntries('[{"a":1},null,3,"x"]')).toEqual([{ a: 1 }]);
    for (const body of ['', '{}', '"x"', 'null', '[']) expect(reportEntries(body)).toBeUndefined();
  });

  it('tells times by the clocks of China', () => {
    expect(readChinaTime('2026-12-01 08:00:00')).toEqual(new Date('2026-12-01T00:00:00Z'));
    for (const value of ['2026-13-01 08:00:00', '2026-12-01', '', 0, null, {}])
      expect(readChinaTime(value)).toBeUndefined();
  });
});
