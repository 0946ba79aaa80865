import { deliveryReference } from '../../messages/reference.js';
import { sanitiseInboxHtml } from '../../templates/rendering/inbox-html.js';
import { type InboxPlace, placeText } from '../inbox/inbox-cursor.js';
import type { InboxItem } from '../inbox/inbox-items.js';
import type { LiveMessage } from './events.js';

/** The cursor of a place, as the inbox's own lists write it. */
export const cursorText = (place: InboxPlace): string => Buffer.from(placeText(place), 'latin1').toString('base64url');

/** Many people mostly get the same HTML, which is made safe once for all of them. */
export function sanitiseOnce(): (html: string) => string {
  const known = new Map<string, string>();
  return (html) => {
    const safe = known.get(html) ?? sanitiseInboxHtml(html);
    known.set(html, safe);
    return safe;
  };
}

export function toLiveMessage(item: InboxItem, sanitise: (html: string) => string = sanitiseInboxHtml): LiveMessage {
  const { messageId, channelId, endpointId, channel, content, category, sender, sentAt, readAt } = item;
  return {
    id: deliveryReference(messageId, channelId, endpointId),
    channel,
    title: content.title ?? null,
    text: content.text ?? null,
    html: content.html === undefined ? null : sanitise(content.html),
    url: content.url ?? null,
    ext: content.ext ?? null,
    category,
    sender,
    sentAt: sentAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
    cursor: cursorText(item),
  };
}
