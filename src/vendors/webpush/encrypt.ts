import { createCipheriv, createECDH, createHmac, type ECDH, randomBytes } from 'node:crypto';
import type { Subscription } from './subscription.js';
import { CURVE } from './vapid-keys.js';

/** Push services take 4096 bytes; of these the encryption needs 103. */
export const LARGEST_PLAINTEXT = 3993;

const RECORD_SIZE = 4096;
const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const FIRST_BLOCK = Buffer.from([1]);
const LAST_RECORD = Buffer.from([2]);

/**
 * The body of a push that only this browser can read (RFC 8291, content coding aes128gcm of RFC 8188). Every message has a key pair and
 * a salt of its own, as the standard wants; they are arguments for its test vector. Undefined when the browser's key is no point of the
 * curve.
 */
export function encrypt(
  plaintext: Buffer,
  { p256dh, auth }: Pick<Subscription, 'p256dh' | 'auth'>,
  sender: ECDH = freshPair(),
  salt: Buffer = randomBytes(16),
): Buffer | undefined {
  const shared = sharedSecret(sender, p256dh);
  if (shared === undefined) return undefined;
  const own = sender.getPublicKey();
  const keying = expand(hmac(auth, shared), Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, own]));
  const secret = hmac(salt, keying);
  const key = expand(secret, Buffer.from('Content-Encoding: aes128gcm\0')).subarray(0, KEY_BYTES);
  const nonce = expand(secret, Buffer.from('Content-Encoding: nonce\0')).subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const sizes = Buffer.alloc(5);
  sizes.writeUInt32BE(RECORD_SIZE);
  sizes.writeUInt8(own.length, 4);
  const sealed = [cipher.update(plaintext), cipher.update(LAST_RECORD), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([salt, sizes, own, ...sealed]);
}

function freshPair(): ECDH {
  const pair = createECDH(CURVE);
  pair.generateKeys();
  return pair;
}

function sharedSecret(sender: ECDH, p256dh: Buffer): Buffer | undefined {
  try {
    return sender.computeSecret(p256dh);
  } catch {
    return undefined;
  }
}

/** The first block of HKDF's expansion, 32 bytes. `hkdfSync` takes twice as long. */
const expand = (key: Buffer, info: Buffer): Buffer => hmac(key, info, FIRST_BLOCK);

function hmac(key: Buffer, ...parts: Buffer[]): Buffer {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}
