import type { Content } from '../../channels/channel-kind.js';
import { textFromHtml } from '../text-from-html.js';
import { urlProblem } from '../url-problem.js';
import type { Outcome } from '../vendor.js';

/** What a content says in a chat. */
export interface ChatWords {
  /** On one line. */
  title?: string;
  /** Plain text, not empty. */
  text: string;
  /** An http(s) address. */
  url?: string;
}

/**
 * The words of a content; HTML without a text beside it becomes plain text. Left out, since a chat cannot: `ext`, which no application
 * is there for; a `url` that leads into an app or is relative, which no chat opens, or that holds a password. Undefined when nothing is
 * left to be said.
 */
export function chatWords({ title = '', text = '', html = '', url = '' }: Content): ChatWords | undefined {
  const headline = title.replaceAll(/\s+/g, ' ').trim();
  const said = text.trim() || textFromHtml(html);
  if (said === '' && headline === '') return undefined;
  return {
    ...(said === '' ? { text: headline } : { text: said, ...(headline === '' ? {} : { title: headline }) }),
    ...(urlProblem(url) === undefined ? { url } : {}),
  };
}

/** What becomes of a content without words, such as a picture in HTML. */
export const NOTHING_SAID: Outcome = { status: 'rejected', code: 'no-text', detail: 'The content holds no words.' };

/** Title, text and address below each other: chats make the address a link. */
export const inLines = ({ title, text, url }: ChatWords): string =>
  [title, text, url].filter((line) => line !== undefined).join('\n');

/** A text that holds the word which a robot is told to look for; where it does not, the word is its last paragraph. */
export const withKeyword = (text: string, keyword: string | undefined): string =>
  keyword === undefined || text.includes(keyword) ? text : `${text}\n\n${keyword}`;

/** A text in which nothing is a tag or a mention to the chat: an invisible space parts `<` from what would make it one. */
export const withoutTags = (text: string): string => text.replaceAll(/<(?=[@/!a-z])/gi, '<\u200B');
