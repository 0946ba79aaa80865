import type { Content } from '../../channels/channel-kind.js';
import { clampTtl, notifyNumber, pushWords, type PushWords, stringData } from '../push/push-words.js';
import { cut } from '../push/too-large.js';
import type { Outcome, VendorRequest, VendorTarget } from '../vendor.js';
import { OPPO, TTL } from './definition.js';

const REGISTRATION_ID = 2;
const STANDARD = { style: 1, longest: 50 };
const LONG_TEXT = { style: 2, longest: 128 };
const LONGEST_TITLE = 50;
const LONGEST_URL = 2000;
const LONGEST_PARAMETERS = 4000;
const LONGEST_CALLBACK = 200;
/** The editions of OPPO's documentation agree on these ends alone. */
const SHOWN_SECONDS = { min: 21_600, max: 43_200 };

export interface OppoSettings {
  appKey: string;
  masterSecret: string;
  baseUrl: string;
  fieldCase: 'snake' | 'camel';
  channelId?: string;
  category?: string;
  notifyLevel?: number;
  badgeAllowed: boolean;
  usualTtlSeconds: number;
}

/** By target, the JSON of its message, or why it has none. */
export interface Messages {
  json: ReadonlyMap<VendorTarget, string>;
  refused: ReadonlyMap<VendorTarget, Outcome>;
}

type Fields = Readonly<Record<string, unknown>>;
type Notification = { fields: Fields } | { refused: Outcome };

/** Words that targets share are turned into fields once. */
export function messagesFor(request: VendorRequest, now: Date): Messages {
  const settings = request.account.settings as unknown as OppoSettings;
  const notifications = new Map<Content, Notification>();
  const json = new Map<VendorTarget, string>();
  const refused = new Map<VendorTarget, Outcome>();
  for (const target of request.targets) {
    const content = target.content ?? request.content;
    const notification =
      notifications.get(content) ?? notificationOf(pushWords(request, content, OPPO.code, now), settings, now);
    notifications.set(content, notification);
    if ('refused' in notification) refused.set(target, notification.refused);
    else json.set(target, messageOf(target, notification.fields, request.receiptUrl, settings));
  }
  return { json, refused };
}

/** OPPO sends what has the same `app_message_id` to a device once, so that a repeat after a lost answer is not seen twice. */
function messageOf(
  { reference, address }: VendorTarget,
  fields: Fields,
  receiptUrl: string | undefined,
  { fieldCase }: OppoSettings,
): string {
  const notification = {
    app_message_id: reference,
    ...fields,
    ...(receiptUrl !== undefined && receiptUrl.length <= LONGEST_CALLBACK
      ? { call_back_url: receiptUrl, call_back_parameter: reference }
      : {}),
  };
  return JSON.stringify({
    target_type: REGISTRATION_ID,
    target_value: address,
    verify_registration_id: false,
    notification: fieldCase === 'camel' ? inCamelCase(notification) : notification,
  });
}

/**
 * What all with these words get. Left out, since OPPO cannot: a sound; a picture and a time to be shown at, which it takes of broadcasts
 * only (their end is the expiry, and from 6 to 12 hours ahead also how long the notification stays). A badge goes along where
 * the account may change it. Titles are cut to 50 characters, texts to 50, long ones (`bigText`) to 128. A silent push is
 * `unreachable` here: OPPO shows whatever it is given, and another account of the route may not.
 */
function notificationOf(words: PushWords, settings: OppoSettings, now: Date): Notification {
  if (words.silent)
    return { refused: { status: 'unreachable', code: 'no-silent-push', detail: 'OPPO has no silent pushes.' } };
  const { style, longest } = words.bigText === undefined ? STANDARD : LONG_TEXT;
  const parameters = jsonOf(words.data);
  const click = clickOf(words.click);
  const refused =
    tooLong('data', parameters?.length, LONGEST_PARAMETERS) ??
    tooLong('url', click.click_action_url?.length, LONGEST_URL);
  if (refused !== undefined) return { refused };
  const fields = {
    style,
    title: cut(words.title ?? words.text ?? '', LONGEST_TITLE),
    content: cut(words.bigText ?? words.text ?? words.title ?? '', longest),
    sub_title: words.own['subTitle'],
    ...click,
    action_parameters: parameters,
    off_line: true,
    off_line_ttl: clampTtl(words.ttlSeconds ?? settings.usualTtlSeconds, TTL),
    show_ttl: shownSeconds(words.displayUntil, now),
    channel_id: words.channelId ?? settings.channelId,
    ...classOf(words, settings),
    notify_id: words.collapseKey === undefined ? undefined : notifyNumber(words.collapseKey),
    ...templateOf(words),
    ...(settings.badgeAllowed ? badgeOf(words.badge) : {}),
  };
  return { fields };
}

function clickOf(click: PushWords['click']): { click_action_type: number; click_action_url?: string } {
  switch (click.to) {
    case 'app':
      return { click_action_type: 0 };
    case 'url':
      return { click_action_type: 2, click_action_url: click.url };
    case 'link':
      return { click_action_type: 5, click_action_url: click.url };
    case 'intent':
      return { click_action_type: 5, click_action_url: click.intent };
  }
}

/** The account's level is meant for the account's category. */
function classOf({ own }: PushWords, settings: OppoSettings): Fields {
  const named = own['category'];
  return {
    category: named ?? settings.category,
    notify_level: own['notifyLevel'] ?? (named === undefined ? settings.notifyLevel : undefined),
  };
}

function templateOf({ own }: PushWords): Fields {
  return {
    private_msg_template_id: own['privateTemplateId'],
    private_title_parameters: jsonOf(own['privateTitleParameters']),
    private_content_parameters: jsonOf(own['privateContentParameters']),
  };
}

function badgeOf(badge: PushWords['badge']): Fields {
  if (badge === undefined) return {};
  return 'set' in badge
    ? { badge_operation_type: 0, badge_message_count: badge.set }
    : { badge_operation_type: 1, badge_message_count: badge.add };
}

function shownSeconds(until: Date | undefined, now: Date): number | undefined {
  if (until === undefined) return undefined;
  const seconds = Math.round((until.getTime() - now.getTime()) / 1000);
  return seconds > SHOWN_SECONDS.max ? undefined : Math.max(SHOWN_SECONDS.min, seconds);
}

/** OPPO takes objects as text. */
function jsonOf(values: unknown): string | undefined {
  const texts = stringData((values ?? {}) as Readonly<Record<string, unknown>>);
  return Object.keys(texts).length === 0 ? undefined : JSON.stringify(texts);
}

function tooLong(what: string, length: number | undefined, limit: number): Outcome | undefined {
  if (length === undefined || length <= limit) return undefined;
  return { status: 'rejected', code: `${what}-too-long: ${length} of ${limit} characters` };
}

function inCamelCase(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
