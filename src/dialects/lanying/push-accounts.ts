import { Injectable } from '@nestjs/common';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import { VendorAccountService } from '../../channels/vendor-account.service.js';
import { type Certificate, toCertificate } from './certificate-settings.js';
import { deviceVendor, isLive } from './distribution.js';
import type { LanyingSettings } from './lanying-settings.js';

const PAGE = 200;
const PRODUCTION = 'production';

/** A vendor account, without what is secret of it. */
export interface PushAccount {
  id: number;
  code: string;
  name: string;
  vendor: string;
  serves: string;
  environment: string;
  enabled: boolean;
}

/** 运行环境: 0 development, 1 production. An account that is not for production is for development. */
export type WireEnvironment = 0 | 1;

/** The vendor accounts of an organisation, as certificates and as the counters of tasks. */
@Injectable()
export class PushAccounts {
  constructor(
    private readonly accounts: VendorAccountService,
    private readonly channels: ChannelDirectory,
  ) {}

  /** In order of id. */
  async list(organisationId: number): Promise<PushAccount[]> {
    const found: PushAccount[] = [];
    for (let after = 0; ;) {
      const page = await this.accounts.list(organisationId, after, PAGE);
      found.push(
        ...page.map(({ account: { id, code, name, vendor, serves, environment, enabled } }) => ({
          id,
          code,
          name,
          vendor,
          serves,
          environment,
          enabled,
        })),
      );
      if (page.length < PAGE) return found;
      after = found.at(-1)?.id ?? after;
    }
  }

  /**
   * The certificate for a device vendor; null when there is none, as for an account that cannot be read. Of several the one on the
   * route of the application's own channel comes first, so that each application has its own.
   */
  async certificate(
    organisationId: number,
    { vendor, environment, ...by }: { vendor: string; environment: WireEnvironment; redact: boolean; channel: string },
  ): Promise<Certificate | null> {
    const fitting = (await this.ownFirst(organisationId, by.channel)).filter(
      (account) => deviceVendor(account) === vendor && (account.environment === PRODUCTION) === (environment === 1),
    );
    const account = fitting.find(({ enabled }) => enabled) ?? fitting[0];
    if (account === undefined) return null;
    const known = (await this.channels.load(organisationId)).account(account.id);
    return known === undefined || known.problem === 'unreadable'
      ? null
      : toCertificate(account.name, known.settings, by.redact);
  }

  /** The account whose certificate bears this name: its code, or else its name, on the application's own channel before others. */
  async byCertificate(
    organisationId: number,
    name: string,
    { channel, liveAccount }: Pick<LanyingSettings, 'channel' | 'liveAccount'>,
  ): Promise<PushAccount | undefined> {
    const accounts = (await this.ownFirst(organisationId, channel)).filter((account) => !isLive(account, liveAccount));
    return (
      accounts.find(({ code }) => code === name) ??
      accounts.find((account) => account.enabled && account.name === name) ??
      accounts.find((account) => account.name === name)
    );
  }

  /** All accounts, those on a channel's route first, in their order there. */
  private async ownFirst(organisationId: number, channel: string): Promise<PushAccount[]> {
    const accounts = await this.list(organisationId);
    const route = (await this.channels.load(organisationId)).byCode(channel)?.route ?? [];
    const own = route.flatMap(({ id }) => accounts.filter((account) => account.id === id));
    return [...own, ...accounts.filter((account) => !own.includes(account))];
  }
}
