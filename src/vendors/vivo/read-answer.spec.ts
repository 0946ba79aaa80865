import { describe, expect, it } from '@jest/globals';
import { answered } from '../../../test/support/vendors/vendor-request.js';
import { readToken, signOf } from './grant.js';
import { readAnswer } from './read-answer.js';

const elevenAtNightInChina = new Date('2026-12-01T15:00:00Z');
const targets = [
  { reference: 'r1', address: 'a1' },
  { reference: 'r2', address: 'a2' },
];

describe('an answer of vivo', () => {
  it.each([
    [10070, 8],
    [10071, 8],
    [10073, 1],
    [10252, 1],
  ])("of code %d lets what it closes wait for %d hours at 23 o'clock in China", (result, hours) => {
    expect(readAnswer(answered({ result }), targets, elevenAtNightInChina)).toMatchObject({
      outcomes: targets.map(() => ({ status: 'retry', code: String(result), afterSeconds: hours * 3_600 })),
    });
  });

  it('that tells of a spent quota of the account is heeded until midnight in China', () => {
    expect(readAnswer(answered({ result: 10254, desc: 'limit' }), targets, elevenAtNightInChina)).toEqual({
      outcomes: targets.map(() => ({ status: 'retry', code: '10254' })),
      account: { problem: 'quota', code: '10254', detail: 'limit', afterSeconds: 3_600 },
    });
  });

  it('that asks for a rest is obeyed', () => {
    expect(readAnswer(answered('busy', 503, { 'retry-after': '7' }), targets, elevenAtNightInChina)).toMatchObject({
      account: { problem: 'throttled', code: 'http-503', afterSeconds: 7 },
    });
  });

  it.each(['', 'OK', '[]', '{}', '{"result":null}', '{"result":{}}'])(
    'that cannot be read (%s) leaves it unknown what became of the push',
    (text) => {
      expect(readAnswer(answered(text), targets, elevenAtNightInChina)).toMatchObject({
        outcomes: targets.map(() => ({ status: 'unknown', code: 'unreadable-answer' })),
      });
    },
  );

  it('names devices in whatever shape, also beside a refusal', () => {
    const invalidUsers = [null, 7, {}, { userid: 'a2', status: '2' }, { userid: { toString: 1 }, status: {} }];
    expect(readAnswer(answered({ result: 10302, invalidUsers }), targets, elevenAtNightInChina)).toEqual({
      outcomes: [
        { status: 'rejected', code: '10302', detail: '' },
        { status: 'unreachable', code: 'invalid-user-2' },
      ],
    });
  });
});

describe('the token of vivo', () => {
  it('is asked for with the signature that vivo documents', () => {
    const credentials = { appId: '10004', appKey: 'demo-app-key', appSecret: 'demo-secret' };
    expect(signOf(credentials, '1700000000000')).toBe('7c689d6df32a23df209dbbcf2c196e4b');
  });

  it.each([
    [answered({ result: 0, authToken: 't' }), { token: 't', expiresInSeconds: 86_400 }],
    [answered({ result: 10200, desc: 'sign' }), 'credentials 10200: sign'],
    [answered({ result: 10093, desc: 'fast' }), 'throttled 10093: fast'],
    [answered({ result: 10102, desc: 'down' }), 'unreachable 10102: down'],
    [answered({ result: 0 }), 'unreachable no-token: The answer holds no token.'],
    [answered('<html>', 200), 'unreachable unreadable-answer: <html>'],
    [answered('not found', 404), 'credentials http-404: not found'],
    [
      { answered: false, handedOver: true, code: 'UND_ERR_SOCKET', detail: 'gone' } as const,
      'unreachable UND_ERR_SOCKET: gone',
    ],
  ])('is had, or there is trouble with the account (%#)', (answer, expected) => {
    const grant = readToken(answer, new AbortController().signal, elevenAtNightInChina);
    const trouble = 'refused' in grant ? grant.refused.account : undefined;
    expect(trouble === undefined ? grant : `${trouble.problem} ${trouble.code}: ${trouble.detail}`).toEqual(expected);
  });
});
