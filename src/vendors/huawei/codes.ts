import { type CodeTable, CREDENTIALS, THROTTLED } from '../transport/judgement.js';
import type { Receipt } from '../vendor.js';

/** The push was taken for every token. */
export const SUCCESS = '80000000';
/** The push was taken for some tokens; `msg` names the others. */
export const PARTLY = '80100000';
/** The push was taken for no token; of HarmonyOS, `msg` names them with the reasons. */
export const NO_TOKEN_VALID = '80300007';

/** Codes of an answer that says no to all of a request, of v1, v2 and v3. */
export const CODES: CodeTable = {
  '80100001': 'rejected', // parameter wrong
  '80100003': 'rejected', // structure of the message wrong
  '80100004': 'rejected', // time to live wrong
  '80100013': 'rejected', // collapse key wrong
  '80100016': 'rejected', // sensitive content
  '80100017': THROTTLED, // more than 100 topic tasks at once
  '80100018': CREDENTIALS, // signature under review
  '80100022': 'rejected', // picture not checked
  '80200001': 'token-expired', // authentication failed: no token, or another app's
  '80200003': 'token-expired',
  '80200005': 'token-expired', // JWT expired
  '80300002': CREDENTIALS, // push not switched on, or the tokens are another app's
  [NO_TOKEN_VALID]: 'rejected', // of a single token, it is gone
  '80300008': 'rejected', // message too large
  '80300010': 'rejected', // number of tokens outside 1 to 1000, or the structure is wrong
  '80300011': CREDENTIALS, // no right to send with high urgency
  '80300013': CREDENTIALS, // receipt address wrong
  '80300029': 'retry', // too many test messages; the others go on
  '80300030': 'rejected', // more than 10 tokens for a test message
  '80300036': CREDENTIALS, // JWT valid for more than a day
  '80300037': CREDENTIALS, // penalty
  '80600003': 'retry', // Huawei's own token service failed
  '81000001': 'retry', // internal error
  // Codes that Huawei adds go by their family.
  '802*': CREDENTIALS,
  '81*': 'retry',
};

/** The reason of tokens that v1 and v2 name without one. */
export const ILLEGAL_TOKEN = 'illegal-token';

/**
 * Why a token was refused. What speaks of the account counts as such only where it holds for several tokens, and for all; a reason that
 * Huawei adds fails the token and leaves it alone.
 */
export const REASONS: CodeTable = {
  [NO_TOKEN_VALID]: 'address-gone',
  [ILLEGAL_TOKEN]: 'address-gone',
  tokenFormatError: 'address-gone',
  noPushTypeRight: CREDENTIALS,
  noRight: CREDENTIALS, // the token's app is not of this project
  appinfoError: CREDENTIALS, // the token's app does not exist
  disableSendHuaweiMsgBecauseOfPenalty: CREDENTIALS,
  countryNotSupport: 'unreachable',
  tokenPlatformNotSupport: 'unreachable', // token of a third party
  atomicUnableSendUnsubscribedMsg: 'rejected',
  differentImgVerifyPolicy: 'rejected',
  notSupportPlayVoice: 'rejected',
  noRightToSendThisLiveNotificationEvent: 'rejected',
};

/** `result` (V2) and `status` (V1) of a receipt: what became of the push on the device. All others mean that it was not shown. */
export const RESULTS: ReadonlyMap<string, Receipt['status']> = new Map([
  ['0', 'delivered'],
  ['2', 'address-gone'], // app not installed
  ['5', 'address-gone'], // token is not on the device
  ['27', 'delivered'], // a silent one, kept on the device until the app runs
]);
