import type { Content } from '../../../channels/channel-kind.js';

/** A field of the words that an inbox shows. */
export type WordField = 'title' | 'text' | 'html' | 'url';

/** What a body says. */
export interface Said {
  /** The words that an inbox shows. */
  words: Pick<Content, WordField>;
  /** The body as clients get it: known fields under their documented names, in one spelling. */
  body: Record<string, unknown>;
  /** Files that it refers to. */
  mediaIds: string[];
  /** An image that came inside the body and is to be kept as media. */
  image?: Buffer;
  /** Where in the request the words come from, for refusals. */
  places: Partial<Record<WordField, string>>;
}
