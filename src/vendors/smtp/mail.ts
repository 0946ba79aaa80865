import type { SendMailOptions } from 'nodemailer';
import type { Content } from '../../channels/channel-kind.js';
import { textFromHtml } from '../text-from-html.js';
import { envelopeSender, headerSafe, mailId, messageId } from './mail-id.js';
import type { SmtpSettings } from './smtp-settings.js';

/**
 * One mail to one person. Its Message-ID, and as far as the settings say its envelope, name the delivery, so that a repeated send and a
 * bounce can be recognised.
 */
export function composeMail(
  settings: SmtpSettings,
  content: Content,
  { reference, address }: { reference: string; address: string },
): SendMailOptions {
  const id = mailId(settings, reference);
  return {
    from: settings.from,
    replyTo: settings.replyTo || undefined,
    // as an object, so that it is never read as a list of addresses
    to: { name: '', address },
    envelope: { from: envelopeSender(settings, id), to: address },
    messageId: messageId(settings, id),
    ...notification(settings, id, address),
    subject: oneLine(content.title ?? ''),
    ...body(content),
    ...unsubscription(settings, headerSafe(reference)),
  };
}

/** Sent only to servers that offer it (RFC 3461). An original recipient beyond ASCII cannot be written as one of type rfc822. */
function notification({ dsn = true }: SmtpSettings, id: string, address: string): SendMailOptions {
  if (!dsn) return {};
  const recipient = /^[\x21-\x7e]+$/.test(address) ? { recipient: address } : {};
  return { dsn: { id, return: 'headers', notify: ['failure', 'delay'], ...recipient } };
}

/** Line breaks would end the header. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function body({ text, html, url }: Content): { text: string; html?: string } {
  const plain = text ?? (html === undefined ? '' : textFromHtml(html));
  if (!url) return { text: plain, html };
  const link = `<p><a href="${escape(url)}">${escape(url)}</a></p>`;
  return {
    text: plain.includes(url) ? plain : `${plain}\n\n${url}`.trimStart(),
    html: html === undefined || html.includes(escape(url)) ? html : `${html}\n${link}`,
  };
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function unsubscription({ unsubscribeUrl }: SmtpSettings, id: string): SendMailOptions {
  if (!unsubscribeUrl) return {};
  return {
    list: { unsubscribe: unsubscribeUrl.replaceAll('{reference}', encodeURIComponent(id)) },
    headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  };
}
