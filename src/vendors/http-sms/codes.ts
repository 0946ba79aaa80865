import type { CodeTable } from '../transport/judgement.js';
import { CREDENTIALS, type Meaning, QUOTA, THROTTLED } from '../transport/judgement.js';
import type { SettingsReader } from './settings-reader.js';

/** What the setting `codes` may say of a code of the gateway. */
export const MEANINGS = {
  rejected: 'rejected',
  'address-gone': 'address-gone',
  unreachable: 'unreachable',
  retry: 'retry',
  unknown: 'unknown',
  credentials: CREDENTIALS,
  quota: QUOTA,
  throttled: THROTTLED,
} as const satisfies Record<string, Meaning>;

type MeaningWord = keyof typeof MEANINGS;

/** States of CMPP and SMPP, which most gateways pass on: who has the message … */
export const DELIVERED: readonly string[] = ['DELIVRD'];
/** … and who may still get it. All others (UNDELIV, EXPIRED, REJECTD, MK:0001 …) are failures. */
export const PENDING: readonly string[] = ['ACCEPTD', 'ENROUTE'];

/** Reads `{ "<code>": "<meaning>" }`; a code that ends in `*` stands for all that begin so. */
export function readCodes(reader: SettingsReader): CodeTable {
  const entries = reader.entries().map(([code, word]): [string, Meaning] => {
    if (typeof word === 'string' && Object.hasOwn(MEANINGS, word)) return [code, MEANINGS[word as MeaningWord]];
    reader.complain(code, `must be one of ${Object.keys(MEANINGS).join(', ')}`);
    return [code, 'rejected'];
  });
  return Object.fromEntries(entries);
}
