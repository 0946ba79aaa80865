import { describe, expect, it } from '@jest/globals';
import { answered } from '../../../test/support/vendors/vendor-request.js';
import { readAnswer } from './read-answer.js';

const elevenAtNightInChina = new Date('2026-12-01T15:00:00Z');
const targets = [
  { reference: 'r1', address: 'a1' },
  { reference: 'r2', address: 'a2' },
];

describe('an answer of Meizu', () => {
  it('that tells of a spent quota is heeded until midnight in China', () => {
    expect(readAnswer(answered({ code: '110019', message: 'limit' }), targets, elevenAtNightInChina)).toEqual({
      outcomes: targets.map(() => ({ status: 'retry', code: '110019' })),
      account: { problem: 'quota', code: '110019', detail: 'limit', afterSeconds: 3_600 },
    });
  });

  it('that asks for a rest is obeyed', () => {
    expect(readAnswer(answered('busy', 429, { 'retry-after': '7' }), targets, elevenAtNightInChina)).toMatchObject({
      account: { problem: 'throttled', code: 'http-429', afterSeconds: 7 },
    });
  });

  it.each(['', 'OK', '[]', '{}', '{"code":null}', '{"code":{}}'])(
    'that cannot be read (%s) leaves it unknown what became of the push',
    (text) => {
      expect(readAnswer(answered(text), targets, elevenAtNightInChina)).toMatchObject({
        outcomes: targets.map(() => ({ status: 'unknown', code: 'unreadable-answer' })),
      });
    },
  );

  it.each(['', [], {}, null, undefined, 7, { 110002: 'a1' }, { 110002: [null, {}, 7] }])(
    'lists nobody in whatever shape (%j)',
    (value) => {
      expect(readAnswer(answered({ code: 200, value }), targets, elevenAtNightInChina)).toEqual({
        outcomes: targets.map(() => ({ status: 'accepted' })),
      });
    },
  );

  it('about a single device is about that device', () => {
    const [one] = targets;
    expect(readAnswer(answered({ code: '110003', message: 'bad' }), [one!], elevenAtNightInChina)).toEqual({
      outcomes: [{ status: 'address-gone', code: '110003', detail: 'bad' }],
    });
  });
});
