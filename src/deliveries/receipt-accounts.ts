import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hashSecret } from '../access/hash-secret.js';
import { SecretBox } from '../access/secret-box.js';
import { VendorAccount } from '../channels/vendor-account.entity.js';
import { NotFound } from '../common/problem.js';
import { Tenants } from '../database/tenants.js';

const NAME = /^([1-9]\d{0,9})-([1-9]\d{0,9})$/;
const LARGEST_ID = 2_147_483_647;
/** Vendors whose callbacks have Tidings' own shape. */
const VENDOR = 'sandbox';

/** Finds the vendor account that a callback speaks for. */
@Injectable()
export class ReceiptAccounts {
  constructor(
    private readonly tenants: Tenants,
    private readonly secretBox: SecretBox,
  ) {}

  /**
   * `name` is `<organisation's id>-<account's id>`.
   * @throws NotFound, the same for a wrong secret as for no account
   */
  async authenticate(name: string, secret: string): Promise<{ organisationId: number; id: number }> {
    const [, organisation, id] = NAME.exec(name) ?? [];
    const account = await this.find(Number(organisation), Number(id));
    if (account !== null && account.vendor === VENDOR) {
      const expected = hashSecret(this.secretBox.open(account.receiptSecretSealed));
      if (timingSafeEqual(expected, hashSecret(secret))) return account;
    }
    throw new NotFound('vendor account', name.slice(0, 40));
  }

  private find(organisationId: number, id: number): Promise<VendorAccount | null> {
    if (!(organisationId <= LARGEST_ID && id <= LARGEST_ID)) return Promise.resolve(null);
    return this.tenants.of(organisationId).findOne(VendorAccount, { id });
  }
}
