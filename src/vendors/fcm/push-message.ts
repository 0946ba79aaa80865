import { createHash } from 'node:crypto';
import { apsOf } from '../apns/aps.js';
import { collapseIdOf } from '../apns/collapse-id.js';
import { clampTtl, type PushWords, stringData } from '../push/push-words.js';
import { tooLarge } from '../push/too-large.js';
import type { Outcome, VendorRequest } from '../vendor.js';
import { TTL } from './definition.js';
import type { ServiceAccount } from './service-account.js';

export interface FcmSettings {
  serviceAccount: ServiceAccount;
  baseUrl: string;
  channelId?: string;
  sound: string;
  addressedBy: 'token' | 'fid';
}

const LARGEST_PAYLOAD = 4096;
/** Names of data that FCM keeps for itself. */
const RESERVED = /^(?:from$|message_type$|google|gcm)/i;
const LONGEST_WEB_TOPIC = 32;

/** How a push is sent, beyond its words. */
export interface FcmSending {
  priority: VendorRequest['priority'];
  /** FCM only checks it. */
  validateOnly: boolean;
  settings: FcmSettings;
  now: Date;
}

/** A push in the two halves that a device's address stands between. */
export interface PushMessage {
  before: string;
  after: string;
}

/**
 * One message for whatever platform a device is of. A silent push has data only. Left out, since FCM cannot: adding to the badge (Android
 * counts by itself), a longer text for when it is opened, a display window, data under names that FCM keeps for itself. Where a tap leads
 * is the datum `url`, for the app to follow; browsers follow https addresses, Android an `intent`, which must be an action of the app.
 */
export function pushMessage(words: PushWords, sending: FcmSending): PushMessage | { refused: Outcome } {
  const { silent, title, text, image, click, own } = words;
  const url = click.to === 'url' || click.to === 'link' ? click.url : undefined;
  const data = unreserved(stringData({ ...(silent ? {} : { url }), ...words.data }));
  const notification = silent ? undefined : { title, body: text, image };
  const refused = tooLarge(Buffer.byteLength(JSON.stringify({ notification, data })), LARGEST_PAYLOAD);
  if (refused !== undefined) return { refused };
  const label = own['analyticsLabel'];
  const message = {
    notification,
    ...(Object.keys(data).length === 0 ? {} : { data }),
    android: androidPart(words, sending),
    apns: applePart(words, sending),
    webpush: webPart(words, sending),
    ...(label === undefined ? {} : { fcm_options: { analytics_label: label } }),
  };
  return halves(message, sending);
}

/** The message is made into JSON once, and each device's address put in at its place. */
function halves(message: object, { settings, validateOnly }: FcmSending): PushMessage {
  const check = validateOnly ? '"validate_only":true,' : '';
  return {
    before: `{${check}"message":{"${settings.addressedBy}":`,
    after: `,${JSON.stringify(message).slice(1)}}`,
  };
}

function unreserved(data: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !RESERVED.test(name)));
}

/** A push that shows something wakes the device, as is FCM's own habit; a silent one only when it is urgent. */
function androidPart(words: PushWords, { priority, settings }: FcmSending): object {
  const { silent, sound, badge, click, collapseKey, own } = words;
  const ttl = clampTtl(words.ttlSeconds, TTL);
  const delivery = {
    priority: priority === 'high' || (priority === 'normal' && !silent) ? 'HIGH' : 'NORMAL',
    ttl: ttl === undefined ? undefined : `${ttl}s`,
    collapse_key: collapseKey,
  };
  if (silent) return delivery;
  const notification = {
    channel_id: words.channelId ?? settings.channelId,
    ...(sound === undefined ? { default_sound: true } : { sound }),
    tag: collapseKey,
    click_action: click.to === 'intent' ? click.intent : undefined,
    notification_count: badge !== undefined && 'set' in badge ? badge.set : undefined,
    icon: own['icon'],
    color: own['color'],
    visibility: own['visibility'],
    notification_priority: own['notificationPriority'],
    sticky: own['sticky'],
  };
  return { ...delivery, notification };
}

function applePart(words: PushWords, { priority, settings, now }: FcmSending): object {
  const ttl = clampTtl(words.ttlSeconds, TTL);
  const headers = stringData({
    'apns-push-type': words.silent ? 'background' : 'alert',
    'apns-priority': words.silent || priority === 'low' ? '5' : '10',
    'apns-expiration': ttl === undefined ? undefined : Math.round(now.getTime() / 1000 + ttl),
    'apns-collapse-id': collapseIdOf(words),
  });
  return { headers, payload: { aps: apsOf(words, settings.sound) } };
}

function webPart(words: PushWords, { priority }: FcmSending): object {
  const { silent, click, collapseKey } = words;
  const headers = stringData({
    TTL: clampTtl(words.ttlSeconds, TTL),
    Urgency: priority,
    Topic: collapseKey === undefined ? undefined : webTopic(collapseKey),
  });
  const link = click.to === 'url' && /^https:/i.test(click.url) ? { fcm_options: { link: click.url } } : {};
  return { headers, ...(silent ? {} : link) };
}

const webTopic = (collapseKey: string): string =>
  createHash('sha256').update(collapseKey).digest('base64url').slice(0, LONGEST_WEB_TOPIC);
