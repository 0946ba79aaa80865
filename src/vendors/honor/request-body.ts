import { badgeNumber } from '../huawei/badge-number.js';
import { clickAction } from '../huawei/click-action.js';
import { TTL } from '../huawei/limits.js';
import { clampTtl, notifyNumber, type PushWords } from '../push/push-words.js';
import type { VendorRequest } from '../vendor.js';
import type { HonorSettings } from './definition.js';

/**
 * The message without its tokens. Left out, since Honor cannot: display window (its end is the expiry), sound, notification channel, web
 * pages over http (the app opens), a number on the icon without `badgeClass`. A silent push is a `data` message; of a shown one `data`
 * holds what the app gets when it is tapped.
 */
export function messageOf(
  words: PushWords,
  { tag, account }: Pick<VendorRequest, 'tag' | 'account'>,
): Record<string, unknown> {
  const { silent, data, own } = words;
  const ttl = clampTtl(words.ttlSeconds, TTL);
  return {
    data: silent || Object.keys(data).length > 0 ? JSON.stringify(data) : undefined,
    android: {
      ttl: ttl === undefined ? undefined : `${ttl}s`,
      biTag: tag,
      targetUserType: own['testMessage'] === true ? 1 : undefined,
      notification: silent ? undefined : notificationOf(words, account.settings as unknown as HonorSettings),
    },
  };
}

function notificationOf(words: PushWords, settings: HonorSettings): Record<string, unknown> {
  const { text = '', title = text, bigText, own } = words;
  const badge = badgeNumber(words.badge);
  const badgeClass = own['badgeClass'] ?? settings.badgeClass;
  return {
    title,
    body: words.text ?? title,
    image: words.image,
    clickAction: clickAction(words.click),
    ...(bigText === undefined ? {} : { style: 1, bigTitle: title, bigBody: bigText }),
    importance: own['importance'] ?? settings.importance,
    notifyId: words.collapseKey === undefined ? undefined : notifyNumber(words.collapseKey),
    group: own['group'],
    ...(badge === undefined || badgeClass === undefined
      ? {}
      : { badge: { ...('set' in badge ? { setNum: badge.set } : { addNum: badge.add }), badgeClass } }),
  };
}
