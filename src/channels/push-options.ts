/** A number on the application's icon: a fixed one, or so many more than now. */
export type Badge = { set: number } | { add: number };

/**
 * What a push may say beyond its content, under `options.push` of a message. Every vendor takes what it can express and leaves out
 * the rest; `ios` and `android` hold for all vendors of the platform, `vendors` for one and wins over them, property by property.
 */
export interface PushOptions {
  /** `cmd`: handed to the application, and not shown. Default: `text`. */
  type?: 'text' | 'image' | 'cmd';
  /** Shown when the notification is opened wide. */
  bigText?: string;
  /** URL of a picture, https. */
  image?: string;
  badge?: Badge;
  /** Shown between these instants only (ISO 8601), where the vendor can. */
  displayFrom?: string;
  displayUntil?: string;
  /** A later push with the same key takes the place of an earlier one. */
  collapseKey?: string;
  ios?: IosOptions;
  android?: AndroidOptions;
  /** By vendor code (`huawei`, `xiaomi`, `apns` …): what its definition lists as `options`, and what holds for its platform. */
  vendors?: Record<string, AndroidOptions & Record<string, unknown>>;
}

export interface IosOptions {
  sound?: string;
  contentAvailable?: boolean;
  mutableContent?: boolean;
  category?: string;
  threadId?: string;
  subtitle?: string;
  collapseId?: string;
}

export interface AndroidOptions {
  sound?: string;
  channelId?: string;
  /** `open_app`, or `intent` with `intent`. */
  clickAction?: 'open_app' | 'intent';
  intent?: string;
}
