import type { ChannelKind } from '../channels/channel-kind.js';
import type { OrganisationChannels, RouteAccount, RoutedChannel } from '../channels/organisation-channels.js';
import type { ChannelPlan } from './resolved-message.js';

/** What an account must fit of an endpoint. */
export interface Device {
  /** Device vendor; empty for phones and mailboxes. */
  vendor: string;
  environment: string;
}

/** One line of the planner's route relation: endpoints of `kind` whose key is `serves` go to this account. */
export interface RouteLine {
  channelId: number;
  kind: string;
  accountId: number;
  /** Key of the devices served; without a vendor (`` or `/development`): any of that environment that no line before it serves. */
  serves: string;
  /** `|a|b|`: keys that lines before this one serve. */
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

const PRODUCTION = 'production';
/** Whatever is not for production is for development. */
const suffixOf = (environment: string): string => (environment === PRODUCTION ? '' : '/development');

/** What a device is routed by; sql/takes-device.ts says the same. */
const deviceKey = (kind: string, { vendor, environment }: Device): string =>
  `${vendor}${kind === 'push' ? suffixOf(environment) : ''}`;

/** The keys that an account takes: of its vendor, or of any, in its environment, or in all. `any`: the key that takes all the rest. */
function keysOf(kind: string, { serves, environment }: RouteAccount): { key: string; any: string }[] {
  if (kind !== 'push') return [{ key: '', any: '' }];
  const environments = environment === '' ? [PRODUCTION, 'development'] : [environment];
  return environments.map(suffixOf).map((any) => ({ key: `${serves}${any}`, any }));
}

/** The next account after one that can be used now, for a device. */
export function nextOnRoute(
  route: readonly RouteAccount[],
  kind: ChannelKind | undefined,
  accountId: number,
  device: Device,
  now: Date,
): number | undefined {
  const position = route.findIndex(({ id }) => id === accountId);
  const wanted = [deviceKey(kind ?? '', device), deviceKey(kind ?? '', { ...device, vendor: '' })];
  return route
    .slice(position + 1)
    .find(
      (account) =>
        account.enabled &&
        (account.pausedUntil === null || account.pausedUntil <= now) &&
        (kind !== 'push' || keysOf(kind, account).some(({ key }) => wanted.includes(key))),
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
    return routeOf(directory.byId(channelId), route)
      .filter(({ enabled }) => enabled)
      .flatMap((account) =>
        keysOf(kind, account).flatMap(({ key: serves, any }): RouteLine[] => {
          if (served.includes(serves) || served.includes(any)) return [];
          const before = served.length > 0 ? `|${served.join('|')}|` : '';
          served.push(serves);
          return [
            {
              channelId,
              kind,
              accountId: account.id,
              serves,
              before,
              batchSize: Math.min(LARGEST_BATCH, batchSizeOf(account)),
              single: ONE_PER_PERSON.has(kind),
            },
          ];
        }),
      );
  });
}

/** The line that takes an endpoint on a channel. */
export function lineFor(lines: readonly RouteLine[], channelId: number, device: Device): RouteLine | undefined {
  return lines.find(
    (line) =>
      line.channelId === channelId &&
      (line.serves === deviceKey(line.kind, device) || line.serves === deviceKey(line.kind, { ...device, vendor: '' })),
  );
}
