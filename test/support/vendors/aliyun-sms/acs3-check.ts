import { createHash, createHmac } from 'node:crypto';
import type { SeenRequest } from '../http-simulator.js';

export interface KnownKey {
  id: string;
  secret: string;
  /** Of a temporary key. */
  token?: string;
}

/** A refusal by the gateway, in Alibaba Cloud's words. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
}

const AUTHORIZATION = /^ACS3-HMAC-SHA256 Credential=([^,]*),SignedHeaders=([^,]*),Signature=([0-9a-f]{64})$/;
const MUST_BE_SIGNED = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-version',
];
const QUARTER_HOUR = 15 * 60_000;

/** What the gateway finds wrong with who calls, when and how it is signed; the nonce is another matter. */
export function acs3Problem(request: SeenRequest, key: KnownKey, host: string | undefined): Refusal | undefined {
  const [, id, names = '', signature] = AUTHORIZATION.exec(request.headers.authorization ?? '') ?? [];
  if (signature === undefined)
    return refusal(400, 'IncompleteSignature', 'The request signature does not conform to standards.');
  if (id !== key.id) return refusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  if (headerOf(request, 'x-acs-security-token') !== (key.token ?? ''))
    return refusal(
      400,
      'InvalidSecurityToken.MismatchWithAccessKey',
      'Specified SecurityToken mismatch with the AccessKey.',
    );
  const date = headerOf(request, 'x-acs-date');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date))
    return refusal(400, 'InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.');
  if (Math.abs(Date.parse(date) - Date.now()) > QUARTER_HOUR)
    return refusal(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
  const mismatch = refusal(403, 'SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.');
  if (headerOf(request, 'x-acs-content-sha256') !== sha256(request.body)) return mismatch;
  const present = Object.keys(request.headers).filter((name) => name.startsWith('x-acs-'));
  const signed = names.split(';');
  if ([...MUST_BE_SIGNED, ...present].some((name) => !signed.includes(name))) return mismatch;
  return signature === expected(request, key, signed, host) ? undefined : mismatch;
}

function expected(request: SeenRequest, key: KnownKey, signed: readonly string[], host: string | undefined): string {
  const lines = signed.map((name) => `${name}:${(name === 'host' && host) || headerOf(request, name).trim()}`);
  const sorted = new URLSearchParams(request.query);
  sorted.sort();
  const query = [...sorted].map(([name, value]) => `${rfc3986(name)}=${rfc3986(value)}`).join('&');
  const canonical = `${request.method}\n${request.path}\n${query}\n${lines.join('\n')}\n\n${signed.join(';')}\n${sha256(request.body)}`;
  return createHmac('sha256', key.secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
}

export const headerOf = ({ headers }: SeenRequest, name: string): string => headers[name]?.toString() ?? '';

const refusal = (status: number, code: string, message: string): Refusal => ({ status, code, message });

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Every byte but the unreserved characters. */
const rfc3986 = (text: string): string =>
  Array.from(Buffer.from(text, 'utf8'), (byte) => {
    const sign = String.fromCharCode(byte);
    return /[A-Za-z0-9_.~-]/.test(sign) ? sign : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
