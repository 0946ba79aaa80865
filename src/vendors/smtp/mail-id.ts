import { createHmac, timingSafeEqual } from 'node:crypto';
import { literal } from './mime.js';
import { bareAddress, type SmtpSettings } from './smtp-settings.js';

/** A reference has at most 64 characters, a signature with its dot 13. */
const LONGEST_ID = 77;
const SIGNATURE = /^(.+)\.([0-9a-f]{12})$/;

/**
 * The word by which a mail is known when it bounces: the delivery's reference, safe in a header, in an address and in an envelope
 * id. With a `bounceSecret` it is signed, since references can be guessed and anybody may write a bounce.
 */
export function mailId({ bounceSecret }: SmtpSettings, reference: string): string {
  const id = headerSafe(reference);
  return bounceSecret ? `${id}.${signature(bounceSecret, id)}` : id;
}

/** The reference that such a word holds; undefined when it is not signed as the account wants it. */
export function referenceOf({ bounceSecret }: SmtpSettings, id: string): string | undefined {
  if (!bounceSecret) return id;
  const [, reference, signed] = SIGNATURE.exec(id) ?? [];
  if (reference === undefined || signed === undefined) return undefined;
  return timingSafeEqual(Buffer.from(signed), Buffer.from(signature(bounceSecret, reference))) ? reference : undefined;
}

export const headerSafe = (reference: string): string => reference.replace(/[^\w.+-]/g, '_');

/** Where a bounce of the mail is sent to. */
export const envelopeSender = (settings: SmtpSettings, id: string): string =>
  settings.envelopeFrom?.replaceAll('{reference}', id) || bareAddress(settings.from);

/** The id in a text that names the envelope's sender; undefined when it does not, or the address holds no id. */
export function idInAddress({ envelopeFrom }: SmtpSettings, text: string): string | undefined {
  if (!envelopeFrom?.includes('{reference}')) return undefined;
  const address = bareAddress(envelopeFrom).split('{reference}').map(literal).join(`([\\w.+-]{1,${LONGEST_ID}})`);
  return new RegExp(`(?<![\\w.+=-])${address}(?![\\w.-])`, 'i').exec(text)?.[1];
}

export const messageId = (settings: SmtpSettings, id: string): string => `<${id}@${senderDomain(settings)}>`;

/** The id in a Message-ID; undefined for one of another domain. */
export function idInMessageId(settings: SmtpSettings, header: string): string | undefined {
  const own = new RegExp(`^<([\\w.+-]{1,${LONGEST_ID}})@${literal(senderDomain(settings))}>$`, 'i');
  return own.exec(header.trim())?.[1];
}

function signature(secret: string, id: string): string {
  return createHmac('sha256', secret).update(id).digest('hex').slice(0, 12);
}

function senderDomain({ from }: SmtpSettings): string {
  const sender = bareAddress(from);
  return sender.slice(sender.lastIndexOf('@') + 1);
}
