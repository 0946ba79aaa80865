import { Injectable } from '@nestjs/common';
import { SecretBox } from '../access/secret-box.js';
import type { VendorAccountConfig, VendorDefinition } from '../vendors/vendor.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import type { VendorAccount } from './vendor-account.entity.js';

type StoredAccount = Pick<VendorAccount, 'id' | 'organisationId' | 'code' | 'vendor' | 'settings' | 'secretsSealed'>;

/** Seals and opens the sensitive settings of vendor accounts, and completes an account for its vendor. */
@Injectable()
export class AccountConfigs {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly vendors: VendorRegistry,
  ) {}

  seal(secrets: Record<string, unknown>): Buffer | null {
    return Object.keys(secrets).length === 0 ? null : this.secretBox.seal(JSON.stringify(secrets));
  }

  /** @throws Error when the secrets were sealed under another key */
  secretsOf({ secretsSealed }: Pick<VendorAccount, 'secretsSealed'>): Record<string, unknown> {
    if (secretsSealed === null) return {};
    return JSON.parse(this.secretBox.open(secretsSealed)) as Record<string, unknown>;
  }

  definitionOf({ vendor }: Pick<VendorAccount, 'vendor'>): VendorDefinition {
    return this.vendors.get(vendor).definition;
  }

  /** The settings as the vendor gets them. Defaults are filled in again, for settings that came with a newer version. */
  of(account: StoredAccount): VendorAccountConfig {
    const defaults = this.definitionOf(account).settings.filter((setting) => setting.default !== undefined);
    return {
      id: account.id,
      organisationId: account.organisationId,
      code: account.code,
      settings: {
        ...Object.fromEntries(defaults.map((setting) => [setting.name, setting.default])),
        ...account.settings,
        ...this.secretsOf(account),
      },
    };
  }
}
