import type { WordsPart } from '../sms/sms-words.js';
import { type CodeTable, CREDENTIALS, DOWN, QUOTA, THROTTLED } from '../transport/judgement.js';

/** `Code` of an answer: of the service itself (isv: the caller's side, isp: Alibaba Cloud's), or of the gateway before it. */
export const CODES: CodeTable = {
  'isv.MOBILE_NUMBER_ILLEGAL': 'address-gone',
  'isv.CUSTOMER_REFUSED': 'unreachable', // has unsubscribed
  'isv.BUSINESS_LIMIT_CONTROL': 'retry', // of the number; its message says which limit
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': 'rejected', // mainland number, international template
  'isv.MOBILE_COUNT_OVER_LIMIT': 'rejected',
  'isv.INVALID_PARAMETERS': 'rejected',
  'isv.INVALID_JSON_PARAM': 'rejected',
  'isv.PARAM_LENGTH_LIMIT': 'rejected',
  'isv.PARAM_NOT_SUPPORT_URL': 'rejected',
  'isv.TEMPLATE_MISSING_PARAMETERS': 'rejected',
  'isv.TEMPLATE_PARAMS_ILLEGAL': 'rejected',
  'isv.EXTEND_CODE_ERROR': 'rejected',
  'isv.SMS_CONTENT_ILLEGAL': 'rejected',
  'isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE': 'rejected',
  'isv.UNSUPPORTED_CONTENT': 'rejected',
  'isv.BLACK_KEY_CONTROL_LIMIT': 'rejected', // forbidden word in a param
  'isv.SMS_SIGNATURE_ILLEGAL': CREDENTIALS,
  'isv.SMS_SIGN_ILLEGAL': CREDENTIALS,
  'isv.SIGN_NAME_ILLEGAL': CREDENTIALS,
  'isv.SIGN_STATE_ILLEGAL': CREDENTIALS,
  'isv.SMS_SIGNATURE_SCENE_ILLEGAL': CREDENTIALS, // signature for codes, template for notices
  'isv.SMS_TEMPLATE_ILLEGAL': CREDENTIALS,
  'isv.DAY_LIMIT_CONTROL': QUOTA,
  'isv.MONTH_LIMIT_CONTROL': QUOTA,
  'isv.AMOUNT_NOT_ENOUGH': CREDENTIALS,
  'isv.OUT_OF_SERVICE': CREDENTIALS, // in arrears
  'isv.PRODUCT_UN_SUBSCRIPT': CREDENTIALS,
  'isv.PRODUCT_UNSUBSCRIBE': CREDENTIALS,
  'isv.ACCOUNT_*': CREDENTIALS,
  'isv.SECURITY_FROZEN_ACCOUNT': CREDENTIALS,
  'isv.DENY_IP_RANGE': CREDENTIALS,
  'isv.*': 'rejected',
  'isp.RAM_PERMISSION_DENY': CREDENTIALS,
  'isp.SYSTEM_ERROR': 'retry', // its documentation says to call again
  'isp.*': 'unknown', // such as GATEWAY_ERROR: failed on the way to where it is sent
  InternalError: 'unknown', // "failed while processing the request"
  ServiceUnavailable: DOWN,
  Throttling: THROTTLED,
  'Throttling.*': THROTTLED,
  SignatureDoesNotMatch: CREDENTIALS,
  IncompleteSignature: CREDENTIALS,
  // A new one is made, once.
  SignatureNonceUsed: 'token-expired',
  'InvalidAccessKeyId*': CREDENTIALS,
  'InvalidTimeStamp.*': CREDENTIALS,
  'InvalidSecurityToken*': CREDENTIALS,
  'Forbidden*': CREDENTIALS,
};

/**
 * Says, in an answer or as `err_code` of a report, that the number cannot be one. MOBILE_NOT_ON_SERVICE and INVALID_NUMBER in reports do
 * not: they also stand for a phone that is switched off, out of reach or in arrears.
 */
export const NUMBER_ILLEGAL = 'isv.MOBILE_NUMBER_ILLEGAL';

/** These speak of a number, and of a call to several do not say which. */
export const OF_THE_NUMBER: ReadonlySet<string> = new Set([
  NUMBER_ILLEGAL,
  'isv.CUSTOMER_REFUSED',
  'isv.BUSINESS_LIMIT_CONTROL',
]);

/** What these speak of. */
export const OF_THE_WORDS: ReadonlyMap<string, readonly WordsPart[]> = new Map([
  ['isv.SMS_SIGNATURE_ILLEGAL', ['sign']],
  ['isv.SMS_SIGN_ILLEGAL', ['sign']],
  ['isv.SIGN_NAME_ILLEGAL', ['sign']],
  ['isv.SIGN_STATE_ILLEGAL', ['sign']],
  ['isv.SMS_SIGNATURE_SCENE_ILLEGAL', ['sign', 'template']],
  ['isv.SMS_TEMPLATE_ILLEGAL', ['template']],
]);
