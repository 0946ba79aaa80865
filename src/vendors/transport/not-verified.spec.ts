import { describe, expect, it } from '@jest/globals';
import { CREDENTIALS, DOWN, judge, untouched } from './judgement.js';
import { notVerified } from './not-verified.js';

describe('an account that was tried and not accepted', () => {
  it.each([
    [judge(CREDENTIALS, '42', 'wrong'), 'Pigeon refuses the ring (42: wrong).'],
    [judge(CREDENTIALS, '42', ''), 'Pigeon refuses the ring (42).'],
    [judge(DOWN, '43', 'asleep'), 'Pigeon does not say at the moment whether it accepts the ring (43: asleep).'],
    [judge('rejected', '44', 'why'), 'Pigeon does not say at the moment whether it accepts the ring (44: why).'],
    [untouched('aborted'), 'Pigeon does not say at the moment whether it accepts the ring (aborted).'],
  ])('is told of: %#', (judgement, detail) => {
    expect(notVerified(judgement, 'Pigeon', 'ring')).toEqual({ ok: false, detail });
  });
});
