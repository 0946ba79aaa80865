import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { ProviderTokens } from './provider-tokens.js';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const KEY = {
  keyId: 'ABC123DEFG',
  teamId: 'DEF123GHIJ',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const part = (jwt: string, index: number): string => jwt.split('.')[index] ?? '';
const decoded = (jwt: string, index: number): unknown =>
  JSON.parse(Buffer.from(part(jwt, index), 'base64url').toString());
const issuedAt = (jwt: string | undefined): string =>
  new Date((decoded(jwt ?? '', 1) as { iat: number }).iat * 1000).toISOString().slice(11, 19);
const at = (time: string): FakeClock => new FakeClock(new Date(`2026-12-01T${time}Z`));
const MINUTE = 60_000;

describe('a provider token', () => {
  it('is a JWT signed with the key (ES256), as APNs wants it', () => {
    const jwt = new ProviderTokens(at('10:17:00')).of(KEY);
    expect(decoded(jwt, 0)).toEqual({ alg: 'ES256', kid: 'ABC123DEFG' });
    expect(decoded(jwt, 1)).toEqual({ iss: 'DEF123GHIJ', iat: Date.parse('2026-12-01T10:00:00Z') / 1000 });
    const signed = Buffer.from(`${part(jwt, 0)}.${part(jwt, 1)}`);
    const signature = Buffer.from(part(jwt, 2), 'base64url');
    expect(verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
  });

  it('is issued as of the same time by every process, and changes every half hour', async () => {
    const clock = at('10:01:00');
    const tokens = new ProviderTokens(clock);
    const other = new ProviderTokens(at('10:29:59'));
    const first = tokens.of(KEY);
    expect([issuedAt(first), issuedAt(other.of(KEY))]).toEqual(['10:00:00', '10:00:00']);
    await clock.advance(28 * MINUTE);
    expect(tokens.of(KEY)).toBe(first);
    await clock.advance(MINUTE);
    expect(issuedAt(tokens.of(KEY))).toBe('10:30:00');
  });

  it('that is called aged is replaced by one of now, which lasts half an hour', async () => {
    const clock = at('10:28:00');
    const tokens = new ProviderTokens(clock);
    const fresh = tokens.instead(KEY, tokens.of(KEY));
    expect(issuedAt(fresh)).toBe('10:28:00');
    await clock.advance(29 * MINUTE);
    expect(tokens.of(KEY)).toBe(fresh);
    await clock.advance(MINUTE);
    expect(issuedAt(tokens.of(KEY))).toBe('10:30:00');
  });

  it('is replaced for everybody at once, and not again for 20 minutes', async () => {
    const clock = at('10:28:00');
    const tokens = new ProviderTokens(clock);
    const aged = tokens.of(KEY);
    const fresh = tokens.instead(KEY, aged) ?? '';
    expect(tokens.instead(KEY, aged)).toBe(fresh);
    await clock.advance(19 * MINUTE);
    expect(tokens.instead(KEY, fresh)).toBeUndefined();
    await clock.advance(MINUTE);
    expect(issuedAt(tokens.instead(KEY, fresh))).toBe('10:48:00');
  });

  it('is another one for another key of the same name', () => {
    const tokens = new ProviderTokens(at('10:00:00'));
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    expect(tokens.of({ ...KEY, privateKey: other.toString() })).not.toBe(tokens.of(KEY));
  });
});
