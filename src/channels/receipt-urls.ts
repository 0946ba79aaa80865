import { Injectable } from '@nestjs/common';
import { SecretBox } from '../access/secret-box.js';
import { Config } from '../config/config.js';
import type { VendorAccount } from './vendor-account.entity.js';

type ReceiptAccount = Pick<VendorAccount, 'organisationId' | 'id' | 'receiptSecretSealed'>;

/** Where vendors post the receipts of an account: a URL that only the vendor and the account's owner know. */
@Injectable()
export class ReceiptUrls {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly config: Config,
  ) {}

  /** From the root of this server. @throws Error when the secret was sealed under another key */
  pathOf({ organisationId, id, receiptSecretSealed }: ReceiptAccount): string {
    return `/api/v1/receipts/${organisationId}-${id}/${this.secretBox.open(receiptSecretSealed)}`;
  }

  /** As the vendor calls it; undefined unless PUBLIC_URL says where this server is found. */
  of(account: ReceiptAccount): string | undefined {
    const { publicUrl } = this.config;
    return publicUrl === undefined ? undefined : `${publicUrl}${this.pathOf(account)}`;
  }
}
