import { clampTtl, notifyNumber, type PushWords } from '../push/push-words.js';
import type { VendorRequest } from '../vendor.js';
import { badgeNumber } from './badge-number.js';
import { clickAction } from './click-action.js';
import type { HuaweiSettings } from './definition.js';
import { TTL } from './limits.js';

/**
 * The message without its tokens. Left out, since Huawei cannot: display window (its end is the expiry), web pages over http (the app
 * opens), a number on the icon without `badgeClass`, high urgency without the right to it. A silent push is a `data` message; of a
 * shown one `data` holds what the app gets when it is tapped.
 */
export function messageOf(
  words: PushWords,
  { tag, priority, account }: Pick<VendorRequest, 'tag' | 'priority' | 'account'>,
): Record<string, unknown> {
  const settings = account.settings as unknown as HuaweiSettings;
  const { silent, data, own } = words;
  const ttl = clampTtl(words.ttlSeconds, TTL);
  const urgency = own['urgency'] ?? (priority === 'high' ? 'HIGH' : 'NORMAL');
  return {
    data: silent || Object.keys(data).length > 0 ? JSON.stringify(data) : undefined,
    android: {
      category: own['category'] ?? (silent ? undefined : settings.category),
      urgency: settings.highUrgency ? urgency : 'NORMAL',
      ttl: ttl === undefined ? undefined : `${ttl}s`,
      bi_tag: tag,
      receipt_id: settings.receiptId,
      target_user_type: own['testMessage'] === true ? 1 : undefined,
      notification: silent ? undefined : notificationOf(words, priority, settings),
    },
  };
}

function notificationOf(
  words: PushWords,
  priority: VendorRequest['priority'],
  settings: HuaweiSettings,
): Record<string, unknown> {
  const { text = '', title = text, bigText, sound, own } = words;
  const badge = badgeNumber(words.badge);
  const badgeClass = own['badgeClass'] ?? settings.badgeClass;
  return {
    title,
    body: words.text ?? title,
    image: words.image,
    click_action: clickAction(words.click),
    ...(bigText === undefined ? {} : { style: 1, big_title: title, big_body: bigText }),
    importance: own['importance'] ?? (priority === 'low' ? 'LOW' : 'NORMAL'),
    channel_id: words.channelId,
    ...(sound === undefined ? {} : { sound, default_sound: false }),
    notify_id: words.collapseKey === undefined ? undefined : notifyNumber(words.collapseKey),
    ...(badge === undefined || badgeClass === undefined
      ? {}
      : { badge: { ...('set' in badge ? { set_num: badge.set } : { add_num: badge.add }), class: badgeClass } }),
    foreground_show: own['foregroundShow'],
  };
}
