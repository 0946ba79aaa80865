import { createHash, timingSafeEqual } from 'node:crypto';
import type { Parameters } from './parameters.js';

/** What is signed, without the secret that stands before and after it: `k1v1k2v2…`. */
export function signatureBase(parameters: Parameters, ...leftOut: string[]): string {
  return parameters
    .signed(...leftOut)
    .map(([name, value]) => `${name}${value}`)
    .join('');
}

/** The gateway's signature: SHA-1 in upper-case hexadecimal digits. */
export function signatureOf(base: string, secret: string): string {
  return createHash('sha1').update(`${secret}${base}${secret}`).digest('hex').toUpperCase();
}

/** Whether a caller's signature, in digits of either case, is the expected one; it takes as long either way. */
export function isSignature(given: string, expected: string): boolean {
  const left = Buffer.from(given.toUpperCase());
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
