import type { ChannelKind } from '../channels/channel-kind.js';
import type { OrganisationChannels, RouteAccount, RoutedChannel } from '../channels/organisation-channels.js';
import type { ChannelPlan } from './resolved-message.js';

/** One line of the planner's route relation: endpoints of `kind` whose device vendor is `serves` go to this account. */
export interface RouteLine {
  channelId: number;
  kind: string;
  accountId: number;
  /** Device vendor served; empty: any that no line before it serves. */
  serves: string;
  /** `|a|b|`: vendors that lines before this one serve. */
  before: string;
  batchSize: number;
  /** One address per person is enough (a phone, a mailbox); devices all get it. */
  single: boolean;
}

/** No batch is larger, whatever a vendor allows: it is the unit that a crash can repeat. */
export const LARGEST_BATCH = 1000;

const ONE_PER_PERSON = new Set(['sms', 'email', 'chat']);

/** The accounts a message tries on a channel, in order: those of the channel's route, or those of them that the message names. */
export function routeOf(
  channel: RoutedChannel | undefined,
  narrowed: readonly number[] | undefined,
): readonly RouteAccount[] {
  const route = channel?.route ?? [];
  return narrowed?.flatMap((id) => route.filter((account) => account.id === id)) ?? route;
}

/** The next account after one that can be used now, for an endpoint of this device vendor. */
export function nextOnRoute(
  route: readonly RouteAccount[],
  kind: ChannelKind | undefined,
  accountId: number,
  vendor: string,
  now: Date,
): number | undefined {
  const position = route.findIndex(({ id }) => id === accountId);
  return route
    .slice(position + 1)
    .find(
      ({ enabled, pausedUntil, serves }) =>
        enabled &&
        (pausedUntil === null || pausedUntil <= now) &&
        (serves === '' || kind !== 'push' || serves === vendor),
    )?.id;
}

/** Where each channel's endpoints go first. Only enabled accounts count; a channel without one has no line. */
export function routePlan(
  channels: readonly ChannelPlan[],
  directory: OrganisationChannels,
  batchSizeOf: (account: RouteAccount) => number,
): RouteLine[] {
  return channels.flatMap(({ channelId, kind, route }) => {
    const served: string[] = [];
    const lines: RouteLine[] = [];
    for (const account of routeOf(directory.byId(channelId), route)) {
      const serves = kind === 'push' ? account.serves : '';
      if (!account.enabled || served.includes('') || served.includes(serves)) continue;
      lines.push({
        channelId,
        kind,
        accountId: account.id,
        serves,
        before: served.length > 0 ? `|${served.join('|')}|` : '',
        batchSize: Math.min(LARGEST_BATCH, batchSizeOf(account)),
        single: ONE_PER_PERSON.has(kind),
      });
      served.push(serves);
    }
    return lines;
  });
}

/** The line that takes an endpoint of `vendor` on a channel. */
export function lineFor(lines: readonly RouteLine[], channelId: number, vendor: string): RouteLine | undefined {
  return lines.find((line) => line.channelId === channelId && (line.serves === vendor || line.serves === ''));
}
