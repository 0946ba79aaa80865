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
}

/**
 * Who shall get a message: everyone (`all: true`), or the union of the selectors, less the exclusions.
 * Left out or empty it is nobody, and the request is refused: a broadcast is only ever asked for by name.
 */
export interface Audience extends Selectors {
  all?: boolean;
  /** Endpoint ids. */
  endpoints?: string[];
  /** Raw addresses by channel code; each is used on that channel only, known or not. */
  addresses?: Record<string, string[]>;
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
  endpoints: string[];
}

export interface AcceptedMessage {
  id: string;
  state: 'scheduled' | 'accepted';
  unresolved: Unresolved;
  /** True when an earlier call with the same dedup key made the message. */
  replayed: boolean;
}
