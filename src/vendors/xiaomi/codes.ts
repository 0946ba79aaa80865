import { type CodeTable, CREDENTIALS, QUOTA, THROTTLED } from '../transport/judgement.js';
import type { Receipt } from '../vendor.js';

/** Codes of an answer's `code`. */
export const CODES: CodeTable = {
  '-1': 'retry', // unknown error of the server
  '1': 'retry', // send failed
  '10001': 'retry', // system error
  '10002': 'retry', // service paused
  '10003': 'retry', // remote service fails
  '10008': 'rejected', // parameter wrong
  '10012': 'rejected', // request not legal
  '10016': 'rejected', // parameter missing
  '10017': 'rejected', // parameter value not legal
  '10027': THROTTLED,
  '10029': 'rejected', // device not found or illegal; of a single device, it is gone
  '10031': CREDENTIALS, // app not found
  '10034': QUOTA,
  '10036': CREDENTIALS, // no permission
  '10037': CREDENTIALS, // secret expired
  '20209': 'rejected', // message too large
  '20301': 'retry', // send failed
  '21301': CREDENTIALS, // authentication failed
  '21302': CREDENTIALS, // secret wrong
  '21303': CREDENTIALS, // not authorised
  '21305': 'rejected', // app id missing
  '22000': CREDENTIALS, // app disabled
  '22006': CREDENTIALS, // app id not legal
  '22007': CREDENTIALS, // app key not legal
  '22022': CREDENTIALS, // package name not legal
  '22102': 'retry', // message could not be stored
  '26003': THROTTLED,
  '26004': THROTTLED,
  '26006': CREDENTIALS, // app is under review
  '27001': 'rejected', // content does not fit its channel
  '65003': 'rejected', // registration id illegal; of a single device, it is gone
  '65009': 'rejected',
  '65014': 'rejected',
  '65015': 'rejected',
  '65036': 'rejected',
  '65037': 'rejected',
  '65038': 'rejected',
  '200001': QUOTA, // channel_exceed_quota
};

/** Of a call to one device, these speak of that device. */
export const OF_THE_DEVICE: ReadonlySet<string> = new Set(['10029', '65003']);

/** `type` of a receipt: what it says of the devices it names. */
export const RECEIPT_TYPES: ReadonlyMap<string, Receipt['status']> = new Map([
  ['1', 'delivered'],
  ['2', 'read'], // tapped
  ['16', 'address-gone'],
  ['32', 'failed'], // notifications are switched off
  ['64', 'failed'], // filtered
  ['128', 'failed'], // the device's quota of the day is used up
  ['1024', 'failed'], // expired
]);

/** All of them are asked for. */
export const RECEIPT_TYPE_SUM = 1 + 2 + 16 + 32 + 64 + 128 + 1024;
