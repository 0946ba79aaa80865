import type { WordsPart } from '../sms/sms-words.js';
import { type CodeTable, CREDENTIALS, DOWN, QUOTA, THROTTLED } from '../transport/judgement.js';

/** `Code` of a number's status, or of the error of a whole call. */
export const CODES: CodeTable = {
  'InvalidParameterValue.IncorrectPhoneNumber': 'rejected', // of a number, it is gone
  'FailedOperation.PhoneNumberInBlacklist': 'unreachable', // has unsubscribed
  // Of a number. Half a minute is waited for; an hour or a day is not: the route's next account has limits of its own.
  'LimitExceeded.PhoneNumberThirtySecondLimit': 'retry',
  'LimitExceeded.PhoneNumberOneHourLimit': 'unreachable',
  'LimitExceeded.PhoneNumberDailyLimit': 'unreachable',
  'LimitExceeded.PhoneNumberSameContentDailyLimit': 'unreachable',
  'LimitExceeded.DeliveryFrequencyLimit': 'retry',
  'LimitExceeded.PhoneNumberCountLimit': 'rejected',
  'LimitExceeded.AppDailyLimit': QUOTA,
  'LimitExceeded.AppMainlandChinaDailyLimit': QUOTA,
  'LimitExceeded.AppGlobalDailyLimit': QUOTA,
  'LimitExceeded.DailyLimit': QUOTA,
  'LimitExceeded.*': 'retry',
  'FailedOperation.MarketingSendTimeConstraint': 'retry', // from 8 to 22 o'clock only
  'FailedOperation.ContainSensitiveWord': 'rejected',
  'FailedOperation.FailResolvePacket': 'rejected',
  'FailedOperation.JsonParseFail': 'rejected',
  'FailedOperation.TemplateParamSetNotMatchApprovedTemplate': 'rejected',
  'FailedOperation.SignatureIncorrectOrUnapproved': CREDENTIALS,
  'FailedOperation.TemplateIncorrectOrUnapproved': CREDENTIALS,
  'FailedOperation.TemplateUnapprovedOrNotExist': CREDENTIALS,
  'FailedOperation.InsufficientBalanceInSmsPackage': CREDENTIALS,
  'FailedOperation*': 'rejected',
  'InvalidParameterValue.SdkAppIdNotExist': CREDENTIALS,
  'InvalidParameter*': 'rejected',
  'MissingParameter*': 'rejected',
  'UnknownParameter*': 'rejected',
  'UnsupportedOperation*': 'rejected',
  UnsupportedRegion: CREDENTIALS,
  'UnauthorizedOperation*': CREDENTIALS,
  'AuthFailure*': CREDENTIALS,
  IpInBlacklist: CREDENTIALS,
  IpNotInWhitelist: CREDENTIALS,
  'RequestLimitExceeded*': THROTTLED,
  'InternalError.SigVerificationFail': CREDENTIALS,
  'InternalError.SigFieldMissing': CREDENTIALS,
  'InternalError.RequestTimeException': CREDENTIALS, // wrong clock
  'InternalError.JsonParseFail': 'rejected',
  'InternalError.RestApiInterfaceNotExist': 'rejected',
  'InternalError*': 'unknown', // such as Timeout: it may have been sent
  'ResourceUnavailable*': DOWN,
  'ResourceInsufficient*': DOWN,
  'ServiceUnavailable*': DOWN,
};

/** Said of a number alone, this says that it is none. */
export const DEAD_NUMBER = 'InvalidParameterValue.IncorrectPhoneNumber';

/** What these speak of. */
export const OF_THE_WORDS: ReadonlyMap<string, readonly WordsPart[]> = new Map([
  ['FailedOperation.SignatureIncorrectOrUnapproved', ['sign']],
  ['FailedOperation.TemplateIncorrectOrUnapproved', ['template']],
  ['FailedOperation.TemplateUnapprovedOrNotExist', ['template']],
]);

/**
 * `errmsg` of a report that says the number does not exist. What UNDELIV, EXPIRED and most codes of the carriers stand for is a phone
 * that is switched off as well.
 */
export const DEAD_IN_REPORT: ReadonlySet<string> = new Set([
  'MK:0001', // China Mobile: unknown to its register of subscribers
]);
