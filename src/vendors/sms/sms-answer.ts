import type { Answered } from '../transport/account-http.js';
import { judge, type Judgement, judgeUnread, statusMeaning } from '../transport/judgement.js';
import { excerpt } from '../transport/read-text.js';
import { isMainland, type Sending } from './send-planned.js';
import type { WordsPart } from './sms-words.js';

/**
 * Whether a code that speaks of these parts of the words is no reason to leave the account alone: the message brought them along, or they
 * are the account's, approved for the mainland, and the number is abroad. Then this message is rejected, and others go on.
 */
export function isNoFaultOfAccount(parts: readonly WordsPart[] | undefined, call: readonly Sending[]): boolean {
  return parts !== undefined && call.some((one) => !isMainland(one) || parts.some((part) => one.words.own[part]));
}

/**
 * Judges an answer that holds no code. An SMS costs money and vendors know no idempotency: unless the status says clearly that it was
 * not taken, nobody knows what became of it.
 */
export function judgeUntold({ status, text }: Answered): Judgement {
  if (status < 300) return judgeUnread(text);
  const meaning = statusMeaning(status);
  return judge(status >= 500 || meaning === 'retry' ? 'unknown' : meaning, `http-${status}`, excerpt(text));
}
