import { CODES as HUAWEI_CODES, SUCCESS } from '../huawei/codes.js';
import { type CodeTable, CREDENTIALS, type StatusTable, THROTTLED } from '../transport/judgement.js';

/** The push was taken; what Honor says of single tokens stands beside it. */
export const TAKEN: ReadonlySet<string> = new Set(['200', SUCCESS]);

/** Statuses of HTTP that say more here than elsewhere. */
export const STATUSES = {
  401: 'token-expired',
  403: 'token-expired',
  404: CREDENTIALS, // no such app
} as const satisfies StatusTable;

/** Codes of an answer: those of HTTP, and some of Huawei's, whose service Honor's descends from. */
export const CODES: CodeTable = {
  ...STATUSES,
  '400': 'rejected',
  '413': 'rejected',
  '429': THROTTLED,
  '500': 'retry',
  '503': THROTTLED,
  ...HUAWEI_CODES,
  '80100000': 'unknown', // taken for some tokens, and not told for which
};

/** `status` of a receipt. Its other values are not documented and say nothing that could be relied on. */
export const DELIVERED: ReadonlySet<string> = new Set(['0', '40000002']);
