import { CREDENTIALS, type Meaning, QUOTA, THROTTLED } from '../transport/judgement.js';
import type { Receipt } from '../vendor.js';

/** `code` of a refusal. Each call is to one number, so that what is wrong with a number is wrong with the call's. */
export const CODES: Readonly<Record<string, Meaning>> = {
  '14107': THROTTLED, // more messages a second than the account may send
  '20003': CREDENTIALS, // authentication failed
  '20005': CREDENTIALS, // account not active
  '20404': CREDENTIALS, // no such account
  '20429': THROTTLED, // too many requests at once
  '20500': 'retry', // internal error: said by Twilio itself, which has not taken the message
  '20503': 'retry', // service unavailable, the same
  '21211': 'address-gone', // not a valid number
  '21212': CREDENTIALS, // sender not valid
  '21217': 'address-gone', // not a valid number
  '21408': 'unreachable', // the account may not send to this country
  '21602': 'rejected', // no text
  '21603': CREDENTIALS, // no sender
  '21606': CREDENTIALS, // the sender cannot send this
  '21608': 'unreachable', // a trial account may send to verified numbers only: others of its messages go out
  '21610': 'unreachable', // answered STOP
  '21611': THROTTLED, // the sender's queue is full
  '21612': 'unreachable', // no route from this sender to this number
  '21614': 'address-gone', // not a mobile number
  '21617': 'rejected', // longer than 1600 characters
  '21619': 'rejected', // neither text nor template
  '21635': 'address-gone', // a landline
  '21659': CREDENTIALS, // sender is none of the account's
  '21701': CREDENTIALS, // no such Messaging Service
  '21703': CREDENTIALS, // the Messaging Service has no senders
  '21705': CREDENTIALS, // Messaging Service SID not valid
  '63038': QUOTA, // of 24 hours
};

/** `MessageStatus` of a receipt; the others (accepted, queued, sending, sent …) come before these and say nothing new. */
export const STATUSES: ReadonlyMap<string, Receipt['status']> = new Map([
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

/** `ErrorCode` of a failure after which the number need not be tried again: unknown handset, landline. */
export const GONE: ReadonlySet<string> = new Set(['30005', '30006']);
