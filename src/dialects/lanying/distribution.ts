import type { RouteAccount } from '../../channels/organisation-channels.js';
import { InvalidRequest } from '../../common/problem.js';
import type { WireFields } from './wire-fields.js';

const STRATEGIES = ['combined', 'mxpush_only', 'ospush_only'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Huawei's devices, the later of which run HarmonyOS and are reached by another service of the same maker. */
const HUAWEI = ['huawei', 'harmony'];
/** 国内厂商. The document lists five; devices of the sixth get their pushes the same way. */
const UPS = ['xiaomi', ...HUAWEI, 'meizu', 'oppo', 'vivo', 'honor'];
const SEQUENCE: Readonly<Record<string, readonly string[]>> = {
  ups: UPS,
  fcm: ['fcm'],
  huawei: HUAWEI,
  xiaomi: ['xiaomi'],
  oppo: ['oppo'],
  vivo: ['vivo'],
  meizu: ['meizu'],
  flyme: ['meizu'],
};
const DEFAULT_SEQUENCE = ['ups', 'fcm'];
const DEVICE_VENDORS: ReadonlySet<string> = new Set([...UPS, 'fcm', 'apns']);
const LONGEST_NAME = 40;

/** 通知下发策略 and 厂商推送顺序. */
export interface Distribution {
  strategy: Strategy;
  /** Device vendors whose accounts may be used, in order. Apple's devices have one way only, whatever the list says. */
  vendors: readonly string[];
}

/** @throws InvalidRequest for a strategy or a vendor there is none of */
export function readDistribution(setting: WireFields | undefined): Distribution {
  const given = setting?.text('distribution_strategy', LONGEST_NAME)?.trim().toLowerCase() ?? 'combined';
  const strategy = STRATEGIES.find((known) => known === given);
  if (strategy === undefined)
    throw InvalidRequest.at('setting.distribution_strategy', `must be ${STRATEGIES.join(', ')}`);
  const names = setting?.list('ospush_sequence', LONGEST_NAME) ?? [];
  return { strategy, vendors: readSequence(names.length === 0 ? DEFAULT_SEQUENCE : names) };
}

function readSequence(names: readonly string[]): string[] {
  const vendors = names.flatMap((name) => {
    const meant = Object.hasOwn(SEQUENCE, name.toLowerCase()) ? SEQUENCE[name.toLowerCase()] : undefined;
    if (meant === undefined)
      throw InvalidRequest.at('setting.ospush_sequence', `must hold ${Object.keys(SEQUENCE).join(', ')}`);
    return meant;
  });
  return [...new Set(vendors)];
}

/** The device vendor whose devices an account reaches: the one it serves, or the vendor it is with. */
export const deviceVendor = ({ serves, vendor }: Pick<RouteAccount, 'serves' | 'vendor'>): string =>
  serves === '' ? vendor : serves;

/** Whether an account reaches connected devices: 蓝莺通道. */
export const isLive = ({ code, vendor }: Pick<RouteAccount, 'code' | 'vendor'>, liveAccount: string): boolean =>
  code === liveAccount || vendor === 'live';

/**
 * The accounts of a channel that one task tries, in order: the one for connected devices first, then those of the vendors by the
 * task's sequence. An account for no vendor in particular, such as a sandbox's, comes last.
 */
export function chooseRoute(
  route: readonly RouteAccount[],
  { strategy, vendors }: Distribution,
  liveAccount: string,
): string[] {
  const usable = route.filter(({ enabled }) => enabled);
  const live = strategy === 'ospush_only' ? [] : usable.filter((account) => isLive(account, liveAccount));
  const rank = (account: RouteAccount): number => {
    const vendor = deviceVendor(account);
    if (vendor === 'apns') return 0;
    if (!DEVICE_VENDORS.has(vendor)) return account.serves === '' ? vendors.length + 1 : -1;
    const place = vendors.indexOf(vendor);
    return place < 0 ? -1 : place + 1;
  };
  const others =
    strategy === 'mxpush_only'
      ? []
      : usable
          .filter((account) => !isLive(account, liveAccount) && rank(account) >= 0)
          .sort((one, other) => rank(one) - rank(other));
  return [...live, ...others].map(({ code }) => code);
}
