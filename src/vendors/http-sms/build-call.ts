import type { HttpRequest } from '../transport/account-http.js';
import type { CallRules } from './call-rules.js';
import { encodeText, percentEncode } from './charset.js';
import { type Filling, fillObject, flatten, namesIn } from './field-tree.js';
import type { Gateway } from './gateway.js';
import { sign } from './signature.js';
import type { Values } from './template.js';

/** One call as it goes out. What the placeholders of a field leave empty is left out. */
export function buildCall(gateway: Gateway, rules: CallRules, filling: Filling): Omit<HttpRequest, 'signal'> {
  const { charset } = gateway.plain;
  const signed = withSignature(gateway, rules, filling);
  const encode = (text: string): string => percentEncode(text, charset);
  const fields = fillObject(rules.fields, signed);
  const pairs = (): string =>
    flatten(fields)
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .join('&');
  const url = rules.url.fill(signed.values, encode);
  const headers = headersOf(gateway, signed.values);
  const { method } = rules;
  switch (rules.encoding) {
    case 'query':
      // An empty body, and not none: whether a request was written is known by its body having been asked for.
      return { method, url: joinQuery(url, pairs()), headers, body: '' };
    case 'form':
      return {
        method,
        url,
        headers: { 'content-type': `application/x-www-form-urlencoded; charset=${charset}`, ...headers },
        body: pairs(),
      };
    case 'json': {
      const body = encodeText(JSON.stringify(fields), charset);
      return { method, url, headers: { 'content-type': `application/json; charset=${charset}`, ...headers }, body };
    }
  }
}

/** The filling with its signature, over everything that does not hold the signature itself. */
function withSignature({ signature, plain }: Gateway, { fields }: CallRules, filling: Filling): Filling {
  if (signature === undefined) return filling;
  const { values, ofEach } = filling;
  const unsigned = {
    ...fields,
    members: fields.members.filter(([, member]) => !namesIn(member).includes('signature')),
  };
  const canonical = (): string =>
    flatten(fillObject(unsigned, filling))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
  const text = signature.of.fill((name) => (name === 'fields' ? canonical() : values(name)));
  const key = signature.key?.fill(values) ?? '';
  const made = sign(signature, encodeText(text, plain.charset), encodeText(key, plain.charset));
  const signed =
    (values: Values): Values =>
    (name) =>
      name === 'signature' ? made : values(name);
  return { ...filling, values: signed(values), ofEach: ofEach.map(signed) };
}

function headersOf({ plain: { auth, account, password }, headers }: Gateway, values: Values): Record<string, string> {
  const own = Object.fromEntries(headers.map(([name, template]) => [name, template.fill(values)]));
  if (auth === 'bearer') return { authorization: `Bearer ${password}`, ...own };
  if (auth === 'none') return own;
  return { authorization: `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}`, ...own };
}

function joinQuery(url: string, query: string): string {
  if (query === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}
