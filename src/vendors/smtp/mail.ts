import type { SendMailOptions } from 'nodemailer';
import type { Content } from '../../channels/channel-kind.js';
import { senderAddress, type SmtpSettings } from './smtp-settings.js';
import { textFromHtml } from './text-from-html.js';

/** One mail to one person. The Message-ID is the delivery's reference, so that a repeated send can be recognised. */
export function composeMail(
  settings: SmtpSettings,
  content: Content,
  { reference, address }: { reference: string; address: string },
): SendMailOptions {
  const sender = senderAddress(settings);
  const id = reference.replace(/[^\w.+-]/g, '_');
  return {
    from: settings.from,
    replyTo: settings.replyTo || undefined,
    // as an object, so that it is never read as a list of addresses
    to: { name: '', address },
    envelope: { from: settings.envelopeFrom?.replaceAll('{reference}', id) || sender, to: address },
    messageId: `<${id}@${sender.slice(sender.lastIndexOf('@') + 1)}>`,
    subject: oneLine(content.title ?? ''),
    ...body(content),
    ...unsubscription(settings, id),
  };
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
