import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ReceiptCall } from '../vendor.js';

/**
 * Whether a callback is signed by Twilio: HMAC-SHA1 under the auth token, over the URL and, of a form, its sorted fields; any other body
 * is named by its hash in the URL. Proxies on the way add or take the port, so it is tried without one and with the usual one.
 */
export function isSigned({ url, headers, query, body }: ReceiptCall, authToken: string): boolean {
  const signature = headers['x-twilio-signature'];
  if (signature === undefined) return false;
  const bodyHash = query['bodySHA256'];
  if (bodyHash !== undefined && !isEqual(bodyHash, createHash('sha256').update(body).digest('hex'))) return false;
  const fields = bodyHash === undefined ? sortedFields(new URLSearchParams(body)) : '';
  return spellings(url)
    .map((spelling) => isEqual(signature, signatureOf(authToken, spelling + fields)))
    .includes(true);
}

const signatureOf = (authToken: string, data: string): string =>
  createHmac('sha1', authToken).update(data).digest('base64');

/** Each name with each of its values, once. */
function sortedFields(form: URLSearchParams): string {
  return [...new Set(form.keys())]
    .sort()
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value))
    .join('');
}

function spellings(url: string): string[] {
  const [, scheme, host, port, rest = ''] = /^(https?:\/\/)([^/?#]+?)(:\d+)?([/?#].*)?$/.exec(url) ?? [];
  if (scheme === undefined) return [url];
  return [`${scheme}${host}${rest}`, `${scheme}${host}${port ?? (scheme === 'https://' ? ':443' : ':80')}${rest}`];
}

function isEqual(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
