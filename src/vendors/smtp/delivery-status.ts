import { fieldOf, type Fields, readFields } from './mime.js';

/** What a mail server reports of one recipient (RFC 3464). */
export interface RecipientStatus {
  /** In lower case: `failed`, `delayed`, `delivered`, `relayed`, `expanded`. */
  action: string;
  /** The enhanced status code, the more telling one of the report's own and the remote server's. */
  code?: string;
  /** The address that the mail was sent to, and the one that it ended at, in lower case. */
  original?: string;
  final?: string;
}

export interface DeliveryStatus {
  /** The envelope id that came with the mail (ENVID). */
  envelopeId?: string;
  recipients: RecipientStatus[];
}

/** Reads a part of type message/delivery-status. A group of fields without an action speaks of the mail, not of a recipient. */
export function readDeliveryStatus(text: string): DeliveryStatus {
  const groups = text.split(/\n(?:[ \t]*\n)+/).map(readFields);
  return {
    envelopeId: fieldOf(groups.flat(), 'original-envelope-id'),
    recipients: groups.flatMap((fields) => recipientStatus(fields) ?? []),
  };
}

function recipientStatus(fields: Fields): RecipientStatus | undefined {
  const action = /^[a-z]+/i.exec(fieldOf(fields, 'action') ?? '')?.[0];
  if (action === undefined) return undefined;
  return {
    action: action.toLowerCase(),
    code: codeOf(fields),
    original: addressOf(fieldOf(fields, 'original-recipient')),
    final: addressOf(fieldOf(fields, 'final-recipient')),
  };
}

/** Some servers sum up every refusal as 5.0.0 and leave the words of the remote server in the diagnosis. */
function codeOf(fields: Fields): string | undefined {
  const own = /^[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(fieldOf(fields, 'status') ?? '')?.[0];
  if (own !== undefined && !own.endsWith('.0.0')) return own;
  const diagnosis = fieldOf(fields, 'diagnostic-code') ?? '';
  return /(?:^|;)\s*(?:\d{3}[ -])?#?([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(diagnosis)?.[1] ?? own;
}

/** Of `rfc822; <Ada@example.org>`. */
function addressOf(field: string | undefined): string | undefined {
  const address = field
    ?.slice(field.indexOf(';') + 1)
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .toLowerCase();
  return address === '' ? undefined : address;
}
