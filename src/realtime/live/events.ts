/** Where clients connect to, under the server's address. */
export const LIVE_PATH = '/live/socket';

/** What a client gives when it connects, as `auth` of Socket.IO. */
export interface LiveAuth {
  /** From `POST /api/v1/recipients/{key}/live-tokens`. */
  token: string;
  /** The `cursor` of the newest item the client has, or of `ready`; what came after it is sent again. Absent: only what is new. */
  cursor?: string;
}

/** The first event of every connection. */
export interface LiveReady {
  /** Code of the person. */
  recipient: string;
  /** Name of the person. */
  name: string;
  /** Where this connection begins: give it back at the next connection when no item came in between. */
  cursor: string;
}

/** One item of the inbox. It may come twice after a broken connection, always with the same `id`. */
export interface LiveMessage {
  /** Names the item, here and in `/api/v1/recipients/{key}/inbox`. */
  id: string;
  /** Code of the channel it came through. */
  channel: string;
  title: string | null;
  /** Plain text. */
  text: string | null;
  /** Safe to show: formatting, links and images only. */
  html: string | null;
  /** Where a tap leads. */
  url: string | null;
  /** Extra data of the message's caller, as sent. */
  ext: Record<string, unknown> | null;
  category: string;
  sender: { code?: string; name?: string } | null;
  /** ISO 8601. */
  sentAt: string;
  /** ISO 8601; null when unread. */
  readAt: string | null;
  /** The item's place in the inbox: for `auth.cursor`, and for `list`. */
  cursor: string;
}

/** One push to this device. It may come twice, always with the same `id`. */
export interface LivePush {
  /** Names the delivery. */
  id: string;
  title: string | null;
  text: string | null;
  url: string | null;
  ext: Record<string, unknown> | null;
  /** `options.push` of the message, as sent. */
  options: Record<string, unknown>;
}

/** Why a request was not carried out. */
export interface LiveFailure {
  error: { code: string; message: string };
}

/** Answer to `list`: newest first. */
export interface LiveList {
  items: LiveMessage[];
  /** Give it back as `cursor` for older items; null on the last page. */
  nextCursor: string | null;
  /** How many items of the whole inbox are unread. */
  unread: number;
}

/** Answer to `read` and `read-all`: how many items were unread and are read now. */
export interface LiveRead {
  read: number;
}

type Answer<T> = (answer: T | LiveFailure) => void;

/** What Tidings sends. Every `message` and `push` is to be acknowledged by calling `ack`. */
export interface ServerEvents {
  ready: (ready: LiveReady) => void;
  message: (item: LiveMessage, ack: () => void) => void;
  push: (push: LivePush, ack: () => void) => void;
}

/** What a client may send. */
export interface ClientEvents {
  read: (request: { ids: string[] }, answer: Answer<LiveRead>) => void;
  'read-all': (request: Record<string, never>, answer: Answer<LiveRead>) => void;
  list: (request: { cursor?: string; limit?: number }, answer: Answer<LiveList>) => void;
}
