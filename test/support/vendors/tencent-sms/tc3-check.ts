import { createHash, createHmac } from 'node:crypto';
import type { SeenRequest } from '../http-simulator.js';

export interface KnownKey {
  id: string;
  secret: string;
  /** Of temporary keys. */
  token?: string;
}

/** Code and message of a refusal, in Tencent Cloud's words. */
export type Refusal = [code: string, message: string];

const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=([^/]*)\/(\d{4}-\d\d-\d\d)\/([a-z]+)\/tc3_request, SignedHeaders=([^,]*), Signature=([0-9a-f]{64})$/;
const FIVE_MINUTES = 300;

/** What is wrong with who calls, when, and how it is signed. */
export function tc3Problem(request: SeenRequest, key: KnownKey, host: string | undefined): Refusal | undefined {
  const [, id, date = '', service = '', names = '', signature] =
    AUTHORIZATION.exec(request.headers.authorization ?? '') ?? [];
  if (signature === undefined)
    return ['AuthFailure.InvalidAuthorization', 'The Authorization header does not conform to the standard.'];
  if (id !== key.id) return ['AuthFailure.SecretIdNotFound', 'The SecretId is not found.'];
  if (headerOf(request, 'x-tc-token') !== (key.token ?? '')) return ['AuthFailure.TokenFailure', 'The token is wrong.'];
  const timestamp = headerOf(request, 'x-tc-timestamp');
  if (!(Math.abs(Number(timestamp) - Date.now() / 1000) <= FIVE_MINUTES))
    return ['AuthFailure.SignatureExpire', 'The signature has expired.'];
  const mismatch: Refusal = ['AuthFailure.SignatureFailure', 'The provided credentials could not be validated.'];
  const signed = names.split(';');
  if (service !== 'sms' || !signed.includes('host') || !signed.includes('content-type')) return mismatch;
  if (date !== new Date(Number(timestamp) * 1000).toISOString().slice(0, 10)) return mismatch;
  const lines = signed.map((name) => `${name}:${(name === 'host' && host) || headerOf(request, name)}\n`).join('');
  const canonical = [request.method, request.path, '', lines, names, sha256(request.body)].join('\n');
  const text = ['TC3-HMAC-SHA256', timestamp, `${date}/sms/tc3_request`, sha256(canonical)].join('\n');
  const signingKey = hmac(hmac(hmac(`TC3${key.secret}`, date), 'sms'), 'tc3_request');
  return hmac(signingKey, text).toString('hex') === signature ? undefined : mismatch;
}

export const headerOf = ({ headers }: SeenRequest, name: string): string => headers[name]?.toString() ?? '';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest();
