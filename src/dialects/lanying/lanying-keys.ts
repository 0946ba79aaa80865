import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../access/secret-box.js';

const PURPOSES = ['user-token', 'push-token'] as const;
/** What is signed: a mark made for one purpose proves nothing for another. */
export type KeyPurpose = (typeof PURPOSES)[number];

/** Signs what callers bring back, with keys that are derived from the instance's own; nothing of it is stored. */
@Injectable()
export class LanyingKeys {
  private readonly keys: ReadonlyMap<KeyPurpose, Buffer>;

  constructor(secretBox: SecretBox) {
    this.keys = new Map(PURPOSES.map((purpose) => [purpose, secretBox.derive(`tidings lanying ${purpose}`)]));
  }

  /** The first `bytes` of the HMAC-SHA256 of a text, base64url. */
  sign(purpose: KeyPurpose, text: string, bytes = 32): string {
    const key = this.keys.get(purpose);
    if (key === undefined) throw new Error(`There is no key for ${purpose}`);
    return createHmac('sha256', key).update(text).digest().subarray(0, bytes).toString('base64url');
  }

  /** Whether a signature is that of a text; takes as long for a wrong one as for the right one. */
  verify(purpose: KeyPurpose, text: string, signature: string, bytes = 32): boolean {
    const [expected, given] = [Buffer.from(this.sign(purpose, text, bytes)), Buffer.from(signature)];
    return given.length === expected.length && timingSafeEqual(expected, given);
  }
}
