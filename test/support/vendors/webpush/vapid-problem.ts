import { createPublicKey, verify } from 'node:crypto';

const HEADER = /^vapid t=([\w-]+\.[\w-]+)\.([\w-]{86}), ?k=([\w-]{87})$/;
const DAY_SECONDS = 86_400;

/** What is wrong with an Authorization header of VAPID (RFC 8292), for the push service at this origin. */
export function vapidProblem(authorization: string | undefined, origin: string, now: Date): string | undefined {
  try {
    return problemOf(authorization, origin, now);
  } catch {
    return 'the token cannot be read';
  }
}

function problemOf(authorization: string | undefined, origin: string, now: Date): string | undefined {
  const [, unsigned, signature, key] = HEADER.exec(authorization ?? '') ?? [];
  if (unsigned === undefined || signature === undefined || key === undefined) return 'it holds no VAPID token';
  const [header, claims] = unsigned.split('.').map(read);
  if (header?.['typ'] !== 'JWT' || header['alg'] !== 'ES256') return 'the token is no ES256 JWT';
  if (!isSigned(unsigned, signature, key)) return 'the signature is wrong';
  const left = Number(claims?.['exp']) - now.getTime() / 1000;
  if (!(left > 0 && left <= DAY_SECONDS)) return 'the token has expired, or lives for more than a day';
  if (claims?.['aud'] !== origin) return 'the token is for another push service';
  return /^(mailto:[^@]+@[^@]+|https:\/\/.+)$/.test(String(claims['sub'])) ? undefined : 'the subject is wrong';
}

function read(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
}

function isSigned(unsigned: string, signature: string, key: string): boolean {
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
  return verify(
    'sha256',
    Buffer.from(unsigned),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
}
