import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../config/config.js';
import { hashSecret } from './hash-secret.js';
import { keptSecret } from './kept-secret.js';

/** The key that manages every organisation: from ADMIN_API_KEY, or made at first start, printed once and kept in the data folder. */
@Injectable()
export class AdminKey {
  readonly hash: Buffer;

  constructor(config: Config) {
    if (config.adminApiKey !== undefined) {
      this.hash = hashSecret(config.adminApiKey);
      return;
    }
    const { value, path, made } = keptSecret(
      config.dataDir,
      'admin-api-key',
      () => `tda_${randomBytes(24).toString('base64url')}`,
    );
    this.hash = hashSecret(value);
    if (made) new Logger('AdminKey').log(`Made the admin API key ${value} (shown once; kept in ${path})`);
  }
}
