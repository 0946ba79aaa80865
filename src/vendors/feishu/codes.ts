import { type CodeTable, CREDENTIALS, type Meaning, meaningOf, THROTTLED } from '../transport/judgement.js';

/** Codes of an answer's `code`. */
export const CODES: CodeTable = {
  '9499': 'rejected', // bad request
  '11232': THROTTLED, // too many posts, or a busy minute
  '19001': CREDENTIALS, // hook unknown
  '19002': 'rejected', // parameter wrong
  '19021': CREDENTIALS, // signature wrong, or more than an hour old
  '19022': CREDENTIALS, // address not on the robot's list
  '19024': CREDENTIALS, // keyword missing
};

/** A 9499 with these words counts posts rather than finding fault with one. */
const TOO_MANY = /too many/i;

export const meaningWithWords = (code: string, detail: string): Meaning =>
  code === '9499' && TOO_MANY.test(detail) ? THROTTLED : (meaningOf(CODES, code) ?? 'rejected');
