import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ReceiptCall } from '../vendor.js';
import type { ReceiptSettings } from './receipt-settings.js';

const HEADER = 'x-huawei-callback-id';
const OLDEST_MILLISECONDS = 10 * 60_000;
const SHORTEST_DECODED_KEY = 16;

/**
 * Whether a receipt bears Huawei's signature: `timestamp=<ms>; nonce=<uuid>; value=<Base64 of the HMAC-SHA256 of timestamp, nonce and
 * user name>`. An account without a callback key takes all.
 */
export function isSigned({ account, headers, now }: Pick<ReceiptCall, 'account' | 'headers' | 'now'>): boolean {
  const { callbackUser = '', callbackKey } = account.settings as ReceiptSettings;
  if (callbackKey === undefined) return true;
  const { timestamp = '', nonce = '', value = '' } = partsOf(headers[HEADER] ?? '');
  const age = Math.abs(now.getTime() - Number(timestamp));
  if (timestamp === '' || !(age <= OLDEST_MILLISECONDS)) return false;
  const given = Buffer.from(value, 'base64');
  return keysOf(callbackKey).some((key) => {
    const expected = createHmac('sha256', key).update(`${timestamp}${nonce}${callbackUser}`).digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function partsOf(header: string): Record<string, string | undefined> {
  return Object.fromEntries(
    header.split(';').map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name.trim(), value.join('=').trim()];
    }),
  );
}

/** Receipt configurations of older date use the key's characters, newer ones the bytes that they are the Base64 of. */
function keysOf(callbackKey: string): Buffer[] {
  const decoded = Buffer.from(callbackKey, 'base64');
  const isBase64 = decoded.length >= SHORTEST_DECODED_KEY && decoded.toString('base64') === callbackKey;
  return [Buffer.from(callbackKey), ...(isBase64 ? [decoded] : [])];
}
