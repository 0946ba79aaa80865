import {
  type CodeTable,
  CREDENTIALS,
  judge,
  type Judgement,
  type Meaning,
  meaningOf,
  QUOTA,
  THROTTLED,
} from '../transport/judgement.js';

type ReplyTable = Readonly<Record<number, Meaning>>;

/** Replies about the account, whatever their enhanced code (RFC 4954). */
const ACCOUNT_REPLIES: ReplyTable = {
  530: CREDENTIALS, // authentication required
  534: CREDENTIALS, // mechanism too weak
  535: CREDENTIALS, // credentials invalid
  538: CREDENTIALS, // encryption required
};

/** Enhanced status codes (RFC 3463, 5248, 7372, 7505) in answer to RCPT TO and DATA. */
const RECIPIENT_CODES: CodeTable = {
  '5.1.1': 'address-gone', // no such mailbox
  '5.1.2': 'address-gone', // no such domain
  '5.1.3': 'address-gone', // bad syntax
  '5.1.6': 'address-gone', // moved, no forwarding
  '5.1.10': 'address-gone', // domain takes no mail
  '5.1.7': CREDENTIALS, // sender's address: bad syntax
  '5.1.8': CREDENTIALS, // sender's address: bad domain
  '5.2.1': 'unreachable', // mailbox disabled, may come back
  '5.2.2': 'retry', // mailbox full
  '5.3.4': 'rejected', // too big
  '5.4.5': QUOTA, // daily limit of the sender
  '5.7.8': CREDENTIALS,
  '5.7.9': CREDENTIALS,
  '5.7.57': CREDENTIALS, // Exchange: not authenticated
  '5.7.60': CREDENTIALS, // Exchange: may not send as this sender
  '5.7.139': CREDENTIALS, // Exchange: password sign-in switched off
  '5.7.*': 'rejected', // policy, spam, reputation: never the address's fault
  '4.*': 'retry',
  '5.*': 'rejected',
};

/** In answer to MAIL FROM the server speaks of the sender: nothing there may be held against the recipient. */
const SENDER_CODES: CodeTable = {
  '5.1.*': CREDENTIALS,
  '5.3.4': 'rejected',
  '5.4.5': QUOTA,
  '5.7.*': CREDENTIALS,
  '4.7.*': THROTTLED,
  '4.*': 'retry',
  '5.*': 'rejected',
};

/** Where there is no enhanced code, the number decides, with care: a bare 550 may be policy as well as a dead mailbox. */
const BARE_SENDER_REPLIES: ReplyTable = {
  503: 'retry', // wrong order of commands: a fresh connection may do
  550: CREDENTIALS,
  553: CREDENTIALS,
  554: CREDENTIALS,
};
const BARE_RECIPIENT_REPLIES: ReplyTable = { 503: 'retry' };

/** An answer of the server: `550-5.1.1 No such user`, to the command `RCPT TO`. */
interface SmtpReply {
  responseCode: number;
  response: string;
  command?: string;
}

export function judgeReply({ responseCode, response, command }: SmtpReply): Judgement {
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S)/.exec(response)?.[1];
  const meaning = ACCOUNT_REPLIES[responseCode] ?? replyMeaning(responseCode, enhanced, command === 'MAIL FROM');
  return judge(meaning, enhanced ?? String(responseCode), response);
}

function replyMeaning(reply: number, enhanced: string | undefined, toSender: boolean): Meaning {
  const lasting = reply >= 500 ? 'rejected' : 'retry';
  // A server that answers 450 5.1.1 means the 450: what may pass later is never held against an address.
  if (!enhanced || Number(enhanced[0]) !== Math.floor(reply / 100)) {
    return (toSender ? BARE_SENDER_REPLIES : BARE_RECIPIENT_REPLIES)[reply] ?? lasting;
  }
  return meaningOf(toSender ? SENDER_CODES : RECIPIENT_CODES, enhanced) ?? lasting;
}

/** Whether an enhanced status code, told of a recipient, means that the address is dead. */
export const meansGone = (enhanced: string): boolean => meaningOf(RECIPIENT_CODES, enhanced) === 'address-gone';
