import { Injectable } from '@nestjs/common';
import type { OrganisationChannels, RouteAccount } from '../../channels/organisation-channels.js';
import { AccountPacer } from '../../channels/pacing/account-pacer.js';
import { targetsPerUnit } from '../../channels/pacing/pace.js';
import { Clock } from '../../common/clock.js';
import { VendorRegistry } from '../../vendors/vendor-registry.js';
import type { PreviewTally } from './preview-tally.js';
import type { PreviewAccountDto, PreviewForecastDto } from './preview.dto.js';

/** Says how long each vendor account of a message would need, and where today's quota is too small. */
@Injectable()
export class PreviewForecast {
  constructor(
    private readonly pacer: AccountPacer,
    private readonly vendors: VendorRegistry,
    private readonly clock: Clock,
  ) {}

  async forecast(
    organisationId: number,
    tally: PreviewTally,
    channels: OrganisationChannels,
  ): Promise<PreviewForecastDto> {
    const targets = targetsByAccount(tally, channels);
    const used = await this.pacer.usedToday(organisationId, [...targets.keys()]);
    const accounts = [...targets].map(([account, target]) =>
      this.ofAccount(account, target, used.get(account.id) ?? 0),
    );
    return { accounts, summary: accounts.flatMap(sentences) };
  }

  private ofAccount(account: RouteAccount, target: number, used: number): PreviewAccountDto {
    const { capabilities } = this.vendors.get(account.vendor).definition;
    const { pace } = account;
    // A limit on requests goes further the more recipients a request holds.
    const perUnit = targetsPerUnit(capabilities);
    const units = Math.ceil(target / perUnit);
    const left = pace === null || pace.perDay === null ? Infinity : Math.max(0, pace.perDay - used);
    const shortBy = Math.max(0, target - left * perUnit);
    const resting = account.pausedUntil !== null && account.pausedUntil > this.clock.now();
    const problem = account.problem ?? (resting ? 'paused' : null);
    return {
      account: account.code,
      vendor: account.vendor,
      target,
      ...(pace === null || pace.perSecond === null ? {} : { seconds: Math.ceil(units / pace.perSecond) }),
      ...(shortBy > 0 ? { shortBy } : {}),
      ...(problem === null ? {} : { problem }),
    };
  }
}

function targetsByAccount(tally: PreviewTally, channels: OrganisationChannels): Map<RouteAccount, number> {
  const targets = new Map<RouteAccount, number>();
  for (const counts of tally.targets.values()) {
    for (const [accountId, count] of counts) {
      const account = channels.account(accountId);
      if (account !== undefined) targets.set(account, (targets.get(account) ?? 0) + count);
    }
  }
  return targets;
}

const grouped = new Intl.NumberFormat('en');
/** 12 000, and not 12,000: a comma is a decimal point to many readers. */
const plain = (count: number): string => grouped.format(count).replaceAll(',', ' ');

function sentences({ account, seconds, shortBy, problem }: PreviewAccountDto): string[] {
  return [
    ...(seconds === undefined ? [] : [`${account} needs ${plain(seconds)} s`]),
    ...(shortBy === undefined ? [] : [`${account} is short by ${plain(shortBy)} today`]),
    ...(problem === undefined ? [] : [`${account} has a problem: ${problem}`]),
  ];
}
