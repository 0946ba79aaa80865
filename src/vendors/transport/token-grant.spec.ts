import { describe, expect, it } from '@jest/globals';
import { answered } from '../../../test/support/vendors/vendor-request.js';
import { CREDENTIALS, type Meaning, THROTTLED } from './judgement.js';
import { lifeOf, readGrant } from './token-grant.js';

const open = new AbortController().signal;

describe('the answer to a call for a token', () => {
  it('holds one', () => {
    expect(readGrant(answered('t'), open, ({ text }) => ({ token: text, expiresInSeconds: 7 }))).toEqual({
      token: 't',
      expiresInSeconds: 7,
    });
  });

  it('without one says nothing of what it holds: that may be secret', () => {
    const detail = 'The answer holds no token.';
    expect(readGrant(answered('{"acces_token":"t"}'), open, () => undefined)).toMatchObject({
      refused: { outcome: { status: 'retry' }, account: { problem: 'unreachable', code: 'no-token', detail } },
    });
  });

  it.each<[Meaning, string]>([
    ['rejected', 'credentials'],
    ['token-expired', 'credentials'],
    ['address-gone', 'credentials'],
    [CREDENTIALS, 'credentials'],
    [THROTTLED, 'throttled'],
    ['retry', 'unreachable'],
    ['unknown', 'unreachable'],
  ])('that is refused as %j is trouble of the account: no message has left', (meaning, problem) => {
    const refusal = { meaning, code: '42', detail: 'why', afterSeconds: 7 };
    expect(readGrant(answered('', 400), open, () => refusal)).toMatchObject({
      refused: { outcome: { status: 'retry', code: '42' }, account: { problem, code: '42' } },
    });
  });

  it('that is lost is trouble of the account, unless nobody waited for it any longer', () => {
    const lost = { answered: false, handedOver: true, code: 'aborted', detail: 'No answer in time.' } as const;
    expect(readGrant(lost, open, () => undefined)).toMatchObject({ refused: { account: { problem: 'unreachable' } } });
    const given = readGrant(lost, AbortSignal.abort(), () => undefined);
    expect(given).toMatchObject({ refused: { outcome: { status: 'retry', code: 'aborted' } } });
    expect(given).not.toHaveProperty('refused.account');
  });
});

describe('the life of a token', () => {
  it.each([
    [600, 600],
    ['600', 600],
    [0, 7200],
    [-1, 7200],
    ['soon', 7200],
    [{ valueOf: 1, toString: 1 }, 7200],
    [undefined, 7200],
  ])('of %j is %i seconds', (value, seconds) => {
    expect(lifeOf(value, 7200)).toBe(seconds);
  });
});
