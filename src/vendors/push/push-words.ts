import type { Content } from '../../channels/channel-kind.js';
import type { AndroidOptions, Badge, IosOptions, PushOptions } from '../../channels/push-options.js';
import type { VendorRequest } from '../vendor.js';

/** Where a tap leads: into the app, to a web page, by a link that an app registered, or by an Android intent. */
export type Click =
  { to: 'app' } | { to: 'url'; url: string } | { to: 'link'; url: string } | { to: 'intent'; intent: string };

/** What one vendor is to push, with all its options read: what it cannot express it leaves out, as its documentation says. */
export interface PushWords {
  /** Handed to the application and not shown: of type `cmd`, or of nothing but `ext`. */
  silent: boolean;
  title?: string;
  text?: string;
  /** Shown when the notification is opened wide, in the place of `text`. */
  bigText?: string;
  /** URL of a picture. */
  image?: string;
  click: Click;
  /**
   * What the application gets: `ext`; of a silent push also `title`, `text` and `url`, unless `ext` has these names itself; and the tag of
   * the message, where the account's setting `tagKey` names a place for it.
   */
  data: Readonly<Record<string, unknown>>;
  badge?: Badge;
  sound?: string;
  channelId?: string;
  /** A later push with the same key takes the place of an earlier one. */
  collapseKey?: string;
  /** Seconds from now, at least 1, after which it must not be shown; absent: the vendor's own limit. */
  ttlSeconds?: number;
  displayFrom?: Date;
  displayUntil?: Date;
  ios: IosOptions;
  /** The options of this vendor alone, over those of its platform. */
  own: Readonly<Record<string, unknown>>;
}

/** What of a request is read. */
type PushRequest = Pick<VendorRequest, 'options' | 'expiresAt'> & Partial<Pick<VendorRequest, 'account' | 'tag'>>;

/**
 * Reads a request for the vendor `code`: `options.push`, of which `android` (or, on `ios`, `ios`) holds for every vendor of the platform
 * and `vendors.<code>` wins over it, property by property. The options were checked when the message was accepted.
 */
export function pushWords(
  { options, expiresAt, account, tag }: PushRequest,
  content: Content,
  code: string,
  now: Date,
): PushWords {
  const push = (options.push ?? {}) as PushOptions;
  const own = { ...push.android, ...push.vendors?.[code] } as AndroidOptions & Record<string, unknown>;
  const { title, text, url, ext } = content;
  const silent = push.type === 'cmd' || (title === undefined && text === undefined && push.image === undefined);
  const until = earliest(expiresAt, dateOf(push.displayUntil));
  const tagKey = account?.settings['tagKey'];
  return {
    silent,
    ...given({
      title,
      text: text ?? push.bigText,
      bigText: push.bigText,
      image: push.image,
      badge: push.badge,
      sound: own.sound,
      channelId: own.channelId,
      collapseKey: push.collapseKey,
      ttlSeconds: until === undefined ? undefined : Math.max(1, Math.round((until.getTime() - now.getTime()) / 1000)),
      displayFrom: dateOf(push.displayFrom),
      displayUntil: dateOf(push.displayUntil),
    }),
    click: clickOf(own, url),
    data: {
      ...(silent ? given({ title, text, url }) : {}),
      ...ext,
      ...(typeof tagKey === 'string' ? { [tagKey]: tag } : {}),
    },
    ios: { ...push.ios, ...(push.vendors?.[code] as IosOptions | undefined) },
    own: { ...push.vendors?.[code] },
  };
}

function clickOf({ clickAction, intent }: AndroidOptions, url: string | undefined): Click {
  if (intent !== undefined && clickAction !== 'open_app') return { to: 'intent', intent };
  if (url === undefined) return { to: 'app' };
  return /^https?:/i.test(url) ? { to: 'url', url } : { to: 'link', url };
}

/** `data` as vendors take it that know strings only: what is no string becomes its JSON. */
export function stringData(data: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** A number for vendors whose replacement key is one: 1 to 2 147 483 647, the same for the same key. */
export function notifyNumber(collapseKey: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(collapseKey)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash % 2_147_483_647) + 1;
}

/** A time to live that the vendor takes. */
export function clampTtl(seconds: number | undefined, { min, max }: { min: number; max: number }): number | undefined {
  return seconds === undefined ? undefined : Math.min(max, Math.max(min, seconds));
}

const earliest = (one: Date | undefined, other: Date | undefined): Date | undefined =>
  one === undefined || other === undefined ? (one ?? other) : one < other ? one : other;

const dateOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

function given<T extends object>(values: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };
}
