import { type CodeTable, CREDENTIALS, QUOTA, THROTTLED } from '../transport/judgement.js';

/** Codes of an answer's `result`. */
export const CODES: CodeTable = {
  '10000': 'token-expired', // not authorised
  '10040': THROTTLED,
  '10050': 'rejected',
  '10054': 'rejected',
  '10055': 'rejected',
  '10056': 'rejected',
  '10057': 'rejected',
  '10058': 'rejected',
  '10059': 'rejected',
  '10060': 'rejected',
  '10061': 'rejected',
  '10062': 'rejected',
  '10063': 'rejected',
  '10064': 'rejected',
  '10065': 'rejected',
  '10066': 'rejected',
  '10067': 'rejected',
  '10068': 'rejected',
  '10069': 'rejected',
  '10070': 'retry', // operations messages of the day are spent, see RESTS
  '10071': 'retry', // operations messages are not sent at this hour, see RESTS
  '10072': THROTTLED,
  '10073': 'retry', // system messages of the day are spent, see RESTS
  '10085': 'rejected', // words not allowed, or like a test
  '10093': THROTTLED, // too many calls for a token
  '10094': CREDENTIALS,
  '10096': 'rejected', // no such category
  '10097': 'rejected', // category of another class
  '10101': 'rejected', // words not allowed, or like a test
  '10102': 'retry', // system error
  '10103': 'rejected', // words not allowed, or like a test
  '10104': 'rejected', // words not allowed, or like a test
  '10150': 'rejected',
  '10151': 'rejected',
  '10152': 'rejected',
  '10153': 'rejected',
  '10154': 'rejected',
  '10200': CREDENTIALS,
  '10201': CREDENTIALS,
  '10252': 'retry', // lists of the day are spent, see RESTS
  '10254': QUOTA, // messages to all of the day
  '10301': 'rejected',
  '10302': 'rejected', // device not valid; a single one is gone
  // This very try came before: its end is not known. The next try has an id of its own.
  '10303': 'unknown',
  '10305': 'rejected',
  '10306': 'rejected',
  '10352': 'rejected',
  '10353': 'rejected',
  '10471': 'rejected',
  '10473': 'rejected',
  '11000': 'rejected', // class not valid
};

export const INVALID_REG_ID = '10302';

/** What vivo counts and times apart from the rest of an account. */
export type Scope = 'operations' | 'system' | 'list';

/**
 * Codes that close one scope of an account until an hour in China, while it takes the others. Operations messages go out from 7
 * o'clock on. vivo asks not to be called again before, or it will take less.
 */
export const RESTS: ReadonlyMap<string, { scope: Scope; untilHour: number }> = new Map([
  ['10070', { scope: 'operations', untilHour: 7 }],
  ['10071', { scope: 'operations', untilHour: 7 }],
  ['10073', { scope: 'system', untilHour: 0 }],
  ['10252', { scope: 'list', untilHour: 0 }],
]);

/** `status` of a device that a push does not reach. */
export const USER_STATUSES: ReadonlyMap<string, 'address-gone' | 'unreachable' | 'rejected'> = new Map([
  ['1', 'address-gone'], // does not exist
  ['2', 'unreachable'], // uninstalled, or pushes are switched off
  ['3', 'unreachable'], // not seen for 90 days
  ['4', 'rejected'], // no test device, of a test push
]);

/** `ackType` of a receipt. */
export const ACK_TYPES: ReadonlyMap<string, 'delivered'> = new Map([['0', 'delivered']]);
