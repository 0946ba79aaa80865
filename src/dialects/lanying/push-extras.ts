import type { AndroidOptions, Badge, IosOptions } from '../../channels/push-options.js';
import { InvalidRequest } from '../../common/problem.js';
import type { WireFields } from './wire-fields.js';

const LONGEST_NAME = 255;
const LONGEST_INTENT = 2_048;
const LARGEST_BADGE = 99_999;

/** The vendors that have a block of their own, and the code each has here. */
const BLOCKS = {
  huawei: 'huawei',
  xiaomi: 'xiaomi',
  oppo: 'oppo',
  vivo: 'vivo',
  flyme: 'meizu',
  fcm: 'fcm',
} as const;

export type VendorBlocks = Record<string, AndroidOptions & Record<string, unknown>>;

/** What the blocks of platforms and vendors say beyond the words. */
export interface PushExtras {
  ios?: IosOptions;
  android: AndroidOptions;
  vendors?: VendorBlocks;
}

/** "5" sets, "+2" adds, "0" clears; nothing at all adds one, except to what is never shown. */
export function readBadge(message: WireFields, shown: boolean): Badge | undefined {
  const given = message.text('badge', 20)?.trim();
  if (given === undefined) return shown ? { add: 1 } : undefined;
  const [, plus, digits] = /^(\+?)(\d{1,5})$/.exec(given) ?? [];
  if (digits === undefined)
    throw InvalidRequest.at(message.at('badge'), `must be a number up to ${LARGEST_BADGE}, or "+" and a number`);
  return plus === '+' ? { add: Number(digits) } : { set: Number(digits) };
}

/** The document describes `ios` as what is extra for Android and the other way round; the names hold. */
export function readExtras(message: WireFields): PushExtras {
  const ios = readIos(message);
  const android = message.object('android');
  const base = android === undefined ? {} : readAndroid(android);
  checkClick(android?.at('click_action') ?? message.at('android.click_action'), base);
  const vendors = Object.entries(BLOCKS).flatMap(([name, vendor]): [string, VendorBlocks[string]][] => {
    const block = message.object(name);
    if (block === undefined) return [];
    const own = { ...readAndroid(block), ...readOwn(name, block) };
    checkClick(block.at('click_action'), { ...base, ...own });
    return Object.keys(own).length === 0 ? [] : [[vendor, own]];
  });
  return {
    ...(ios === undefined ? {} : { ios }),
    android: { clickAction: 'open_app', ...base },
    ...(vendors.length === 0 ? {} : { vendors: Object.fromEntries(vendors) }),
  };
}

function readIos(message: WireFields): IosOptions | undefined {
  const block = message.object('ios');
  if (block === undefined) return undefined;
  const options = given<IosOptions>({
    sound: block.text('sound', LONGEST_NAME),
    contentAvailable: block.flag('content_available'),
    mutableContent: block.flag('mutable_content'),
    category: block.text('category', LONGEST_NAME),
    threadId: block.text('thread_id', LONGEST_NAME),
    subtitle: block.text('subtitle', LONGEST_NAME),
    // APNs takes 64 bytes.
    collapseId: block.text('apns_collapse_id', 64),
  });
  return Object.keys(options).length === 0 ? undefined : options;
}

function readAndroid(block: WireFields): AndroidOptions {
  return given<AndroidOptions>({
    sound: block.text('sound', LONGEST_NAME),
    channelId: block.text('channel_id', LONGEST_NAME),
    clickAction: readClickAction(block),
    intent: block.text('intent', LONGEST_INTENT),
  });
}

function readClickAction(block: WireFields): AndroidOptions['clickAction'] {
  const action = block.text('click_action', LONGEST_NAME)?.trim();
  if (action === undefined || action === 'intent' || action === 'open_app') return action;
  throw InvalidRequest.at(block.at('click_action'), 'must be intent or open_app');
}

/** What one vendor has alone. */
function readOwn(name: string, block: WireFields): Record<string, unknown> {
  if (name === 'huawei') return given({ badgeClass: block.text('badge_class', LONGEST_NAME) });
  if (name === 'vivo')
    return given({ pushMode: block.integer('push_mode', 0, 1), classification: block.integer('classification', 0, 1) });
  return {};
}

/** A vendor's own values win over Android's, one by one; what is left must be possible. */
function checkClick(path: string, { clickAction, intent }: AndroidOptions): void {
  if (clickAction === 'intent' && intent === undefined)
    throw InvalidRequest.at(path, 'is intent, so intent is required');
}

function given<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
