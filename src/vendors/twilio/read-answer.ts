import { judgeUntold } from '../sms/sms-answer.js';
import type { HttpReply } from '../transport/account-http.js';
import { judge, type Judgement, judgeUnread, restSeconds, statusMeaning } from '../transport/judgement.js';
import { jsonObject } from '../transport/read-text.js';
import { CODES } from './codes.js';

/** What became of the one message of a call: 201 with its SID, or a refusal with a code. */
export function readAnswer(reply: HttpReply & { answered: true }, now: Date): Judgement {
  const { status, headers, text } = reply;
  const { sid, code, message } = jsonObject(text) ?? {};
  if (status < 300 && typeof sid === 'string') return { outcome: { status: 'accepted', vendorReference: sid } };
  if (status < 300) return judgeUnread(text);
  if (typeof code !== 'number') return judgeUntold(reply);
  // A server in trouble may have taken the message all the same, unless it says a code that is known.
  const meaning = CODES[String(code)] ?? (status >= 500 ? 'unknown' : statusMeaning(status));
  const detail = typeof message === 'string' ? message : '';
  return judge(meaning, String(code), detail, restSeconds(headers['retry-after'], now));
}
