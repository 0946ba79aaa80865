import { describe, expect, it } from '@jest/globals';
import { answered } from '../../../test/support/vendors/vendor-request.js';
import { readAnswer } from './read-answer.js';
import { readToken, signOf } from './grant.js';

const elevenAtNightInChina = new Date('2026-12-01T15:00:00Z');
const targets = [
  { reference: 'r1', address: 'a1' },
  { reference: 'r2', address: 'a2' },
];

describe('an answer of OPPO', () => {
  it('that tells of a spent quota is heeded until midnight in China', () => {
    expect(readAnswer(answered({ code: 33, message: 'limit' }), targets, elevenAtNightInChina)).toEqual({
      outcomes: targets.map(() => ({ status: 'retry', code: '33' })),
      account: { problem: 'quota', code: '33', detail: 'limit', afterSeconds: 3_600 },
    });
  });

  it('that asks for a rest is obeyed', () => {
    expect(readAnswer(answered('busy', 429, { 'retry-after': '7' }), targets, elevenAtNightInChina)).toMatchObject({
      account: { problem: 'throttled', code: 'http-429', afterSeconds: 7 },
    });
  });

  it.each(['', 'OK', '[]', '{}', '{"code":null}', '{"code":{}}', '{"code":0}', '{"code":0,"data":"x"}'])(
    'that cannot be read (%s) leaves it unknown what became of the push',
    (text) => {
      expect(readAnswer(answered(text), targets, elevenAtNightInChina)).toMatchObject({
        outcomes: targets.map(() => ({ status: 'unknown', code: 'unreadable-answer' })),
      });
    },
  );

  it('lists devices in whatever shape', () => {
    const data = [
      null,
      7,
      { registrationId: 'a1', errorCode: null, messageId: {} },
      { registrationId: 'a2', errorCode: 0 },
    ];
    expect(readAnswer(answered({ code: 0, data }), targets, elevenAtNightInChina)).toEqual({
      outcomes: [{ status: 'accepted' }, { status: 'accepted' }],
    });
  });
});

describe('the token of OPPO', () => {
  it('is asked for with the signature that OPPO documents', () => {
    expect(signOf('demoAppKey', '1700000000000', 'demoMasterSecret')).toBe(
      'ee41aeadaf8956866519e441542fe9c0bc2a895efa7b397216a80d2396e8c436',
    );
  });

  it.each([
    [answered({ code: 0, data: { auth_token: 't' } }), { token: 't', expiresInSeconds: 86_400 }],
    [
      answered({ code: 19, message: 'Invalid Timestamp' }),
      'credentials 19: Invalid Timestamp; check the clock of this machine',
    ],
    [answered({ code: 18 }), 'credentials 18: 18; check the clock of this machine'],
    [answered({ code: 40, message: 'missing' }), 'credentials 40: missing'],
    [answered({ code: -1, message: 'down' }), 'unreachable -1: down'],
    [answered({ code: 0, data: null }), 'unreachable no-token: The answer holds no token.'],
    [answered('<html>', 200), 'unreachable unreadable-answer: <html>'],
    [answered('bad gateway', 502), 'unreachable http-502: bad gateway'],
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
