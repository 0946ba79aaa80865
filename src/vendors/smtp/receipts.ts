import type { Receipt, ReceiptCall, ReceiptReading } from '../vendor.js';
import { type Bounce, readBounce } from './bounce.js';
import { meansGone } from './codes.js';
import type { RecipientStatus } from './delivery-status.js';
import { idInAddress, idInMessageId, referenceOf } from './mail-id.js';
import type { SmtpSettings } from './smtp-settings.js';

/**
 * Reads a bounce: a raw mail (message/rfc822), as a mail server pipes or a gateway posts it. Whatever is a mail is taken: a server that
 * is refused would send a bounce of the bounce.
 */
export function readReceipts({ account, body, now }: ReceiptCall): ReceiptReading {
  const bounce = readBounce(body);
  if (bounce === undefined) return { receipts: [], answer: { status: 400 } };
  const reference = referenceIn(bounce, account.settings as unknown as SmtpSettings);
  const receipts =
    reference === undefined ? [] : bounce.recipients.flatMap((one) => receiptOf(one, reference, bounce, now) ?? []);
  return { receipts, answer: { status: 204 } };
}

/**
 * The delivery whose mail came back, by the first that names one: where the bounce was sent to, the mail itself, the envelope id. The
 * latter may be one that another server on the way gave.
 */
function referenceIn({ cameTo, envelopeId, messageIds }: Bounce, settings: SmtpSettings): string | undefined {
  const ids = [
    idInAddress(settings, cameTo),
    ...messageIds.map((header) => idInMessageId(settings, header)),
    envelopeId,
  ];
  return ids
    .map((id) => (id === undefined ? undefined : referenceOf(settings, id)))
    .find((reference) => reference !== undefined);
}

/** A mail that is late, or was passed on to where nobody reports, is neither delivered nor failed. */
function receiptOf(status: RecipientStatus, reference: string, bounce: Bounce, now: Date): Receipt | undefined {
  const { action, code = 'bounced' } = status;
  const { at = now } = bounce;
  if (action === 'delivered') return { reference, status: 'delivered', at };
  if (action !== 'failed') return undefined;
  const gone = meansGone(code) && isOurs(status, bounce);
  return { reference, status: gone ? 'address-gone' : 'failed', code, at };
}

/** Whether it is told, for machines, of the address that we know, and not of one that it is forwarded to. */
function isOurs({ original, final }: RecipientStatus, { sentTo, recipients }: Bounce): boolean {
  if (final === undefined) return false;
  const ours = [original, sentTo].filter((address) => address !== undefined);
  return ours.length === 0 ? recipients.length === 1 : ours.includes(final);
}
