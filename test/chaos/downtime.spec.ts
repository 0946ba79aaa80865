import { describe, expect, it } from '@jest/globals';
import { Downtime } from './downtime.js';

describe('the time in which nobody could send', () => {
  const downtime = new Downtime();
  downtime.add(20, 40);
  downtime.add(10, 30);
  downtime.add(25, 28);
  downtime.add(60, 70);

  it.each<[string, number, number, number]>([
    ['counts spans that overlap once', 0, 100, 40],
    ['counts what lies within', 35, 65, 10],
    ['is nothing between spans', 45, 55, 0],
    ['is all of a time inside of a span', 12, 22, 10],
  ])('%s', (_what, from, to, sum) => {
    expect(downtime.within(from, to)).toBe(sum);
  });
});
