import { describe, expect, it } from '@jest/globals';
import type { Content } from '../../channels/channel-kind.js';
import type { PushOptions } from '../../channels/push-options.js';
import { clampTtl, notifyNumber, type PushWords, pushWords, stringData } from './push-words.js';

const NOW = new Date('2026-12-01T02:00:00.000Z');
const WORDS: Content = { title: 'Lab result', text: 'Ready', url: 'https://example.com/1', ext: { order: 1 } };

const words = (content: Content, push?: PushOptions, expiresAt?: Date): PushWords =>
  pushWords({ options: push === undefined ? {} : { push }, ...(expiresAt && { expiresAt }) }, content, 'pigeon', NOW);

describe('what a push says', () => {
  it('is its content when nothing else is asked', () => {
    expect(words(WORDS)).toEqual({
      silent: false,
      title: 'Lab result',
      text: 'Ready',
      click: { to: 'url', url: 'https://example.com/1' },
      data: { order: 1 },
      ios: {},
      own: {},
    });
  });

  it('is all that was asked, in one shape for every vendor', () => {
    const push: PushOptions = {
      bigText: 'Your result is ready, and here is more of it.',
      image: 'https://example.com/1.png',
      badge: { add: 1 },
      collapseKey: 'order-1',
      displayFrom: '2026-12-01T03:00:00+01:00',
      displayUntil: '2026-12-01T02:01:00Z',
      ios: { sound: 'ding.caf', threadId: 't' },
      android: { sound: 'ding', channelId: 'results' },
      vendors: { pigeon: { flock: 3 }, dove: { flock: 4 } },
    };
    expect(words(WORDS, push)).toEqual({
      silent: false,
      title: 'Lab result',
      text: 'Ready',
      bigText: 'Your result is ready, and here is more of it.',
      image: 'https://example.com/1.png',
      click: { to: 'url', url: 'https://example.com/1' },
      data: { order: 1 },
      badge: { add: 1 },
      sound: 'ding',
      channelId: 'results',
      collapseKey: 'order-1',
      ttlSeconds: 60,
      displayFrom: new Date('2026-12-01T02:00:00.000Z'),
      displayUntil: new Date('2026-12-01T02:01:00.000Z'),
      ios: { sound: 'ding.caf', threadId: 't', flock: 3 },
      own: { flock: 3 },
    });
  });

  it('goes by the vendor’s own options first, property by property, and by no other vendor’s', () => {
    const push: PushOptions = {
      ios: { sound: 'base.caf', category: 'result' },
      android: { sound: 'base', channelId: 'base' },
      vendors: { pigeon: { sound: 'own' }, dove: { channelId: 'dove' } },
    };
    expect(words(WORDS, push)).toMatchObject({
      sound: 'own',
      channelId: 'base',
      ios: { sound: 'own', category: 'result' },
      own: { sound: 'own' },
    });
  });

  it('shows the long text where there is no short one', () => {
    expect(words({ title: 'T' }, { bigText: 'Long' })).toMatchObject({ text: 'Long', bigText: 'Long' });
  });
});

describe('a tap', () => {
  const intent = 'intent://x#Intent;end';

  it.each([
    ['into the app', {}, undefined, { to: 'app' }],
    ['to a page', { url: 'HTTPS://example.com/' }, undefined, { to: 'url', url: 'HTTPS://example.com/' }],
    ['by a link of an app', { url: 'tidings://order/1' }, undefined, { to: 'link', url: 'tidings://order/1' }],
    ['by an intent, rather than to the page', { url: 'https://e.com' }, { intent }, { to: 'intent', intent }],
    ['into the app, whatever the intent', {}, { intent, clickAction: 'open_app' as const }, { to: 'app' }],
    ['into the app for want of an intent', {}, { clickAction: 'intent' as const }, { to: 'app' }],
  ])('leads %s', (_where, content, android, click) => {
    expect(words({ text: 'T', ...content }, { android }).click).toEqual(click);
  });
});

describe('a silent push', () => {
  it('hands everything to the app', () => {
    expect(words(WORDS, { type: 'cmd' })).toMatchObject({
      silent: true,
      data: { title: 'Lab result', text: 'Ready', url: 'https://example.com/1', order: 1 },
    });
  });

  it('lets the names of ext win', () => {
    const content = { title: 'T', ext: { title: 7, order: 1 } };
    expect(words(content, { type: 'cmd' }).data).toEqual({ title: 7, order: 1 });
  });

  it('is one without a word or a picture', () => {
    expect(words({ ext: { order: 1 } })).toMatchObject({ silent: true, data: { order: 1 } });
    expect(words({ ext: { order: 1 } }, { image: 'https://example.com/1.png' }).silent).toBe(false);
    expect(words({ title: 'T' }).silent).toBe(false);
  });
});

describe('the time to live', () => {
  it('ends with the message, or else with the last instant at which it may be shown', () => {
    const until = { displayUntil: '2026-12-01T02:10:00Z' };
    expect(words(WORDS, until, new Date('2026-12-01T02:05:00Z')).ttlSeconds).toBe(300);
    expect(words(WORDS, until).ttlSeconds).toBe(600);
    expect(words(WORDS)).not.toHaveProperty('ttlSeconds');
  });

  it('is at least a second', () => {
    expect(words(WORDS, undefined, new Date('2026-12-01T01:00:00Z')).ttlSeconds).toBe(1);
  });

  it('is brought within what the vendor takes', () => {
    const limits = { min: 60, max: 3_600 };
    expect([1, 60, 61, 9_999, undefined].map((seconds) => clampTtl(seconds, limits))).toEqual([
      60,
      60,
      61,
      3_600,
      undefined,
    ]);
  });
});

describe('a vendor of narrow types', () => {
  it('gets data as strings, and nothing for nothing', () => {
    expect(stringData({ a: 'x', b: 1, c: true, d: { e: [1] }, f: null, g: undefined, h: '' })).toEqual({
      a: 'x',
      b: '1',
      c: 'true',
      d: '{"e":[1]}',
      h: '',
    });
  });

  it('gets a number for a collapse key, the same each time and within 31 bits', () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `order-${index}`);
    const numbers = keys.map(notifyNumber);
    expect(numbers).toEqual(keys.map(notifyNumber));
    expect(new Set(numbers).size).toBeGreaterThan(4_990);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(2_147_483_647);
    expect(numbers.every(Number.isInteger)).toBe(true);
  });
});
