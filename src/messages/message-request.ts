import type { Content } from '../channels/channel-kind.js';

export const PRIORITIES = ['low', 'normal', 'high'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Selectors by code; together they are a union. */
export interface Selectors {
  /** Recipient codes. */
  users?: string[];
  /** Department codes, with everyone in the departments below. */
  departments?: string[];
  posts?: string[];
  roles?: string[];
  tags?: string[];
  /** Paths of department codes from the root down, such as `/232/301/`: everyone at or below the last one. */
  scopes?: string[];
}

/** Which devices of the people get a message. What is not a device (a phone, a mailbox, an inbox) is not touched. */
export interface Devices {
  /** Names of platforms, in any case; absent: all. */
  platforms?: string[];
  /** Of each person's devices on one channel only the one registered last. */
  latestOnly?: boolean;
}

/**
 * Who shall get a message: everyone (`all: true`), or the union of the selectors, less the exclusions.
 * Left out or empty it is nobody, and the request is refused: a broadcast is only ever asked for by name.
 */
export interface Audience extends Selectors {
  all?: boolean;
  /** Endpoint ids. */
  endpoints?: string[];
  /** Aliases of endpoints; whoever bears one at planning gets it. */
  aliases?: string[];
  /** Raw addresses by channel code; each is used on that channel only, known or not. */
  addresses?: Record<string, string[]>;
  /** Names nobody: it narrows what the people named are reached at. Endpoints named one by one are not narrowed. */
  devices?: Devices;
  exclude?: Selectors;
}

/** Which template to use instead of `contents`. */
export interface TemplateUse {
  code: string;
  /** A version to use instead of the published one, for test sends. */
  version?: number;
  /** Values of the template's variables. */
  params: Record<string, unknown>;
  /** Values that hold on one channel only, by channel code; they win over `params`. */
  channelParams?: Record<string, Record<string, unknown>>;
  /** Channel codes to use; absent: every channel of the organisation whose kind the template has content for. */
  channels?: string[];
}

/** One call, whatever API it came through. Codes are not yet resolved. */
export interface MessageRequest {
  audience: Audience;
  /** What to say, by channel code. Exactly one of `contents` and `template` is given. */
  contents?: Record<string, Content>;
  template?: TemplateUse;
  /** Codes of the vendor accounts to try for this message, in order, by channel code; only accounts on the channel's route. */
  routes?: Record<string, string[]>;
  priority?: Priority;
  /** Free word of the caller: `notice`, `reminder` … */
  category?: string;
  sendAt?: Date;
  expiresAt?: Date;
  /** A replay with the same key returns the first answer; with another payload it is refused. */
  dedupKey?: string;
  /** The caller's own id; many messages may share it. */
  correlationId?: string;
  sender?: { code?: string; name?: string };
  options?: Record<string, unknown>;
}

/** Parts of the audience that name nobody; the rest was sent. */
export interface Unresolved {
  users: string[];
  departments: string[];
  posts: string[];
  roles: string[];
  tags: string[];
  scopes: string[];
  endpoints: string[];
  aliases: string[];
}

export interface AcceptedMessage {
  id: string;
  state: 'scheduled' | 'accepted';
  unresolved: Unresolved;
  /** True when an earlier call with the same dedup key made the message. */
  replayed: boolean;
}
