import { type ChatWords, withKeyword } from '../chat/chat-words.js';
import type { RobotMessage } from '../chat/group-robot.js';
import type { Mentions } from '../chat/mentions.js';

/**
 * A `post`: the title above, the text, the link in a line of its own, and who is mentioned in the last one. Its texts are plain, so that
 * nothing in them is a tag.
 */
export function robotMessage({ title, text, url }: ChatWords, mentions: Mentions, keyword?: string): RobotMessage {
  const everybody = mentions.all ? ['all'] : [];
  const lines = [
    [{ tag: 'text', text: withKeyword(text, keyword) }],
    url === undefined ? [] : [{ tag: 'a', text: url, href: url }],
    [...everybody, ...mentions.ids].map((id) => ({ tag: 'at', user_id: id })),
  ].filter((line) => line.length > 0);
  return {
    msg_type: 'post',
    content: { post: { zh_cn: { ...(title === undefined ? {} : { title }), content: lines } } },
  };
}
