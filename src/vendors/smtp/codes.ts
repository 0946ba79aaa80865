import type { AccountVerdict, Outcome } from '../vendor.js';

type Verdict = 'address-gone' | 'rejected' | 'retry' | 'unreachable' | { account: AccountVerdict['problem'] };

const CREDENTIALS = { account: 'credentials' } as const;
const THROTTLED = { account: 'throttled' } as const;
const QUOTA = { account: 'quota' } as const;

/** Replies about the account, whatever their enhanced code (RFC 4954). */
const ACCOUNT_REPLIES: Readonly<Record<number, Verdict>> = {
  530: CREDENTIALS, // authentication required
  534: CREDENTIALS, // mechanism too weak
  535: CREDENTIALS, // credentials invalid
  538: CREDENTIALS, // encryption required
};

/** Enhanced status codes (RFC 3463, 5248, 7372, 7505) in answer to RCPT TO and DATA; the first line that fits decides. */
const RECIPIENT_CODES: readonly (readonly [code: string, verdict: Verdict])[] = [
  ['5.1.1', 'address-gone'], // no such mailbox
  ['5.1.2', 'address-gone'], // no such domain
  ['5.1.3', 'address-gone'], // bad syntax
  ['5.1.6', 'address-gone'], // moved, no forwarding
  ['5.1.10', 'address-gone'], // domain takes no mail
  ['5.1.7', CREDENTIALS], // sender's address: bad syntax
  ['5.1.8', CREDENTIALS], // sender's address: bad domain
  ['5.2.1', 'unreachable'], // mailbox disabled, may come back
  ['5.2.2', 'retry'], // mailbox full
  ['5.3.4', 'rejected'], // too big
  ['5.4.5', QUOTA], // daily limit of the sender
  ['5.7.8', CREDENTIALS],
  ['5.7.9', CREDENTIALS],
  ['5.7.57', CREDENTIALS], // Exchange: not authenticated
  ['5.7.60', CREDENTIALS], // Exchange: may not send as this sender
  ['5.7.139', CREDENTIALS], // Exchange: password sign-in switched off
  ['5.7.*', 'rejected'], // policy, spam, reputation: never the address's fault
  ['4.*', 'retry'],
  ['5.*', 'rejected'],
];

/** In answer to MAIL FROM the server speaks of the sender: nothing there may be held against the recipient. */
const SENDER_CODES: readonly (readonly [code: string, verdict: Verdict])[] = [
  ['5.1.*', CREDENTIALS],
  ['5.3.4', 'rejected'],
  ['5.4.5', QUOTA],
  ['5.7.*', CREDENTIALS],
  ['4.7.*', THROTTLED],
  ['4.*', 'retry'],
  ['5.*', 'rejected'],
];

/** Where there is no enhanced code, the number decides, with care: a bare 550 may be policy as well as a dead mailbox. */
const BARE_SENDER_REPLIES: Readonly<Record<number, Verdict>> = {
  503: 'retry', // wrong order of commands: a fresh connection may do
  550: CREDENTIALS,
  553: CREDENTIALS,
  554: CREDENTIALS,
};
const BARE_RECIPIENT_REPLIES: Readonly<Record<number, Verdict>> = { 503: 'retry' };

/** A judgement on one target, and on the account where the failure concerns it. */
export interface Judgement {
  outcome: Outcome;
  account?: AccountVerdict;
}

/** An answer of the server: `550-5.1.1 No such user`, to the command `RCPT TO`. */
export interface SmtpReply {
  responseCode: number;
  response: string;
  command?: string;
}

export function judgeReply({ responseCode, response, command }: SmtpReply): Judgement {
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S)/.exec(response)?.[1];
  const code = enhanced ?? String(responseCode);
  const toSender = command === 'MAIL FROM';
  const verdict = ACCOUNT_REPLIES[responseCode] ?? verdictOf(responseCode, enhanced, toSender);
  const detail = response.slice(0, 500);
  if (typeof verdict === 'string') return { outcome: { status: verdict, code, detail } };
  return judgeAccount(verdict.account, code, detail);
}

/** The account is to blame: the target stays untouched and is tried again later. */
export function judgeAccount(problem: AccountVerdict['problem'], code: string, detail: string): Judgement {
  return { outcome: { status: 'retry', code, detail }, account: { problem, code, detail } };
}

function verdictOf(reply: number, enhanced: string | undefined, toSender: boolean): Verdict {
  const lasting = reply >= 500 ? 'rejected' : 'retry';
  // A server that answers 450 5.1.1 means the 450: what may pass later is never held against an address.
  if (!enhanced || Number(enhanced[0]) !== Math.floor(reply / 100)) {
    return (toSender ? BARE_SENDER_REPLIES : BARE_RECIPIENT_REPLIES)[reply] ?? lasting;
  }
  const codes = toSender ? SENDER_CODES : RECIPIENT_CODES;
  return codes.find(([pattern]) => fits(pattern, enhanced))?.[1] ?? lasting;
}

function fits(pattern: string, code: string): boolean {
  return pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern;
}
