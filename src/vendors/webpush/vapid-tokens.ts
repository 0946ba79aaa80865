import { createPrivateKey, sign } from 'node:crypto';
import type { Clock } from '../../common/clock.js';
import type { Vapid } from './vapid-keys.js';

const HOUR_MILLISECONDS = 3_600_000;
/** Push services refuse tokens of more than a day; a clock that goes wrong by hours is forgiven. */
const LIFE_MILLISECONDS = 12 * HOUR_MILLISECONDS;
const USE_MILLISECONDS = 6 * HOUR_MILLISECONDS;
/** There are a handful of push services, but clients name them. */
const MOST_TOKENS = 1_000;

/** What push services are told of who sends (VAPID, RFC 8292): one signed token for each of them, used for six hours. */
export class VapidTokens {
  private readonly tokens = new Map<string, { authorization: string; until: number }>();

  constructor(private readonly clock: Clock) {}

  /** The Authorization header of requests to this origin. */
  authorization(vapid: Vapid, origin: string): string {
    const key = `${vapid.publicKey} ${vapid.subject} ${origin}`;
    const now = this.clock.now().getTime();
    const known = this.tokens.get(key);
    if (known !== undefined && known.until > now) return known.authorization;
    this.tokens.delete(key);
    const [oldest] = this.tokens.keys();
    if (oldest !== undefined && this.tokens.size >= MOST_TOKENS) this.tokens.delete(oldest);
    const authorization = `vapid t=${token(vapid, origin, now)}, k=${vapid.publicKey}`;
    this.tokens.set(key, { authorization, until: now + USE_MILLISECONDS });
    return authorization;
  }
}

function token({ publicKey, privateKey, subject }: Vapid, origin: string, now: number): string {
  const claims = { aud: origin, exp: Math.floor((now + LIFE_MILLISECONDS) / 1000), sub: subject };
  const unsigned = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const point = Buffer.from(publicKey, 'base64url');
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const key = createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y, d: privateKey } });
  const signature = sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' });
  return `${unsigned}.${signature.toString('base64url')}`;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
