import { createHash, createHmac } from 'node:crypto';

const ALGORITHM = 'ACS3-HMAC-SHA256';
const VERSION = '2017-05-25';
const FORM = 'application/x-www-form-urlencoded';

/** A call to sign: a POST whose parameters are in the query, or, where they get long, in a form. */
export interface AcsCall {
  /** Name under which Alibaba Cloud gets the request; with its port, unless that is the usual one. */
  host: string;
  action: string;
  query: Readonly<Record<string, string>>;
  form: Readonly<Record<string, string>>;
  at: Date;
  /** Never used before. */
  nonce: string;
}

export interface AcsKeys {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string;
}

/** What goes out: every header but `host`, which the connection sets. */
export interface SignedCall {
  query: string;
  body: string;
  headers: Record<string, string>;
}

/** Signs a call with ACS3-HMAC-SHA256, Alibaba Cloud's signature V3. */
export function signAcs3(call: AcsCall, keys: AcsKeys): SignedCall {
  const query = encodeParams(call.query);
  const body = encodeParams(call.form);
  const headers = headersOf(call, keys, body);
  const canonical = canonicalRequest(query, { host: call.host, ...headers }, sha256(body));
  const signature = createHmac('sha256', keys.accessKeySecret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  const authorization =
    `${ALGORITHM} Credential=${keys.accessKeyId},` +
    `SignedHeaders=${signedNames({ host: call.host, ...headers })},Signature=${signature}`;
  return { query, body, headers: { ...headers, authorization } };
}

/** The text whose hash is signed. All `headers` are signed, whose names are in lower case. */
export function canonicalRequest(query: string, headers: Readonly<Record<string, string>>, bodyHash: string): string {
  const lines = Object.keys(headers)
    .toSorted()
    .map((name) => `${name}:${headers[name]?.trim()}\n`);
  return ['POST', '/', query, lines.join(''), signedNames(headers), bodyHash].join('\n');
}

function headersOf({ action, at, nonce }: AcsCall, keys: AcsKeys, body: string): Record<string, string> {
  return {
    'x-acs-action': action,
    'x-acs-version': VERSION,
    'x-acs-date': at.toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': nonce,
    'x-acs-content-sha256': sha256(body),
    ...(body === '' ? {} : { 'content-type': FORM }),
    ...(keys.securityToken === undefined ? {} : { 'x-acs-security-token': keys.securityToken }),
  };
}

const signedNames = (headers: Readonly<Record<string, string>>): string => Object.keys(headers).toSorted().join(';');

const encodeParams = (params: Readonly<Record<string, string>>): string =>
  Object.keys(params)
    .toSorted()
    .map((name) => `${encode(name)}=${encode(params[name] ?? '')}`)
    .join('&');

/** Percent-encoding of RFC 3986, which leaves fewer characters alone than `encodeURIComponent` does. */
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
