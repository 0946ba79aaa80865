import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hashSecret } from '../access/hash-secret.js';
import { SecretBox } from '../access/secret-box.js';
import { VendorAccount } from '../channels/vendor-account.entity.js';
import { NotFound } from '../common/problem.js';
import { Tenants } from '../database/tenants.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';

const NAME = /^([1-9]\d{0,9})-([1-9]\d{0,9})$/;
const LARGEST_ID = 2_147_483_647;

/** Finds the vendor account that a callback speaks for. */
@Injectable()
export class ReceiptAccounts {
  constructor(
    private readonly tenants: Tenants,
    private readonly secretBox: SecretBox,
    private readonly vendors: VendorRegistry,
  ) {}

  /**
   * `name` is `<organisation's id>-<account's id>`.
   * @throws NotFound, the same for a wrong secret as for no account, or one whose vendor has no callbacks
   */
  async authenticate(name: string, secret: string): Promise<VendorAccount> {
    const [, organisation, id] = NAME.exec(name) ?? [];
    const account = await this.find(Number(organisation), Number(id));
    if (account !== null && this.takesReceipts(account)) {
      const expected = hashSecret(this.secretBox.open(account.receiptSecretSealed));
      if (timingSafeEqual(expected, hashSecret(secret))) return account;
    }
    throw new NotFound('vendor account', name.slice(0, 40));
  }

  /** In the vendor's own words, or in Tidings'. */
  private takesReceipts({ vendor }: VendorAccount): boolean {
    const known = this.vendors.get(vendor);
    return known.readReceipts !== undefined || known.definition.ownReceipts === true;
  }

  private find(organisationId: number, id: number): Promise<VendorAccount | null> {
    if (!(organisationId <= LARGEST_ID && id <= LARGEST_ID)) return Promise.resolve(null);
    return this.tenants.of(organisationId).findOne(VendorAccount, { id });
  }
}
