import type { ChannelKind } from '../channels/channel-kind.js';

/** Longest address in bytes: it stands in an index, whose entries Postgres bounds. */
const LONGEST = 2000;
const PHONE = /^\+?\d{5,20}$/;
const MAILBOX = /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,251}[\p{L}\p{N}])?$/u;

/**
 * The one spelling of an address on a kind of channel, or undefined when it cannot be one: a phone number without blanks and
 * dashes, an e-mail address with its domain in lower case, anything else without surrounding blanks.
 */
export function normaliseAddress(kind: ChannelKind, text: string): string | undefined {
  const address = SPELLING[kind]?.(text) ?? text.trim();
  const possible = PATTERN[kind] ?? /^\P{Cc}+$/u;
  return possible.test(address) && Buffer.byteLength(address) <= LONGEST ? address : undefined;
}

const PATTERN: Partial<Record<ChannelKind, RegExp>> = { sms: PHONE, email: MAILBOX };

const SPELLING: Partial<Record<ChannelKind, (text: string) => string>> = {
  sms: (text) => text.replaceAll(/[\s-]/g, ''),
  email: (text) => {
    const address = text.trim();
    const at = address.lastIndexOf('@');
    return `${address.slice(0, at + 1)}${address.slice(at + 1).toLowerCase()}`;
  },
};

/** What an address of the kind looks like, to finish a sentence. */
export function addressRule(kind: ChannelKind): string {
  if (kind === 'sms') return 'must be a phone number: 5 to 20 digits, perhaps after a "+"';
  if (kind === 'email') return 'must be an e-mail address';
  return `must be 1 to ${LONGEST} bytes without control characters`;
}
