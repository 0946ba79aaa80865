import { badgeNumber } from '../huawei/badge-number.js';
import { TTL } from '../huawei/limits.js';
import { type Click, clampTtl, notifyNumber, type PushWords } from '../push/push-words.js';
import type { VendorRequest } from '../vendor.js';
import type { HarmonySettings } from './definition.js';

/** What a push is to the system, in the header `push-type`. */
const PUSH_TYPES = { alert: '0', voice: '2', background: '6' } as const;

export interface HarmonyPush {
  type: (typeof PUSH_TYPES)[keyof typeof PUSH_TYPES];
  /** The request to these devices. */
  bodyOf: (tokens: readonly string[]) => string;
}

/**
 * Left out, since HarmonyOS cannot: a longer text for the notification when it is opened wide, display window (its end is the expiry),
 * notification channel. A silent push goes to the running app, or waits for it (push-type 6). The push's tag is its id on the device, so
 * that a repeated one is shown once.
 */
export function pushOf(words: PushWords, { tag, account }: Pick<VendorRequest, 'tag' | 'account'>): HarmonyPush {
  const settings = account.settings as unknown as HarmonySettings;
  const { silent, data, own } = words;
  const category = (own['category'] ?? settings.category) as string;
  const type = silent ? PUSH_TYPES.background : category === 'PLAY_VOICE' ? PUSH_TYPES.voice : PUSH_TYPES.alert;
  const payload = {
    notification: silent ? undefined : notificationOf(words, category, tag),
    extraData: type === PUSH_TYPES.alert ? undefined : JSON.stringify(data),
  };
  const pushOptions = {
    testMessage: own['testMessage'] === true ? true : undefined,
    ttl: clampTtl(words.ttlSeconds, TTL),
    biTag: tag,
    receiptId: settings.receiptId,
  };
  return { type, bodyOf: (token) => JSON.stringify({ payload, target: { token }, pushOptions }) };
}

function notificationOf(words: PushWords, category: string, tag: string): Record<string, unknown> {
  const { text = '', title = text, sound, own } = words;
  const badge = badgeNumber(words.badge);
  return {
    category,
    title,
    body: words.text ?? title,
    image: words.image,
    clickAction: clickAction(words),
    ...(badge === undefined ? {} : { badge: 'set' in badge ? { setNum: badge.set } : { addNum: badge.add } }),
    notifyId: words.collapseKey === undefined ? undefined : notifyNumber(words.collapseKey),
    appMessageId: tag,
    profileId: own['profileId'],
    sound,
    soundDuration: sound === undefined ? undefined : own['soundDuration'],
    foregroundShow: own['foregroundShow'],
  };
}

/** A web page is nothing that HarmonyOS opens: the app is opened and gets its address as `url`, unless the data has one. */
function clickAction({ click, data }: PushWords): Record<string, unknown> {
  const all = click.to === 'url' ? { url: click.url, ...data } : data;
  return { ...pageOf(click), ...(Object.keys(all).length === 0 ? {} : { data: all }) };
}

/** A page by its link or by the name of its action; an intent of Android, which has a scheme, means nothing here. */
function pageOf(click: Click): Record<string, unknown> {
  if (click.to === 'link') return { actionType: 1, uri: click.url };
  if (click.to === 'intent' && !click.intent.includes(':')) return { actionType: 1, action: click.intent };
  return { actionType: 0 };
}
