import { createHash } from 'node:crypto';
import { clampTtl, type PushWords } from '../push/push-words.js';
import type { VendorRequest } from '../vendor.js';
import { TTL_SECONDS } from './definition.js';

/**
 * What the site's service worker gets, as JSON. `body`, `image`, `icon`, `badge`, `tag`, `renotify`, `requireInteraction`, `silent` and
 * `actions` are named as `showNotification` takes them; the rest is for the worker itself. Absent is what was not asked for.
 *
 * @example
 * self.addEventListener('push', (event) => {
 *   const { hidden, title, url, data, appBadge, ...options } = event.data.json();
 *   event.waitUntil(hidden ? handle(data) : self.registration.showNotification(title, { ...options, data: { url, data } }));
 * });
 */
export interface WebPushPayload {
  /** Not to be shown: `data` is for the site. Browsers bear few of these, and Safari none. */
  hidden?: true;
  title?: string;
  body?: string;
  image?: string;
  icon?: string;
  badge?: string;
  tag?: string;
  renotify?: boolean;
  requireInteraction?: boolean;
  silent?: boolean;
  actions?: unknown;
  /** Where a tap leads: an address, or a path of the site. */
  url?: string;
  /** The content's `ext`; of a hidden one also its title, text and url. */
  data?: Readonly<Record<string, unknown>>;
  /** For `navigator.setAppBadge`: a number, or so many more than now. */
  appBadge?: PushWords['badge'];
}

/**
 * Left out, since browsers cannot: the larger text, sound, channel, Android intent and the beginning of a display window (its end is
 * the TTL).
 */
export function payloadOf(words: PushWords, settings: Readonly<Record<string, unknown>>): WebPushPayload {
  const { silent: hidden, title, text, click, own, collapseKey: tag } = words;
  const data = Object.keys(words.data).length === 0 ? undefined : words.data;
  if (hidden) return { hidden, data, appBadge: words.badge };
  const wished = { icon: settings['icon'], badgeIcon: settings['badgeIcon'], ...own } as Partial<WebPushPayload> & {
    badgeIcon?: string;
  };
  return {
    title: title ?? text ?? '',
    body: title === undefined ? undefined : text,
    image: words.image,
    icon: wished.icon,
    badge: wished.badgeIcon,
    tag,
    // Without a tag, showNotification fails over it.
    renotify: tag === undefined ? undefined : wished.renotify,
    requireInteraction: wished.requireInteraction,
    silent: wished.silent,
    actions: wished.actions,
    url: click.to === 'url' || click.to === 'link' ? click.url : undefined,
    data,
    appBadge: words.badge,
  };
}

/** One that is not shown is a step less urgent. */
const URGENCIES = {
  shown: { low: 'low', normal: 'normal', high: 'high' },
  hidden: { low: 'very-low', normal: 'low', high: 'normal' },
} as const;
const LONGEST_TOPIC = 32;

/** How long the push service keeps the push, how urgent it is, and which earlier one it takes the place of there. */
export function deliveryHeaders(words: PushWords, priority: VendorRequest['priority']): Record<string, string> {
  const wished = words.own['urgency'];
  return {
    ttl: String(clampTtl(words.ttlSeconds, TTL_SECONDS) ?? TTL_SECONDS.max),
    urgency: typeof wished === 'string' ? wished : URGENCIES[words.silent ? 'hidden' : 'shown'][priority],
    ...(words.collapseKey === undefined ? {} : { topic: topicOf(words.collapseKey) }),
  };
}

const topicOf = (collapseKey: string): string =>
  createHash('sha256').update(collapseKey).digest('base64url').slice(0, LONGEST_TOPIC);
