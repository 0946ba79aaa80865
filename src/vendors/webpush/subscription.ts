import { urlProblem } from '../url-problem.js';
import { jsonObject } from '../transport/read-text.js';

const LARGEST_ADDRESS = 2000;
const KEY_BYTES = 65;
const AUTH_BYTES = 16;
/** Browsers write base64url; clients that encode the keys themselves often write ordinary base64. */
const BASE64 = /^[\w+/-]+={0,2}$/;

/** A browser's subscription, its keys as bytes. */
export interface Subscription {
  endpoint: string;
  /** The push service, as VAPID names it. */
  origin: string;
  /** Public key of the browser, in what should be the 65 bytes of a point. */
  p256dh: Buffer;
  /** Secret that it shares with the sender. */
  auth: Buffer;
}

/**
 * Reads a device's address: the PushSubscription as JSON, `{"endpoint":"https://…","keys":{"p256dh":"…","auth":"…"}}`, at most 2000
 * bytes; undefined for anything else. Endpoints are what clients say they are: over plain http they are taken only where the account
 * may connect to private networks.
 */
export function parseSubscription(address: string, allowHttp: boolean): Subscription | undefined {
  if (Buffer.byteLength(address) > LARGEST_ADDRESS) return undefined;
  const { endpoint, keys } = jsonObject(address) ?? {};
  if (typeof endpoint !== 'string' || urlProblem(endpoint) !== undefined) return undefined;
  const { protocol, origin, href } = new URL(endpoint);
  if (protocol !== 'https:' && !allowHttp) return undefined;
  const { p256dh, auth } = (keys ?? {}) as Record<string, unknown>;
  const key = bytes(p256dh);
  const secret = bytes(auth);
  if (key?.length !== KEY_BYTES || secret?.length !== AUTH_BYTES) return undefined;
  return { endpoint: href, origin, p256dh: key, auth: secret };
}

function bytes(text: unknown): Buffer | undefined {
  return typeof text === 'string' && BASE64.test(text) ? Buffer.from(text, 'base64url') : undefined;
}
