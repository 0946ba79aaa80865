import { describe, expect, it } from '@jest/globals';
import { answered, inShort } from '../../../test/support/vendors/vendor-request.js';
import { judgeUntold } from './sms-answer.js';

describe('an answer without a code', () => {
  const judged = (status: number): string[] => {
    const { outcome, account } = judgeUntold(answered('<html>', status));
    return [...inShort([outcome]), ...(account === undefined ? [] : [account.problem])];
  };

  it.each([200, 408, 425, 500, 502, 503, 504])('leaves it open whether an SMS was sent (HTTP %i)', (status) =>
    expect(judged(status)).toEqual([status === 200 ? 'unknown unreadable-answer' : `unknown http-${status}`]),
  );

  it('says by other statuses that none was', () => {
    expect(judged(404)).toEqual(['rejected http-404']);
    expect(judged(403)).toEqual(['retry http-403', 'credentials']);
    expect(judged(429)).toEqual(['retry http-429', 'throttled']);
    expect(judged(302)).toEqual(['retry http-302', 'unreachable']);
  });
});
