import { type CodeTable, CREDENTIALS, THROTTLED } from '../transport/judgement.js';

/** Codes of an answer's `errcode`. */
export const CODES: CodeTable = {
  '-1': 'retry', // system busy
  '40035': 'rejected', // parameter missing
  '43004': 'rejected', // content type wrong
  '130101': THROTTLED, // more than 20 posts in a minute
  '300001': CREDENTIALS, // token missing or unknown
  '300005': CREDENTIALS, // token unknown
  '310000': CREDENTIALS, // keyword, signature, clock or address list does not fit
  '400013': CREDENTIALS, // group dissolved
  '400101': CREDENTIALS, // token unknown
  '400102': CREDENTIALS, // robot switched off
  '400105': 'rejected', // type of message unknown
  '400106': CREDENTIALS, // robot not in the group
  '410100': THROTTLED, // too fast
  '430101': 'rejected', // unsafe link
  '430102': 'rejected', // unfit text
  '430103': 'rejected', // unfit picture
  '430104': 'rejected', // unfit content
  '660026': THROTTLED, // too many in this minute
};

/** A robot that posts too fast is muted for ten minutes. */
export const REST_SECONDS: ReadonlyMap<string, number> = new Map([
  ['130101', 600],
  ['410100', 600],
  ['660026', 60],
]);

/** What the words of a 310000 speak of; the vendor writes them in English or Chinese. */
const CAUSES: readonly (readonly [words: RegExp, cause: string])[] = [
  [/keyword|关键词/i, 'The text lacks the robot’s keyword'],
  [/sign\b|签名/i, 'The secret is not the robot’s'],
  [/timestamp|时间戳/i, 'The clock of this server is more than an hour off'],
  [/\bip\b|whitelist|白名单/i, 'This server’s address is not on the robot’s list'],
];

/** The vendor's words; of a 310000, after what they come to. */
export function explained(code: string, detail: string): string {
  const cause = code === '310000' ? CAUSES.find(([words]) => words.test(detail))?.[1] : undefined;
  return cause === undefined ? detail : `${cause}: ${detail}`;
}
