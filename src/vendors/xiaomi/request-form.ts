import { clampTtl, notifyNumber, type PushWords, stringData } from '../push/push-words.js';
import { cut, tooLarge } from '../push/too-large.js';
import type { Outcome, VendorRequest } from '../vendor.js';
import { RECEIPT_TYPE_SUM } from './codes.js';
import { TTL } from './definition.js';

const LONGEST_TITLE = 50;
const LONGEST_TEXT = 128;
const LARGEST_PAYLOAD = 4096;
/** `extra.*` together: Xiaomi takes ten more keys and 1024 characters. */
const MOST_EXTRAS = 10;
const LARGEST_EXTRAS = 1024;
const LONGEST_CALLBACK = 128;

export interface XiaomiSettings {
  appSecret: string;
  packageName: string;
  channelId?: string;
  baseUrl: string;
}

/**
 * The form without its devices. Left out, since Xiaomi cannot: badge, picture, display window (its end is the expiry), a short text beside
 * the long one. Titles are cut to 50 characters, texts to 128. A silent push goes as pass-through with its data in `payload`; of a shown
 * one `payload` holds the data.
 */
export function requestForm(
  words: PushWords,
  { tag, receiptUrl, account }: Pick<VendorRequest, 'tag' | 'receiptUrl' | 'account'>,
): { form: URLSearchParams } | { refused: Outcome } {
  const settings = account.settings as unknown as XiaomiSettings;
  const payload = Object.keys(words.data).length === 0 ? '' : JSON.stringify(words.data);
  const extras = extrasOf(words, settings, tag, receiptUrl);
  const refused = tooLarge(Buffer.byteLength(payload), LARGEST_PAYLOAD) ?? extrasTooLarge(extras);
  if (refused !== undefined) return { refused };
  const ttl = clampTtl(words.ttlSeconds, TTL);
  const notifyType = words.own['notifyType'];
  const fields: Record<string, string | number | undefined> = {
    restricted_package_name: settings.packageName,
    pass_through: words.silent ? 1 : 0,
    title: words.silent ? undefined : cut(words.title ?? words.text ?? '', LONGEST_TITLE),
    description: words.silent ? undefined : cut(words.bigText ?? words.text ?? words.title ?? '', LONGEST_TEXT),
    payload: payload === '' ? undefined : payload,
    notify_type: words.silent ? undefined : typeof notifyType === 'number' ? notifyType : -1,
    notify_id: words.collapseKey === undefined ? undefined : notifyNumber(words.collapseKey),
    time_to_live: ttl === undefined ? undefined : ttl * 1000,
    ...Object.fromEntries(Object.entries(extras).map(([name, value]) => [`extra.${name}`, value])),
  };
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, String(value));
  return { form };
}

function extrasOf(
  words: PushWords,
  settings: XiaomiSettings,
  tag: string,
  receiptUrl: string | undefined,
): Record<string, string> {
  const { click, sound, own, bigText } = words;
  const channelId = words.channelId ?? settings.channelId;
  return stringData({
    channel_id: channelId,
    ...(words.silent ? {} : clickExtras(click)),
    sound_uri: sound,
    notify_foreground: own['foregroundShow'] === false ? '0' : undefined,
    ...(bigText === undefined || words.silent ? {} : { notification_style_type: '1' }),
    ...(receiptUrl !== undefined && Buffer.byteLength(receiptUrl) <= LONGEST_CALLBACK
      ? { callback: receiptUrl, 'callback.param': tag, 'callback.type': String(RECEIPT_TYPE_SUM) }
      : {}),
  });
}

function clickExtras(click: PushWords['click']): Record<string, string> {
  switch (click.to) {
    case 'app':
      return { notify_effect: '1' };
    case 'url':
      return { notify_effect: '3', web_uri: click.url };
    case 'link':
      return { notify_effect: '2', intent_uri: click.url };
    case 'intent':
      return { notify_effect: '2', intent_uri: click.intent };
  }
}

function extrasTooLarge(extras: Record<string, string>): Outcome | undefined {
  const entries = Object.entries(extras);
  if (entries.length > MOST_EXTRAS)
    return { status: 'rejected', code: `extras-too-many: ${entries.length} of ${MOST_EXTRAS}` };
  return tooLarge(
    entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0),
    LARGEST_EXTRAS,
    'extras',
  );
}
