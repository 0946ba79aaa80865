import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '../../common/problem.js';
import { readSendTime } from './send-time.js';
import { WireObject } from './wire-object.js';

function read(sendTime: unknown, zone = 'Asia/Shanghai'): string | undefined {
  return readSendTime(WireObject.from({ sendTime }), new Date('2023-08-04T00:00:00Z'), zone)?.toISOString();
}

describe('readSendTime', () => {
  it.each<[unknown, string]>([
    ['2026-12-01 08:00:00', '2026-12-01T00:00:00.000Z'],
    [' 2026-12-01 08:00:00 ', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01 08:00', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01', '2026-11-30T16:00:00.000Z'],
    ['2026-12-01T08:00:00', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T08:00:00.250+01:00', '2026-12-01T07:00:00.250Z'],
    ['2026-12-01T08:00:00.000+0800', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T08:00:00Z', '2026-12-01T08:00:00.000Z'],
    [1_796_083_200, '2026-12-01T00:00:00.000Z'],
    ['1796083200', '2026-12-01T00:00:00.000Z'],
    [1_796_083_200_250, '2026-12-01T00:00:00.250Z'],
    ['1796083200250', '2026-12-01T00:00:00.250Z'],
  ])('H18: sendTime %j is %s', (sendTime, expected) => {
    expect(read(sendTime)).toBe(expected);
  });

  it('H18: a time without a zone is read in the zone given', () => {
    expect(read('2026-12-01 08:00:00', 'UTC')).toBe('2026-12-01T08:00:00.000Z');
    expect(read('2026-12-01T08:00:00Z', 'Europe/Paris')).toBe('2026-12-01T08:00:00.000Z');
  });

  it.each([undefined, null, '', ' ', 0, 1_600_000_000, '2023-08-04 07:59:59', '2023-08-04 08:00:00'])(
    'H18: %j is now',
    (sendTime) => {
      expect(read(sendTime)).toBeUndefined();
    },
  );

  it.each(['2023-08-06 08:30:77', '2027-02-29 08:00:00', '2027-13-01', '2027-01-01 25:00:00'])(
    'H18: %s does not exist and is refused',
    (sendTime) => {
      expect(() => read(sendTime)).toThrow(InvalidRequest);
      expect(() => read(sendTime)).toThrow('sendTime: must be an existing time');
    },
  );

  it('H18: what is no time at all is refused', () => {
    const long = `2027-01-01T${'0'.repeat(100_000)}`;
    for (const sendTime of ['tomorrow', '10:00', '2027', '20270101', 2027, -5, true, {}, '01/02/2027', long]) {
      expect(() => read(sendTime)).toThrow('sendTime: must be');
    }
  });
});
