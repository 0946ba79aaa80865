import type { Answered } from '../transport/account-http.js';
import { accepted, type Judgement, judgeRefusal, meaningOf, statusRefusal } from '../transport/judgement.js';
import { excerpt, jsonObject } from '../transport/read-text.js';
import { fieldsOf, word } from '../transport/untrusted.js';
import { CODES, STATUSES } from './codes.js';

const LONGEST_REFERENCE = 100;

/** A flow that was started answers 202 and the name of its run. */
export function judgeAnswer(reply: Answered, now: Date): Judgement {
  if (reply.status < 300)
    return { outcome: accepted(reply.headers['x-ms-workflow-run-id']?.slice(0, LONGEST_REFERENCE)) };
  const { code, message } = fieldsOf(jsonObject(reply.text)?.['error']);
  const refusal = statusRefusal(reply, now, STATUSES);
  const told = word(code) ?? '';
  const meaning = meaningOf(CODES, told);
  const detail = excerpt(word(message) ?? '') || refusal.detail;
  return judgeRefusal(meaning === undefined ? { ...refusal, detail } : { ...refusal, meaning, code: told, detail });
}
