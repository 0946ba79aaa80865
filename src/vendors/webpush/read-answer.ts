import { type HttpReply, judgeNoAnswer } from '../transport/account-http.js';
import { type Judgement, judge, restSeconds } from '../transport/judgement.js';
import { excerpt } from '../transport/read-text.js';
import { OTHER_KEY, STATUSES } from './codes.js';

const LONGEST_REFERENCE = 500;

/** What a push service's answer means for the one subscription that was asked for. */
export function readAnswer(reply: HttpReply, now: Date): Judgement {
  if (!reply.answered) {
    return reply.code === 'private-address' ? judge('rejected', reply.code, reply.detail) : judgeNoAnswer(reply);
  }
  const { status, headers, text } = reply;
  if (status >= 200 && status < 300) return { outcome: { status: 'accepted', ...referenceOf(headers['location']) } };
  const detail = excerpt(text) || `The push service answered ${status}.`;
  if (status < 500 && OTHER_KEY.test(text)) return judge('rejected', 'other-vapid-key', detail);
  const meaning = STATUSES[status] ?? (status >= 500 ? 'retry' : 'rejected');
  return judge(meaning, `http-${status}`, detail, restSeconds(headers['retry-after'], now));
}

const referenceOf = (location: string | undefined): { vendorReference?: string } =>
  location === undefined || location.length > LONGEST_REFERENCE ? {} : { vendorReference: location };
