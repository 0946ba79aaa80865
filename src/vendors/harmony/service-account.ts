import { constants, createPrivateKey, sign } from 'node:crypto';
import type { TokenGrant } from '../transport/token-cache.js';

/** The key file of a service account, of which only this is needed. */
export interface ServiceAccount {
  project_id: string;
  key_id: string;
  private_key: string;
  sub_account: string;
}

const FIELDS = ['project_id', 'key_id', 'private_key', 'sub_account'] as const;
const AUDIENCE = 'https://oauth-login.cloud.huawei.com/oauth2/v3/token';
const LIFE_SECONDS = 3600;
const MINUTE_SECONDS = 60;
const SHORTEST_KEY_BITS = 2048;

/** What is wrong with a key file, to finish a sentence. */
export function serviceAccountProblem(value: unknown): string | undefined {
  const file = value as Record<string, unknown>;
  const missing = FIELDS.filter((name) => typeof file[name] !== 'string' || file[name] === '');
  if (missing.length > 0) return `must be the key file of a service account: ${missing.join(', ')} missing`;
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(file['private_key'] as string);
    if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= SHORTEST_KEY_BITS)
      return undefined;
    return `must hold in private_key an RSA key of at least ${SHORTEST_KEY_BITS} bits`;
  } catch (error) {
    return `must hold in private_key a PEM private key: ${(error as Error).message}`;
  }
}

/**
 * A token that the account makes for itself, valid for an hour. Its time is rounded down to the minute, so that a clock that is a little
 * fast makes none of the future.
 */
export function signToken({ key_id, private_key, sub_account }: ServiceAccount, now: Date): TokenGrant {
  const seconds = Math.floor(now.getTime() / 1000);
  const iat = seconds - (seconds % MINUTE_SECONDS);
  const header = { kid: key_id, typ: 'JWT', alg: 'PS256' };
  const claims = { iss: sub_account, aud: AUDIENCE, iat, exp: iat + LIFE_SECONDS };
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = sign('sha256', Buffer.from(signed), {
    key: private_key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
  return { token: `${signed}.${signature.toString('base64url')}`, expiresInSeconds: iat + LIFE_SECONDS - seconds };
}
