import type { Answered } from '../transport/account-http.js';
import {
  accepted,
  type Judgement,
  judgeRefusal,
  judgeUnread,
  meaningOf,
  statusRefusal,
} from '../transport/judgement.js';
import { CODES, STATUSES } from './codes.js';

/** Slack answers with one word: `ok`, or why not. */
export function judgeAnswer(reply: Answered, now: Date): Judgement {
  const { status, text } = reply;
  const word = text.trim();
  if (status < 300) return word === 'ok' ? { outcome: accepted() } : judgeUnread(word);
  const refusal = statusRefusal(reply, now, STATUSES);
  const meaning = meaningOf(CODES, word);
  return judgeRefusal(
    meaning === undefined ? refusal : { ...refusal, meaning, code: word, detail: `Slack answered ${status} ${word}.` },
  );
}
