import { createECDH, ECDH } from 'node:crypto';
import type { FieldError } from '../../common/problem.js';

export const CURVE = 'prime256v1';
const PUBLIC_KEY = /^[\w-]{87}$/;
const PRIVATE_KEY = /^[\w-]{43}$/;

/** Who sends pushes: a key pair on P-256, as base64url, and where the push services can complain. */
export interface Vapid {
  publicKey: string;
  privateKey: string;
  subject: string;
}

/** What is wrong with a public key, to finish a sentence. */
export function publicKeyProblem(value: unknown): string | undefined {
  const right = PUBLIC_KEY.test(String(value)) && isPoint(Buffer.from(String(value), 'base64url'));
  return right ? undefined : 'must be the 65 bytes of a public key on curve P-256 as base64url (87 characters)';
}

export function privateKeyProblem(value: unknown): string | undefined {
  const right = PRIVATE_KEY.test(String(value)) && publicHalf(String(value)) !== undefined;
  return right ? undefined : 'must be the 32 bytes of a private key on curve P-256 as base64url (43 characters)';
}

export function subjectProblem(value: unknown): string | undefined {
  const text = String(value);
  const { protocol, hostname } = URL.canParse(text) ? new URL(text) : { protocol: '', hostname: '' };
  if (protocol !== 'https:' && !/^mailto:[^@\s]+@[^@\s]+$/i.test(text))
    return 'must be a mailto: or https: address, such as mailto:push@example.com';
  return hostname === 'localhost' || /@localhost$/i.test(text)
    ? 'must not be at localhost: Apple refuses it'
    : undefined;
}

/** Whether the two halves belong together. */
export function pairProblems({ publicKey, privateKey }: Readonly<Record<string, unknown>>): FieldError[] {
  return publicHalf(String(privateKey)) === publicKey
    ? []
    : [{ path: 'settings.publicKey', message: 'must be the public half of settings.privateKey' }];
}

/** Whether the bytes are a point of the curve, uncompressed. */
function isPoint(bytes: Buffer): boolean {
  if (bytes.length !== 65 || bytes[0] !== 4) return false;
  try {
    ECDH.convertKey(bytes, CURVE);
    return true;
  } catch {
    return false;
  }
}

function publicHalf(privateKey: string): string | undefined {
  try {
    const pair = createECDH(CURVE);
    pair.setPrivateKey(privateKey, 'base64url');
    return pair.getPublicKey('base64url');
  } catch {
    return undefined;
  }
}
