const KEY_BYTES = 32;

/** The key's bytes from base64 (padded or not, either alphabet) or hexadecimal digits; the text itself when it is neither. */
export function readSecretsKey(text: string): Buffer | string {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return text;
  const key = Buffer.from(text, 'base64');
  return key.length === KEY_BYTES ? key : text;
}
