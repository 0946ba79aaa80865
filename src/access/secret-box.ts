import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../config/config.js';
import { keptSecret } from './kept-secret.js';

const VERSION = 1;
const IV = 12;
const TAG = 16;

/** Seals secrets that must be read back (vendor credentials, signature secrets) with AES-256-GCM under SECRETS_KEY. */
@Injectable()
export class SecretBox {
  private readonly key: Buffer;

  constructor(config: Config) {
    if (config.secretsKey !== undefined) {
      this.key = config.secretsKey;
      return;
    }
    const { value, path, made } = keptSecret(config.dataDir, 'secrets-key', () => randomBytes(32).toString('base64'));
    this.key = Buffer.from(value, 'base64');
    if (made) new Logger('SecretBox').log(`Made the key that encrypts stored secrets; keep a copy of ${path}`);
  }

  /** A key for one purpose, the same in every process of the installation; it tells nothing of the others. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, '', purpose, 32));
  }

  seal(text: string): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), sealed]);
  }

  open(box: Buffer): string {
    if (box[0] !== VERSION) throw new Error('A stored secret has an unknown format');
    const decipher = createDecipheriv('aes-256-gcm', this.key, box.subarray(1, 1 + IV));
    decipher.setAuthTag(box.subarray(1 + IV, 1 + IV + TAG));
    try {
      return decipher.update(box.subarray(1 + IV + TAG), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new Error('A stored secret cannot be decrypted: SECRETS_KEY is not the one it was encrypted with');
    }
  }
}
