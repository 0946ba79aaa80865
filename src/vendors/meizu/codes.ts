import { type CodeTable, CREDENTIALS, QUOTA, THROTTLED } from '../transport/judgement.js';

/** Codes of an answer's `code`; those of single devices can stand there as well. */
export const CODES: CodeTable = {
  '500': 'retry', // other error
  '1001': 'retry', // system error
  '1003': 'retry', // server busy
  '1005': 'rejected', // parameter not valid
  '1006': CREDENTIALS, // signature not valid
  '110000': CREDENTIALS, // app id not valid
  '110001': CREDENTIALS, // app key not valid
  '110004': 'rejected', // parameter empty
  '110009': CREDENTIALS, // app on the black list
  '110010': THROTTLED, // of a device: pushes are switched off
  '110019': QUOTA,
  '110031': CREDENTIALS, // package name not valid
  '110032': 'rejected', // task id not valid
  '110033': CREDENTIALS, // app secret not valid
  '110051': CREDENTIALS, // more often than the app may
  '110053': 'rejected', // silent pushes of the app are spent; the others are not
};

/** Codes of an answer's `value`, each with the devices that it is about. */
export const DEVICE_CODES: CodeTable = {
  '201': CREDENTIALS, // no right
  '501': 'retry', // database error
  '513': 'retry', // push failed
  '518': THROTTLED,
  '519': THROTTLED, // overloaded
  '520': 'retry', // more than five to this device in a minute
  '110002': 'address-gone', // not subscribed
  '110003': 'address-gone', // not valid
  '110005': 'address-gone', // alias not subscribed
  '110010': 'unreachable', // pushes are switched off
  '110011': 'unreachable', // public pushes of the day to this device
};

/** How long a device that got too many has to be left alone. */
export const FOLDED_CODE = '520';
export const FOLDED_SECONDS = 60;

/** `type` of a receipt. */
export const RECEIPT_TYPES: ReadonlyMap<string, 'delivered' | 'read'> = new Map([
  ['1', 'delivered'],
  ['2', 'read'], // tapped
]);

/** Both of them are asked for. */
export const RECEIPT_TYPE_SUM = 1 + 2;
