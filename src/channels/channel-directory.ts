import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { AccountConfigs } from './account-configs.js';
import { Alerts } from './alerts/alerts.js';
import { OrganisationChannels, type RouteAccount, type RoutedChannel } from './organisation-channels.js';
import { ReceiptUrls } from './receipt-urls.js';
import { VendorAccount } from './vendor-account.entity.js';

/** A change made in another process is seen this much later at most. */
const CACHE_MILLISECONDS = 2_000;
const CACHE_ENTRIES = 1_000;
/** How long an account whose secrets cannot be read is left alone; nothing is lost meanwhile. */
const UNREADABLE_PAUSE_MILLISECONDS = 60_000;

type ChannelRow = Omit<RoutedChannel, 'route'> & { accountIds: number[] };

const CHANNELS = `
  SELECT c.id, c.code, c.kind, c.enabled, c.unknown_policy AS "unknownPolicy", c.options,
         ARRAY(SELECT r.vendor_account_id FROM channel_route r
                WHERE r.organisation_id = $1 AND r.channel_id = c.id ORDER BY r.position) AS "accountIds"
    FROM channel c WHERE c.organisation_id = $1 ORDER BY c.id`;

/** What the pipeline knows of channels and their routes. */
@Injectable()
export class ChannelDirectory {
  private readonly logger = new Logger(ChannelDirectory.name);
  private readonly cache = new Map<number, { until: number; value: Promise<OrganisationChannels> }>();
  private readonly unreadable = new Set<string>();

  constructor(
    private readonly tenants: Tenants,
    private readonly configs: AccountConfigs,
    private readonly receiptUrls: ReceiptUrls,
    private readonly alerts: Alerts,
    private readonly clock: Clock,
  ) {}

  load(organisationId: number): Promise<OrganisationChannels> {
    const now = this.clock.now().getTime();
    const hit = this.cache.get(organisationId);
    if (hit !== undefined && hit.until > now) return hit.value;
    const value = this.read(this.tenants.of(organisationId));
    const entry = { until: now + CACHE_MILLISECONDS, value };
    if (this.cache.size >= CACHE_ENTRIES) this.cache.clear();
    this.cache.set(organisationId, entry);
    value.catch(() => {
      if (this.cache.get(organisationId) === entry) this.cache.delete(organisationId);
    });
    return value;
  }

  /** The next `load` in this process reads afresh. */
  invalidate(organisationId: number): void {
    this.cache.delete(organisationId);
  }

  private async read(scope: TenantScope): Promise<OrganisationChannels> {
    const rows = await scope.query<ChannelRow>(CHANNELS);
    const accounts = (await scope.find(VendorAccount)).map((account) => this.routeAccount(account));
    const byId = new Map(accounts.map((account) => [account.id, account]));
    const channels = rows.map(({ accountIds, ...channel }) => ({
      ...channel,
      route: accountIds.map((id) => byId.get(id)).filter((account) => account !== undefined),
    }));
    return new OrganisationChannels(channels, accounts);
  }

  private routeAccount(account: VendorAccount): RouteAccount {
    const { id, organisationId, code, vendor, serves, enabled, failures, pace } = account;
    const { everyEnvironment = false } = this.configs.definitionOf(account);
    const environment = everyEnvironment ? '' : account.environment;
    const { pausedUntil, problem } = account;
    const rest = { vendor, serves, environment, enabled, failures, pace };
    try {
      const receiptUrl = this.receiptUrls.of(account);
      const receipts = receiptUrl === undefined ? {} : { receiptUrl };
      return { ...this.configs.of(account), ...rest, ...receipts, pausedUntil, problem };
    } catch (error) {
      // One broken account must neither stop the organisation's other channels nor fail what waits for it.
      this.complainOnce(account, error);
      const until = new Date(this.clock.now().getTime() + UNREADABLE_PAUSE_MILLISECONDS);
      return { id, organisationId, code, settings: {}, ...rest, pausedUntil: until, problem: 'unreadable' };
    }
  }

  private complainOnce({ organisationId, id, code }: VendorAccount, error: unknown): void {
    const key = `${organisationId}/${id}`;
    if (this.unreadable.has(key)) return;
    this.unreadable.add(key);
    this.logger.error(`Vendor account ${code} (organisation ${organisationId}) cannot be used: ${String(error)}`);
    const detail = `${String(error)} Restore SECRETS_KEY, or give the account its secrets anew.`;
    void this.alerts.raise({
      organisationId,
      vendorAccountId: id,
      kind: 'unreadable',
      code: 'secrets-unreadable',
      detail,
    });
  }
}
