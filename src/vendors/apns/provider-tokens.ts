import { sign } from 'node:crypto';
import type { Clock } from '../../common/clock.js';
import type { SigningKey } from './credentials.js';

const HALF_HOUR_SECONDS = 1_800;
/** APNs refuses a key whose tokens change more often. */
const LEAST_LIFE_SECONDS = 1_200;
/** Accounts with a key are few; those that are gone are forgotten. */
const MOST_TOKENS = 1_000;

interface ProviderToken {
  jwt: string;
  /** When it was made in the place of an aged one; seconds since 1970, as `until`. */
  insteadSince?: number;
  until: number;
}

/**
 * The tokens that requests are signed with (JWT, ES256). APNs takes one for an hour, and wants few different ones of a key: so they are
 * issued as of the last full or half hour, whichever process makes them.
 */
export class ProviderTokens {
  private readonly tokens = new Map<string, ProviderToken>();

  constructor(private readonly clock: Clock) {}

  of(key: SigningKey): string {
    const now = this.seconds();
    const known = this.tokens.get(nameOf(key));
    if (known !== undefined && known.until > now) return known.jwt;
    const issuedAt = Math.floor(now / HALF_HOUR_SECONDS) * HALF_HOUR_SECONDS;
    return this.keep(key, { jwt: signed(key, issuedAt), until: issuedAt + HALF_HOUR_SECONDS });
  }

  /**
   * Another token than one that APNs calls aged: one issued now, should the clocks disagree about the half hour. Undefined when that was
   * done so lately that it would help nothing, and make APNs refuse the key.
   */
  instead(key: SigningKey, aged: string): string | undefined {
    const now = this.seconds();
    const { jwt, insteadSince = -Infinity } = this.tokens.get(nameOf(key)) ?? {};
    if (jwt !== undefined && jwt !== aged) return jwt;
    if (now - insteadSince < LEAST_LIFE_SECONDS) return undefined;
    return this.keep(key, { jwt: signed(key, now), insteadSince: now, until: now + HALF_HOUR_SECONDS });
  }

  private keep(key: SigningKey, token: ProviderToken): string {
    this.tokens.delete(nameOf(key));
    const [oldest] = this.tokens.keys();
    if (oldest !== undefined && this.tokens.size >= MOST_TOKENS) this.tokens.delete(oldest);
    this.tokens.set(nameOf(key), token);
    return token.jwt;
  }

  private seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

/** A new private key under the old id is another key. */
const nameOf = ({ keyId, teamId, privateKey }: SigningKey): string => `${teamId} ${keyId} ${privateKey}`;

function signed({ keyId, teamId, privateKey }: SigningKey, issuedAt: number): string {
  const unsigned = `${part({ alg: 'ES256', kid: keyId })}.${part({ iss: teamId, iat: issuedAt })}`;
  const signature = sign('sha256', Buffer.from(unsigned), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${unsigned}.${signature.toString('base64url')}`;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
