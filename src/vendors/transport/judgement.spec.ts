import { describe, expect, it } from '@jest/globals';
import { answered } from '../../../test/support/vendors/vendor-request.js';
import {
  CREDENTIALS,
  DOWN,
  forAll,
  judge,
  judgeStatus,
  judgeUnread,
  meaningOf,
  QUOTA,
  restInChina,
  restSeconds,
  resultOf,
  secondsUntilChina,
  statusMeaning,
  statusRefusal,
  THROTTLED,
} from './judgement.js';

const NOW = new Date('2026-12-01T02:00:00.000Z');

describe('a code', () => {
  const table = { A: 'retry', 'A.*': 'rejected', 'A.B.*': CREDENTIALS, 'A.B.C': 'unknown' } as const;

  it.each([
    ['A', 'retry'],
    ['A.B.C', 'unknown'],
    ['A.B.D', CREDENTIALS],
    ['A.X', 'rejected'],
    ['B', undefined],
    ['', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
  ])('%s means what stands for it, or for the longest of its beginnings', (code, meaning) => {
    expect(meaningOf(table, code)).toBe(meaning);
  });
});

describe('a meaning', () => {
  it.each(['rejected', 'address-gone', 'unreachable', 'retry', 'unknown'] as const)(
    'of %s is an outcome of the target',
    (status) => {
      expect(judge(status, '42', 'why')).toEqual({ outcome: { status, code: '42', detail: 'why' } });
    },
  );

  it.each([
    [CREDENTIALS, 'credentials'],
    [QUOTA, 'quota'],
    [THROTTLED, 'throttled'],
    [DOWN, 'unreachable'],
    ['token-expired', 'credentials'],
  ] as const)('of the account (%j) leaves its targets untouched', (meaning, problem) => {
    expect(judge(meaning, '42', 'why')).toEqual({
      outcome: { status: 'retry', code: '42' },
      account: { problem, code: '42', detail: 'why' },
    });
  });

  it('says how long to wait where waiting helps', () => {
    expect(judge('retry', '42', '', 7).outcome).toMatchObject({ afterSeconds: 7 });
    expect(judge(QUOTA, '42', '', 7).account).toMatchObject({ afterSeconds: 7 });
    expect(judge('rejected', '42', '', 7).outcome).not.toHaveProperty('afterSeconds');
    expect(judge(QUOTA, '42', '', 7).outcome).not.toHaveProperty('afterSeconds');
  });

  it('keeps what a vendor says short', () => {
    expect(judge('rejected', '42', 'x'.repeat(9_000)).outcome).toMatchObject({ detail: 'x'.repeat(500) });
    expect(judge(DOWN, '42', 'x'.repeat(9_000)).account?.detail).toHaveLength(500);
    expect(judgeUnread('y'.repeat(9_000)).outcome).toEqual({
      status: 'unknown',
      code: 'unreadable-answer',
      detail: 'y'.repeat(500),
    });
  });

  it('holds for all targets alike', () => {
    const targets = ['a', 'b'].map((address) => ({ reference: address, address }));
    const { outcome, account } = judge(THROTTLED, '42', 'why');
    expect(forAll(targets, { outcome, account })).toEqual({ outcomes: [outcome, outcome], account });
    expect(forAll(targets, judge('rejected', '42', ''))).not.toHaveProperty('account');
  });
});

describe('a status that no body explains', () => {
  it.each([
    [400, 'rejected'],
    [404, 'rejected'],
    [413, 'rejected'],
    [408, 'retry'],
    [425, 'retry'],
    [500, 'retry'],
    [599, 'retry'],
    [502, 'unknown'],
    [504, 'unknown'],
    [401, CREDENTIALS],
    [403, CREDENTIALS],
    [429, THROTTLED],
    [503, THROTTLED],
    [301, DOWN],
    [307, DOWN],
  ])('of %i means %j', (status, meaning) => {
    expect(statusMeaning(status)).toEqual(meaning);
  });
});

describe('an answer that says nothing but its status', () => {
  it('is judged by it, and asks for a rest where it says so', () => {
    expect(judgeStatus(answered('slow\n down', 429, { 'retry-after': '7' }), NOW).account).toEqual({
      problem: 'throttled',
      code: 'http-429',
      detail: 'slow down',
      afterSeconds: 7,
    });
    expect(judgeStatus(answered('', 500), NOW).outcome).toEqual({
      status: 'retry',
      code: 'http-500',
      detail: 'HTTP 500',
    });
  });

  it('may mean something else with a vendor', () => {
    expect(statusRefusal(answered('', 404), NOW, { 404: CREDENTIALS }).meaning).toBe(CREDENTIALS);
    expect(statusRefusal(answered('', 404), NOW).meaning).toBe('rejected');
  });

  it('tells nothing of anybody where it is a success', () => {
    expect(judgeStatus(answered('<html>'), NOW).outcome).toMatchObject({
      status: 'unknown',
      code: 'unreadable-answer',
    });
  });
});

describe('judgements one by one', () => {
  it('are outcomes in their order, and the first verdict', () => {
    const [gone, slow, wrong] = [
      judge('address-gone', '1', ''),
      judge(THROTTLED, '2', ''),
      judge(CREDENTIALS, '3', ''),
    ];
    expect(resultOf([gone, slow, wrong])).toEqual({
      outcomes: [gone.outcome, slow.outcome, wrong.outcome],
      account: slow.account,
    });
    expect(resultOf([gone])).toEqual({ outcomes: [gone.outcome] });
  });
});

describe('a Retry-After', () => {
  it.each([
    ['30', 30],
    [' 0 ', 0],
    ['3601', 3_600],
    ['Tue, 01 Dec 2026 02:01:30 GMT', 90],
    ['Tue, 01 Dec 2026 01:00:00 GMT', 0],
    ['Wed, 02 Dec 2026 02:00:00 GMT', 3_600],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('of %j is %j seconds', (header, seconds) => {
    expect(restSeconds(header, NOW)).toBe(seconds);
  });
});

describe('the rest of an account with a vendor in China', () => {
  const reply = answered('', 200, { 'retry-after': '7' });

  it('is until midnight there when a quota is spent, and as long as the vendor asks when it was too fast', () => {
    expect(restInChina(QUOTA, reply, NOW)).toBe(14 * 3_600);
    expect(restInChina(THROTTLED, reply, NOW)).toBe(7);
    expect(restInChina(CREDENTIALS, reply, NOW)).toBeUndefined();
    expect(restInChina('retry', reply, NOW)).toBeUndefined();
  });
});

describe('the seconds until it is midnight in China', () => {
  it.each([
    ['2026-12-01T02:00:00.000Z', 14 * 3_600],
    ['2026-12-01T15:59:59.001Z', 1],
    ['2026-12-01T15:59:59.999Z', 1],
    ['2026-12-01T16:00:00.000Z', 24 * 3_600],
    ['2026-12-01T16:00:00.001Z', 24 * 3_600],
    ['2026-12-01T23:00:00.000Z', 17 * 3_600],
  ])('at %s are %i', (now, seconds) => {
    expect(secondsUntilChina(new Date(now))).toBe(seconds);
  });

  it.each([
    [1, 15 * 3_600],
    [8, 22 * 3_600],
    [10, 24 * 3_600],
    [11, 3_600],
    [23, 13 * 3_600],
  ])('or %i o’clock there, are %i when it is ten', (hour, seconds) => {
    expect(secondsUntilChina(NOW, hour)).toBe(seconds);
  });
});
