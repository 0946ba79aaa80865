/** Names whose values are never written down: `appSecret`, `private_key`, `dkimPrivateKey`, `access-token` … */
const SENSITIVE_NAME =
  /secret|passw|passphrase|pwd|token|key|credential|certificate|authori[sz]ation|webhook_?url|service_?account/i;
/** One parameter in a URL; the bound on its name keeps the search linear. */
const URL_PARAMETER = /([?&])([^?=&#\s]{1,64})=[^&#\s"]+/g;
const PASSWORD_IN_URL = /(:\/\/[^/?#\s:@]*:)[^/?#\s@]+@/g;
/** Postgres refuses these in jsonb. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

const REDACTED = '[redacted]';
const MOST_BYTES = 8 * 1024;
const DEEPEST = 20;

/**
 * A request body fit for the audit: values of sensitive names replaced at any depth, and cut at 8 KiB of JSON to
 * `{ cut: <its beginning as text>, bytes: <its whole length> }`. Anything that is not JSON, such as an upload, becomes null.
 */
export function redact(body: unknown): unknown {
  const clean = cleanValue(body, 0);
  if (clean === undefined) return null;
  const json = Buffer.from(JSON.stringify(clean));
  if (json.length <= MOST_BYTES) return clean;
  return { cut: json.toString('utf8', 0, MOST_BYTES).replace(/\ufffd+$/, ''), bytes: json.length };
}

function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return depth === DEEPEST ? '[deeper]' : value.map((item) => cleanValue(item, depth + 1));
  if (!isPlain(value)) return undefined;
  if (depth === DEEPEST) return '[deeper]';
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replace(UNSTORABLE, '\ufffd'),
      SENSITIVE_NAME.test(name) && inner !== null ? REDACTED : cleanValue(inner, depth + 1),
    ]),
  );
}

function cleanText(text: string): string {
  return text
    .replace(UNSTORABLE, '\ufffd')
    .replace(URL_PARAMETER, (whole, before: string, name: string) =>
      SENSITIVE_NAME.test(name) ? `${before}${name}=${REDACTED}` : whole,
    )
    .replace(PASSWORD_IN_URL, `$1${REDACTED}@`);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
