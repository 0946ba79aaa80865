import { type ChatWords, inLines, withoutTags } from '../chat/chat-words.js';
import { tooLarge } from '../push/too-large.js';
import type { Outcome } from '../vendor.js';

/** In bytes. */
const LARGEST_TEXT = 2048;
const LARGEST_CARD = [
  ['title', 128],
  ['description', 512],
  ['url', 2048],
] as const;

export interface WecomSettings {
  corpId: string;
  corpSecret: string;
  agentId: number;
  safe: boolean;
  enableDuplicateCheck: boolean;
  baseUrl: string;
}

/**
 * The message without its recipients: a card, where there is a title and a link, all fits on one, and it is not confidential; otherwise
 * a text of title, text and address. A text that is too long is refused: WeCom would cut it.
 */
export function appMessage(
  words: ChatWords,
  { agentId, safe, enableDuplicateCheck }: WecomSettings,
): { message: Readonly<Record<string, unknown>> } | { refused: Outcome } {
  const common = { agentid: agentId, enable_duplicate_check: enableDuplicateCheck ? 1 : 0 };
  const card = safe ? undefined : cardOf(words);
  if (card !== undefined) return { message: { ...common, msgtype: 'textcard', textcard: card } };
  const content = withoutTags(inLines(words));
  const refused = tooLarge(Buffer.byteLength(content), LARGEST_TEXT, 'text');
  return refused === undefined
    ? { message: { ...common, safe: safe ? 1 : 0, msgtype: 'text', text: { content } } }
    : { refused };
}

interface Card {
  title: string;
  description: string;
  url: string;
}

function cardOf({ title, text, url }: ChatWords): Card | undefined {
  if (title === undefined || url === undefined) return undefined;
  const card = { title, description: withoutTags(text).replaceAll(/\r?\n/g, '<br>'), url };
  const fits = LARGEST_CARD.every(([field, most]) => Buffer.byteLength(card[field]) <= most);
  return fits ? card : undefined;
}
