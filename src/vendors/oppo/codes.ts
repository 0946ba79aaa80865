import { type CodeTable, CREDENTIALS, QUOTA, THROTTLED } from '../transport/judgement.js';
import type { Receipt } from '../vendor.js';

/** Codes of an answer's `code`, and of the `errorCode` of one message in a batch. */
export const CODES: CodeTable = {
  '-1': 'retry', // service unavailable
  '-2': THROTTLED, // service in flow control
  '11': 'token-expired', // auth_token not valid
  '12': 'rejected', // HTTP action not allowed
  '13': THROTTLED, // app call limited
  '14': CREDENTIALS,
  '15': CREDENTIALS,
  '16': CREDENTIALS,
  '17': CREDENTIALS,
  '18': CREDENTIALS, // timestamp, see CLOCK_CODES
  '19': CREDENTIALS, // timestamp, see CLOCK_CODES
  '25': 'rejected',
  '26': CREDENTIALS,
  '27': CREDENTIALS,
  '28': CREDENTIALS,
  '29': 'token-expired', // auth_token missing
  '30': CREDENTIALS,
  '31': 'rejected',
  '32': 'rejected',
  '33': QUOTA, // pushes of the day
  '34': QUOTA, // pictures of the day
  '40': 'rejected',
  '41': 'rejected', // also a malformed registration id
  '51': 'rejected',
  '54': 'rejected',
  '55': THROTTLED,
  '59': 'rejected',
  '67': 'rejected',
  '10000': 'rejected', // registration id not valid; where it is said of one device, that is gone
};

/** Said of one device, it is gone. */
export const INVALID_REGISTRATION_ID = '10000';

/** Said of the time of a request, which may be ten minutes off at most. */
export const CLOCK_CODES: ReadonlySet<string> = new Set(['18', '19']);

/** `eventType` of a receipt, in lower case. */
export const EVENTS: ReadonlyMap<string, Receipt['status']> = new Map([
  ['push_arrive', 'delivered'],
  ['push_click', 'read'],
  ['regid_invalid', 'address-gone'],
  ['user_daily_limit', 'failed'],
]);
