import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Tenants } from '../database/tenants.js';
import type { VerifyResult } from '../vendors/vendor.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import { AccountConfigs } from './account-configs.js';
import { NO_TROUBLE } from './account-trouble.js';
import { Alerts } from './alerts/alerts.js';
import { ChannelDirectory } from './channel-directory.js';
import { VendorAccount } from './vendor-account.entity.js';
import { VendorAccountService } from './vendor-account.service.js';

const DEADLINE_MILLISECONDS = 10_000;

/** Tries a vendor account without a message reaching anybody, and keeps what came of it. */
@Injectable()
export class AccountVerification {
  constructor(
    private readonly accounts: VendorAccountService,
    private readonly configs: AccountConfigs,
    private readonly vendors: VendorRegistry,
    private readonly tenants: Tenants,
    private readonly clock: Clock,
    private readonly directory: ChannelDirectory,
    private readonly alerts: Alerts,
  ) {}

  async verify(organisationId: number, key: string): Promise<VerifyResult> {
    const account = await this.accounts.stored(organisationId, key);
    const result = await this.ask(account);
    // A pause ends only on success; settings that changed meanwhile are not judged by this result.
    const outcome = result.ok ? NO_TROUBLE : { problem: 'verify-failed', problemDetail: result.detail };
    await this.tenants
      .of(organisationId)
      .update(VendorAccount, { id: account.id, updatedAt: account.updatedAt }, outcome);
    this.directory.invalidate(organisationId);
    if (!result.ok) {
      const { detail } = result;
      const alert = { kind: 'verify-failed', code: 'verify-failed', detail } as const;
      await this.alerts.raise({ organisationId, vendorAccountId: account.id, ...alert });
    }
    return result;
  }

  private async ask(account: VendorAccount): Promise<VerifyResult> {
    const vendor = this.vendors.get(account.vendor);
    let config;
    try {
      config = this.configs.of(account);
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
    const deadline = new AbortController();
    const cancel = this.clock.at(new Date(this.clock.now().getTime() + DEADLINE_MILLISECONDS), () => deadline.abort());
    try {
      return await vendor.verify(config, deadline.signal);
    } finally {
      cancel();
    }
  }
}
