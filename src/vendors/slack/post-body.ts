import type { ChatWords } from '../chat/chat-words.js';
import type { RobotMessage } from '../chat/group-robot.js';
import type { Mentions } from '../chat/mentions.js';
import { cut } from '../push/too-large.js';
import { escaped, mrkdwn, sections } from './mrkdwn.js';

const LONGEST_TITLE = 150;
/** Shown where blocks are not: in notifications. */
const LONGEST_FALLBACK = 3_000;

interface Block {
  type: 'header' | 'section';
  text: { type: 'plain_text'; text: string } | { type: 'mrkdwn'; text: string; verbatim: true };
}

/** The title as header, who is mentioned, the text in sections, and the url as a link. Title and text are cut where they are too long. */
export function postBody({ title, text, url }: ChatWords, mentions: Mentions, linkText: string): RobotMessage {
  const link = url === undefined ? '' : linkTo(url, linkText);
  const lines = [mentioned(mentions), ...sections(mrkdwn(text)), link].filter((line) => line !== '');
  const fallback = title === undefined ? text : `${title}\n${text}`;
  return {
    text: escaped(cut(fallback, LONGEST_FALLBACK)),
    blocks: [...(title === undefined ? [] : [header(title)]), ...lines.map(section)],
  };
}

const header = (title: string): Block => ({
  type: 'header',
  text: { type: 'plain_text', text: cut(title, LONGEST_TITLE) },
});

/** Verbatim: Slack would otherwise look for mentions in plain words. */
const section = (text: string): Block => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } });

const mentioned = ({ all, ids }: Mentions): string =>
  [...(all ? ['<!channel>'] : []), ...ids.map((id) => `<@${id}>`)].join(' ');

const linkTo = (url: string, words: string): string =>
  `<${escaped(new URL(url).href).replaceAll('|', '%7C')}|${escaped(words)}>`;
