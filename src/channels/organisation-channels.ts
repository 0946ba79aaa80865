import type { VendorAccountConfig } from '../vendors/vendor.js';
import type { ChannelKind } from './channel-kind.js';
import type { Pace } from './pacing/pace.js';

/** A vendor account as the pipeline uses it. */
export interface RouteAccount extends VendorAccountConfig {
  /** Code of the vendor whose adapter sends. */
  vendor: string;
  /** Device vendor whose endpoints it takes; empty: any. */
  serves: string;
  /** Whose devices it takes: `production`, or any other; empty: those of every environment. */
  environment: string;
  enabled: boolean;
  /** Where its receipts are to be posted; absent unless PUBLIC_URL is set. */
  receiptUrl?: string;
  /** Left alone until then. Past: one call at a time may try whether it works again. Null: usable. */
  pausedUntil: Date | null;
  /** The trouble last reported; null when fine. */
  problem: string | null;
  /** Calls that failed as a whole, in a row. */
  failures: number;
  /** What may be sent through it at most; null: no limit. */
  pace: Pace | null;
}

/** A channel as the pipeline uses it. */
export interface RoutedChannel {
  id: number;
  code: string;
  kind: ChannelKind;
  enabled: boolean;
  unknownPolicy: 'resend' | 'hold';
  /** What its messages ask of vendors unless they say otherwise themselves. */
  options: Readonly<Record<string, unknown>>;
  /** In the order to try them; disabled and paused accounts are among them. */
  route: readonly RouteAccount[];
}

/** Every channel and vendor account of one organisation, as of one moment. Shared: not to be changed. */
export class OrganisationChannels {
  private readonly channelsByCode: ReadonlyMap<string, RoutedChannel>;
  private readonly channelsById: ReadonlyMap<number, RoutedChannel>;
  private readonly accountsById: ReadonlyMap<number, RouteAccount>;

  constructor(
    /** In order of id. */
    readonly channels: readonly RoutedChannel[],
    accounts: readonly RouteAccount[],
  ) {
    this.channelsByCode = new Map(channels.map((channel) => [channel.code, channel]));
    this.channelsById = new Map(channels.map((channel) => [channel.id, channel]));
    this.accountsById = new Map(accounts.map((account) => [account.id, account]));
  }

  byCode(code: string): RoutedChannel | undefined {
    return this.channelsByCode.get(code);
  }

  byId(id: number): RoutedChannel | undefined {
    return this.channelsById.get(id);
  }

  /** A vendor account, on a route or not. */
  account(id: number): RouteAccount | undefined {
    return this.accountsById.get(id);
  }
}
