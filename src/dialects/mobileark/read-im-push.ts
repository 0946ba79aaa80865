import { BusinessParameters, LONGEST_ID } from './business-parameters.js';
import { withoutPrefix } from './im-account.js';
import type { MobilearkSettings } from './mobileark-settings.js';
import type { Parameters } from './parameters.js';

export interface ImPush {
  ecid: string;
  /** An account as the caller writes it, with or without `im_`. */
  imSender: string;
  imSenderName: string;
  imReceiver: string[];
  content: string;
}

const LONGEST_NAME = 48;
const LONGEST_CONTENT = 1_000;
const MOST_BYTES_OVER_RTC = 2_048;
/** Items that are the same receiver in other letters; more than so many of them are no list of people. */
const MOST_SPELLINGS = 10_000;

const lengthOf = (account: string): number => withoutPrefix(account).length;

/**
 * IM推送接口.
 * @throws MobilearkError 1032 or 1033
 */
export function readImPush(parameters: Parameters, { limits, rtcMode }: MobilearkSettings): ImPush {
  const read = new BusinessParameters(parameters);
  const push = {
    ecid: read.organisation(),
    imSender: read.identifier('imSender', LONGEST_ID, lengthOf),
    imSenderName: read.required('imSenderName', LONGEST_NAME),
    imReceiver: read.requiredList('imReceiver', { most: MOST_SPELLINGS, lengthOf }),
    content: read.required('content', LONGEST_CONTENT),
  };
  const people = new Set(push.imReceiver.map((account) => withoutPrefix(account).toLowerCase()));
  if (people.size > limits.receivers) read.reject('imReceiver');
  if (rtcMode && Buffer.byteLength(push.content) > MOST_BYTES_OVER_RTC) read.reject('content');
  read.check();
  return push;
}
