import { createECDH, createHash, type ECDH } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What a browser keeps of its subscription; the same for the same number. */
export class Browser {
  readonly auth: Buffer;
  readonly p256dh: Buffer;
  readonly keys: ECDH = createECDH('prime256v1');

  constructor(number: number) {
    this.keys.setPrivateKey(digest(`browser ${number}`));
    this.p256dh = this.keys.getPublicKey();
    this.auth = digest(`auth ${number}`).subarray(0, 16);
  }
}
