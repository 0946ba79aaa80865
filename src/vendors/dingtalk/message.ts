import { type ChatWords, withKeyword } from '../chat/chat-words.js';
import type { RobotMessage } from '../chat/group-robot.js';
import type { Mentions } from '../chat/mentions.js';
import { cut } from '../push/too-large.js';

/** Shown in the list of chats, where there is room for about as much. */
const LONGEST_TITLE = 64;

/**
 * A text; or, with a title or a link, markdown, whose headline is the title and leads to the link. What is markdown in the words
 * themselves is escaped. In markdown, people are mentioned only where they are named, so they are named at the end.
 */
export function robotMessage(words: ChatWords, mentions: Mentions, keyword: string | undefined): RobotMessage {
  const { title, text, url } = words;
  const at = { atMobiles: mentions.mobiles, atUserIds: mentions.ids, isAtAll: mentions.all };
  if (title === undefined && url === undefined)
    return { msgtype: 'text', text: { content: withKeyword(text, keyword) }, at };
  const shown = cut(title ?? text.split('\n', 1)[0] ?? '', LONGEST_TITLE);
  return { msgtype: 'markdown', markdown: { title: shown, text: withKeyword(markdown(words, mentions), keyword) }, at };
}

function markdown({ title, text, url }: ChatWords, { mobiles, ids }: Mentions): string {
  const linked = (words: string): string => (url === undefined ? words : `[${words}](${target(url)})`);
  return [
    title === undefined ? '' : `### ${linked(literal(title))}`,
    literal(text),
    title === undefined && url !== undefined ? linked(literal(url)) : '',
    [...mobiles, ...ids].map((name) => `@${name}`).join(' '),
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** An address that does not end the brackets around it. */
const target = (url: string): string =>
  url.replaceAll(/[()<>\\ ]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Markdown that shows a plain text as it is, line by line. */
const literal = (text: string): string =>
  text
    .replaceAll(/[\\`*_~[\]<]/g, '\\$&')
    .replaceAll(/^([ \t]*)([#>+=-])/gm, '$1\\$2')
    .replaceAll(/\r?\n/g, '  \n');
