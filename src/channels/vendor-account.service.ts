import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { SecretBox } from '../access/secret-box.js';
import { Clock } from '../common/clock.js';
import { Conflict, InvalidRequest, NotFound } from '../common/problem.js';
import { smallResourceKey } from '../common/resource-key.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { checkSettings } from '../vendors/account-settings.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import { AccountConfigs } from './account-configs.js';
import { NO_TROUBLE } from './account-trouble.js';
import { ChannelDirectory } from './channel-directory.js';
import { AccountPacer } from './pacing/account-pacer.js';
import { completePace, type GivenPace } from './pacing/complete-pace.js';
import type { Pace } from './pacing/pace.js';
import { ReceiptUrls } from './receipt-urls.js';
import { VendorAccount } from './vendor-account.entity.js';

const MOST_SETTINGS_BYTES = 64 * 1024;

export interface NewVendorAccount {
  code: string;
  name?: string;
  vendor: string;
  environment?: string;
  serves?: string;
  enabled?: boolean;
  settings?: Record<string, unknown>;
  pace?: GivenPace | null;
}

export type VendorAccountChange = Partial<Omit<NewVendorAccount, 'code' | 'vendor'>>;

/** An account as people see it: of its secrets, only which ones are set. */
export interface VendorAccountView {
  account: VendorAccount;
  secrets: string[];
  /** Where the vendor posts receipts; null when the secret cannot be read. */
  receiptUrl: string | null;
}

/** Credentials and settings with vendors. */
@Injectable()
export class VendorAccountService {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
    private readonly vendors: VendorRegistry,
    private readonly configs: AccountConfigs,
    private readonly secretBox: SecretBox,
    private readonly directory: ChannelDirectory,
    private readonly pacer: AccountPacer,
    private readonly receiptUrls: ReceiptUrls,
  ) {}

  /** In order of id, after `after`. */
  async list(organisationId: number, after: number, take: number): Promise<VendorAccountView[]> {
    const scope = this.tenants.of(organisationId);
    const accounts = await scope.find(VendorAccount, { id: MoreThan(after) }, { order: { id: 'ASC' }, take });
    return accounts.map((account) => this.view(account));
  }

  async get(organisationId: number, key: string): Promise<VendorAccountView> {
    return this.view(await this.stored(organisationId, key));
  }

  /** The account with its secrets still sealed. */
  async stored(organisationId: number, key: string): Promise<VendorAccount> {
    return found(this.tenants.of(organisationId), key);
  }

  async create(organisationId: number, account: NewVendorAccount): Promise<VendorAccountView> {
    const { definition } = this.vendors.get(account.vendor);
    const { settings, secretsSealed } = this.checked(account.vendor, account.settings ?? {});
    const now = this.clock.now();
    const { id } = await this.tenants.of(organisationId).insert(VendorAccount, {
      code: account.code,
      name: account.name ?? account.code,
      vendor: account.vendor,
      environment: account.environment ?? 'production',
      serves: account.serves ?? definition.serves ?? '',
      enabled: account.enabled ?? true,
      settings,
      secretsSealed,
      receiptSecretSealed: this.secretBox.seal(randomBytes(24).toString('base64url')),
      pace: paceOf(account.pace === undefined ? definition.usualPace : account.pace),
      ...NO_TROUBLE,
      createdAt: now,
      updatedAt: now,
    });
    this.directory.invalidate(organisationId);
    return this.get(organisationId, `~${id}`);
  }

  /** Given settings are laid over the stored ones; null takes one away. New settings end a pause. */
  async change(organisationId: number, key: string, change: VendorAccountChange): Promise<VendorAccountView> {
    const id = await this.tenants.transaction(organisationId, async (scope) => {
      const account = await locked(scope, key);
      const { settings, pace, ...fields } = change;
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      await scope.update(
        VendorAccount,
        { id: account.id },
        {
          ...given,
          ...(settings === undefined ? {} : this.changedSettings(account, settings)),
          ...(pace === undefined ? {} : { pace: paceOf(pace) }),
          updatedAt: this.clock.now(),
        },
      );
      return account.id;
    });
    if (change.pace !== undefined) await this.pacer.restart(organisationId, id);
    this.directory.invalidate(organisationId);
    return this.get(organisationId, `~${id}`);
  }

  async delete(organisationId: number, key: string): Promise<void> {
    await this.tenants.transaction(organisationId, async (scope) => {
      const account = await locked(scope, key);
      await refuseWhileUsed(scope, account);
      await scope.delete(VendorAccount, { id: account.id });
    });
    this.directory.invalidate(organisationId);
  }

  private changedSettings(account: VendorAccount, settings: Record<string, unknown>): Partial<VendorAccount> {
    const known = new Set(this.vendors.get(account.vendor).definition.settings.map(({ name }) => name));
    const stored = Object.entries({ ...account.settings, ...this.readableSecrets(account) });
    const merged = { ...Object.fromEntries(stored.filter(([name]) => known.has(name))), ...settings };
    return { ...this.checked(account.vendor, merged), ...NO_TROUBLE };
  }

  private readableSecrets(account: VendorAccount): Record<string, unknown> {
    try {
      return this.configs.secretsOf(account);
    } catch {
      throw new Conflict(
        'secrets_unreadable',
        'The stored secrets were encrypted under another SECRETS_KEY; restore that key, or make a new account.',
      );
    }
  }

  private checked(
    vendor: string,
    given: Record<string, unknown>,
  ): { settings: Record<string, unknown>; secretsSealed: Buffer | null } {
    if (Buffer.byteLength(JSON.stringify(given)) > MOST_SETTINGS_BYTES) {
      throw InvalidRequest.at('settings', `must not be longer than ${MOST_SETTINGS_BYTES} bytes of JSON`);
    }
    const { settings, secrets } = checkSettings(this.vendors.get(vendor).definition, given);
    return { settings, secretsSealed: this.configs.seal(secrets) };
  }

  private view(account: VendorAccount): VendorAccountView {
    try {
      const receiptUrl = this.receiptUrls.of(account) ?? this.receiptUrls.pathOf(account);
      return { account, secrets: Object.keys(this.configs.secretsOf(account)), receiptUrl };
    } catch {
      // Reading must work so that the trouble can be seen; verifying names it.
      return { account, secrets: [], receiptUrl: null };
    }
  }
}

