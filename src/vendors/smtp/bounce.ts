import { type DeliveryStatus, readDeliveryStatus } from './delivery-status.js';
import { fieldOf, type Fields, type MimePart, readHeader, readMail } from './mime.js';
import { bareAddress } from './smtp-settings.js';

/** A mail that came back. */
export interface Bounce extends DeliveryStatus {
  /** The headers that say whom it came to, one a line: the envelope's sender of the mail that bounced. */
  cameTo: string;
  /** Of the mail that bounced, as far as it is returned: its Message-ID, and its recipient in lower case. */
  messageIds: string[];
  sentTo?: string;
  /** When it was written. */
  at?: Date;
}

const CAME_TO = new Set(['to', 'delivered-to', 'x-delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to']);
const STATUS = new Set(['message/delivery-status', 'message/global-delivery-status']);
const RETURNED = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global-headers',
]);

/** Reads a raw mail; undefined for what is no mail. One that is no bounce tells of no recipient. */
export function readBounce(raw: string): Bounce | undefined {
  const { header, parts } = readMail(raw);
  // No mail is without a sender; a line with a colon in it is not enough.
  if (fieldOf(header, 'from') === undefined) return undefined;
  const written = Date.parse(fieldOf(header, 'date') ?? '');
  return {
    cameTo: header
      .filter(([name]) => CAME_TO.has(name))
      .map(([, value]) => value)
      .join('\n'),
    at: written > 0 ? new Date(written) : undefined,
    ...(fromReport(parts) ?? fromWords(header, parts)),
  };
}

type Told = Pick<Bounce, 'envelopeId' | 'recipients' | 'messageIds' | 'sentTo'>;

/** A report for machines (RFC 3462). */
function fromReport(parts: MimePart[]): Told | undefined {
  const status = parts.find(({ type }) => STATUS.has(type));
  if (status === undefined) return undefined;
  const returned = readHeader(parts.find(({ type }) => RETURNED.has(type))?.body.trimStart() ?? '');
  const messageId = fieldOf(returned, 'message-id');
  const to = fieldOf(returned, 'to');
  return {
    ...readDeliveryStatus(status.body),
    messageIds: messageId === undefined ? [] : [messageId],
    sentTo: to === undefined ? undefined : bareAddress(to).toLowerCase(),
  };
}

/**
 * Older Exim and qmail write to people only. What they write is not read for more than a code: whatever the remote server said stands in
 * it, so that no address is called dead for it. Neither writes so of mail that is merely late.
 */
function fromWords(header: Fields, parts: MimePart[]): Told {
  const words = parts.find(({ type }) => type === 'text/plain')?.body ?? '';
  const isBounce = fieldOf(header, 'x-failed-recipients') !== undefined || /^\s*Hi\. This is the /.test(words);
  if (!isBounce) return { recipients: [], messageIds: [] };
  const [explanation = ''] = words.split(/^---.*copy of/m, 1);
  const code = /(?:\b5\d\d[ -]#?|\(#)(5\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(explanation)?.[1];
  return {
    recipients: [{ action: 'failed', code }],
    messageIds: [...words.matchAll(/^Message-ID:[ \t]*(<[^<>\s]+>)/gim)].map(([, id = '']) => id),
  };
}
