import { describe, expect, it } from '@jest/globals';
import { createHmac, hkdfSync } from 'node:crypto';
import type { Config } from '../../config/config.js';
import { SecretBox } from '../../access/secret-box.js';
import { LanyingKeys } from './lanying-keys.js';
import { endpointOf, pushTokenOf } from './push-token.js';
import { issueUserToken, readUserToken, type UserToken } from './user-token.js';

const SECRET = Buffer.alloc(32, 7);
const keysOf = (secretsKey: Buffer): LanyingKeys =>
  new LanyingKeys(new SecretBox({ secretsKey, dataDir: '/nowhere' } as Config));
const KEYS = keysOf(SECRET);
const NOW = new Date('2026-12-01T02:00:00.000Z');
const TOKEN: UserToken = {
  organisationId: 3,
  applicationId: 5,
  recipientId: '9007199254740993',
  device: 'phone',
  expiresAt: new Date('2026-12-31T02:00:00.000Z'),
};

describe('a user token', () => {
  it('says what was put into it, to whoever holds the key, until it expires', () => {
    const text = issueUserToken(KEYS, TOKEN);
    expect(text).toMatch(/^tdu_[\w-]+\.[\w-]{43}$/);
    expect(readUserToken(KEYS, text, NOW)).toEqual(TOKEN);
    expect(readUserToken(keysOf(SECRET), text, NOW)).toEqual(TOKEN);
    expect(readUserToken(keysOf(Buffer.alloc(32, 8)), text, NOW)).toBeUndefined();
    expect(readUserToken(KEYS, text, new Date(TOKEN.expiresAt.getTime() - 1))).toEqual(TOKEN);
    expect(readUserToken(KEYS, text, TOKEN.expiresAt)).toBeUndefined();
  });

  it('needs no device', () => {
    const { device: _, ...without } = TOKEN;
    expect(readUserToken(KEYS, issueUserToken(KEYS, without), NOW)).toEqual(without);
  });

  it('is signed as the documentation says', () => {
    const [payload = '', signature] = issueUserToken(KEYS, TOKEN).slice(4).split('.');
    const key = Buffer.from(hkdfSync('sha256', SECRET, '', 'tidings lanying user-token', 32));
    expect(createHmac('sha256', key).update(payload).digest('base64url')).toBe(signature);
  });

  it('is refused when one character of it is another', () => {
    const text = issueUserToken(KEYS, TOKEN);
    for (let at = 0; at < text.length; at++) {
      const changed = `${text.slice(0, at)}${text.charAt(at) === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
      expect([at, readUserToken(KEYS, changed, NOW)]).toEqual([at, undefined]);
    }
  });

  it.each(['', 'tdu_', 'tdu_.', 'tdu_a.b', 'tdt_abc', '.', 'null'])('%j is none', (text) => {
    expect(readUserToken(KEYS, text, NOW)).toBeUndefined();
  });
});

describe('a push token', () => {
  it.each(['1', '35', '36', '9007199254740993', '9223372036854775807'])('names endpoint %s', (id) => {
    const token = pushTokenOf(KEYS, 3, id);
    expect(endpointOf(KEYS, 3, token)).toBe(id);
    expect(endpointOf(KEYS, 4, token)).toBeUndefined();
    expect(endpointOf(keysOf(Buffer.alloc(32, 8)), 3, token)).toBeUndefined();
  });

  it('is refused when one character of it is another, or it is cut', () => {
    const token = pushTokenOf(KEYS, 3, '123456789');
    for (let at = 0; at < token.length; at++) {
      const changed = `${token.slice(0, at)}${token.charAt(at) === '0' ? '1' : '0'}${token.slice(at + 1)}`;
      expect([at, endpointOf(KEYS, 3, changed)]).toEqual([at, undefined]);
    }
    expect(endpointOf(KEYS, 3, token.slice(0, -1))).toBeUndefined();
    expect(endpointOf(KEYS, 3, `${token}A`)).toBeUndefined();
  });

  it('does not serve as a user token, nor the other way round', () => {
    expect(readUserToken(KEYS, pushTokenOf(KEYS, 3, '1').replace('tdp_', 'tdu_'), NOW)).toBeUndefined();
    expect(endpointOf(KEYS, 3, issueUserToken(KEYS, TOKEN).replace('tdu_', 'tdp_'))).toBeUndefined();
  });
});