const paceOf = (given: GivenPace | null | undefined): Pace | null =>
  given === null || given === undefined ? null : completePace(given);

async function found(scope: TenantScope, key: string): Promise<VendorAccount> {
  const account = await scope.findOne(VendorAccount, smallResourceKey(key));
  if (account === null) throw new NotFound('vendor account', key);
  return account;
}

/** Held until the transaction ends, so that two changes of settings do not undo each other. */
async function locked(scope: TenantScope, key: string): Promise<VendorAccount> {
  const { id } = await found(scope, key);
  await scope.query('SELECT 1 FROM vendor_account WHERE organisation_id = $1 AND id = $2 FOR UPDATE', [id]);
  return found(scope, `~${id}`);
}

async function refuseWhileUsed(scope: TenantScope, { id, code }: VendorAccount): Promise<void> {
  const channels = await scope.query<{ code: string }>(
    `SELECT c.code FROM channel_route r
       JOIN channel c ON c.organisation_id = r.organisation_id AND c.id = r.channel_id
      WHERE r.organisation_id = $1 AND r.vendor_account_id = $2 ORDER BY c.code`,
    [id],
  );
  if (channels.length > 0) {
    const codes = channels.map((channel) => channel.code).join(', ');
    throw new Conflict('in_use', `The vendor account ${code} is on the route of the channels ${codes}.`);
  }
  const [open] = await scope.query(
    'SELECT 1 FROM batch WHERE organisation_id = $1 AND vendor_account_id = $2 LIMIT 1',
    [id],
  );
  if (open !== undefined)
    throw new Conflict('in_use', `Messages are still being sent over the vendor account ${code}.`);
}
