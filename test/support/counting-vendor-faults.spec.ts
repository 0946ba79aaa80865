import { describe, expect, it } from '@jest/globals';
import { chooseBehaviour } from './counting-vendor-faults.js';

const THOUSAND = Array.from({ length: 1000 }, (_, index) => index / 1000);

describe('the faults of the counting vendor', () => {
  it('hit some calls, and most go well', () => {
    const chosen = THOUSAND.map((random) => chooseBehaviour(random, 1));
    expect(new Set(chosen).size).toBe(13);
    expect(chosen.filter((behaviour) => behaviour === 'accept').length).toBeGreaterThan(700);
  });

  it('end with the fourth attempt, so that nothing is given up', () => {
    expect(new Set(THOUSAND.map((random) => chooseBehaviour(random, 4)))).toEqual(new Set(['accept']));
  });
});
