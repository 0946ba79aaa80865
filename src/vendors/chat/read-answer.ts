import type { Answered } from '../transport/account-http.js';
import {
  accepted,
  type CodeTable,
  type Judgement,
  judgeRefusal,
  meaningOf,
  type Refusal,
  restSeconds,
  statusRefusal,
  THROTTLED,
} from '../transport/judgement.js';
import { excerpt, jsonObject } from '../transport/read-text.js';
import { word } from '../transport/untrusted.js';

/** Reads what an answer says; code `0` is success. Undefined for what no answer of the vendor's looks like. */
export type ReadAnswer = (answer: Record<string, unknown>) => Refusal | undefined;

/** Reads the `errcode` and `errmsg` of DingTalk and WeCom; `rests` are the seconds for which a code wants the account left alone. */
export const byErrcode =
  (codes: CodeTable, rests: ReadonlyMap<string, number>): ReadAnswer =>
  ({ errcode, errmsg }) => {
    const code = word(errcode);
    if (code === undefined) return undefined;
    const meaning = meaningOf(codes, code) ?? 'rejected';
    return { meaning, code, detail: excerpt(word(errmsg) ?? ''), afterSeconds: rests.get(code) };
  };

/** Why a call was not taken; undefined when it was. */
export function refusalIn(reply: Answered, read: ReadAnswer, now: Date): Refusal | undefined {
  const said = read(jsonObject(reply.text) ?? {});
  if (said === undefined) return statusRefusal(reply, now);
  if (said.code === '0') return undefined;
  const afterSeconds = restSeconds(reply.headers['retry-after'], now) ?? said.afterSeconds;
  return { ...said, meaning: reply.status === 429 ? THROTTLED : said.meaning, afterSeconds };
}

/** Judges replies for everybody they speak of. */
export const judgeBy =
  (read: ReadAnswer) =>
  (reply: Answered, now: Date): Judgement => {
    const refusal = refusalIn(reply, read, now);
    return refusal === undefined ? { outcome: accepted() } : judgeRefusal(refusal);
  };
