import { createDecipheriv, hkdfSync } from 'node:crypto';
import type { Browser } from './browser.js';

const HEADER_BYTES = 21;
const TAG_BYTES = 16;

/** What a browser reads in a push's body (RFC 8188, RFC 8291); undefined for what is not for it or not whole. */
export function decrypt(body: Buffer, { keys, p256dh, auth }: Browser): string | undefined {
  const idLength = body.length > HEADER_BYTES ? body.readUInt8(HEADER_BYTES - 1) : 0;
  const sender = body.subarray(HEADER_BYTES, HEADER_BYTES + idLength);
  const record = body.subarray(HEADER_BYTES + idLength);
  if (sender.length !== 65 || record.length <= TAG_BYTES || record.length > body.readUInt32BE(16)) return undefined;
  try {
    const salt = body.subarray(0, 16);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, sender]);
    const ikm = Buffer.from(hkdfSync('sha256', keys.computeSecret(sender), auth, info, 32));
    const key = hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16);
    const nonce = hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12);
    const cipher = createDecipheriv('aes-128-gcm', Buffer.from(key), Buffer.from(nonce));
    cipher.setAuthTag(record.subarray(-TAG_BYTES));
    const padded = Buffer.concat([cipher.update(record.subarray(0, -TAG_BYTES)), cipher.final()]);
    const end = padded.findLastIndex((byte) => byte !== 0);
    return padded[end] === 2 ? padded.subarray(0, end).toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}
