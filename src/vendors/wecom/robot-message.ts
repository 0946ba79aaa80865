import { type ChatWords, inLines, withoutTags } from '../chat/chat-words.js';
import type { RobotMessage } from '../chat/group-robot.js';
import type { Mentions } from '../chat/mentions.js';
import { tooLarge } from '../push/too-large.js';
import type { Outcome } from '../vendor.js';

/** Most bytes of what is shown, by type of message. */
const LARGEST = { text: 2048, markdown: 4096 } as const;

/**
 * A text, which shows the words just as they are: title, text and address. Too long for one, it is markdown, unless somebody is to be
 * mentioned by mobile number, or everybody, which markdown cannot.
 */
export function robotMessage(words: ChatWords, { all, mobiles, ids }: Mentions): RobotMessage {
  const content = withoutTags(inLines(words));
  if (bytesOf(content) > LARGEST.text && !all && mobiles.length === 0)
    return { msgtype: 'markdown', markdown: { content: markdown(words, ids) } };
  const everybody = all ? ['@all'] : [];
  return {
    msgtype: 'text',
    text: { content, mentioned_list: [...everybody, ...ids], mentioned_mobile_list: mobiles },
  };
}

/** Refuses what WeCom would refuse. */
export function messageTooLarge({ text, markdown }: RobotMessage): Outcome | undefined {
  const type = markdown === undefined ? 'text' : 'markdown';
  const { content } = (text ?? markdown) as { content: string };
  return tooLarge(bytesOf(content), LARGEST[type], type);
}

function markdown({ title, text, url }: ChatWords, ids: readonly string[]): string {
  const lines = [
    title === undefined ? '' : `### ${withoutTags(title)}`,
    withoutTags(text),
    url === undefined ? '' : `[${url}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`,
    ids.map((id) => `<@${id}>`).join(' '),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

const bytesOf = (text: string): number => Buffer.byteLength(text);
