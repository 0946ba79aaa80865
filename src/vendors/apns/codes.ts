import { type CodeTable, CREDENTIALS, THROTTLED } from '../transport/judgement.js';

/** The `reason` of an answer. */
export const CODES: CodeTable = {
  BadCollapseId: 'rejected',
  BadDeviceToken: 'address-gone', // or it belongs to the other environment
  BadExpirationDate: 'rejected',
  BadMessageId: 'rejected',
  BadPriority: 'rejected',
  BadTopic: 'rejected',
  DeviceTokenNotForTopic: 'address-gone',
  DuplicateHeaders: 'rejected',
  IdleTimeout: 'retry',
  InvalidPushType: 'rejected',
  MissingDeviceToken: 'rejected',
  MissingTopic: 'rejected',
  PayloadEmpty: 'rejected',
  TopicDisallowed: CREDENTIALS,
  BadCertificate: CREDENTIALS,
  BadCertificateEnvironment: CREDENTIALS,
  ExpiredProviderToken: 'token-expired',
  Forbidden: CREDENTIALS,
  InvalidProviderToken: CREDENTIALS,
  MissingProviderToken: CREDENTIALS,
  'BadEnvironmentKey*': CREDENTIALS, // BadEnvironmentKeyInToken, …IdInToken: seen in both spellings
  'UnrelatedKeyId*': CREDENTIALS,
  BadPath: 'rejected',
  MethodNotAllowed: 'rejected',
  ExpiredToken: 'address-gone',
  Unregistered: 'address-gone',
  PayloadTooLarge: 'rejected',
  TooManyProviderTokenUpdates: THROTTLED,
  TooManyRequests: 'retry', // to this device
  InternalServerError: 'retry',
  ServiceUnavailable: 'retry',
  Shutdown: 'retry',
};

/** With these the connection ends; the request is to be made on another one. */
export const FAREWELLS: ReadonlySet<string> = new Set(['IdleTimeout', 'Shutdown']);

/** What an account's owner should look at, by how the reason begins. */
const ADVICE: readonly (readonly [reason: string, advice: string])[] = [
  ['BadCertificateEnvironment', 'The certificate is for the other environment (see baseUrl)'],
  ['BadCertificate', 'The certificate is not one for pushes'],
  ['BadEnvironmentKey', 'The key is for the other environment (see baseUrl)'],
  ['ExpiredProviderToken', 'A token that was made just now is called expired: is the clock of this machine right?'],
  ['InvalidProviderToken', 'keyId, teamId and privateKey do not belong together, or the key was revoked'],
  ['TopicDisallowed', 'The key or certificate may not push to this bundleId'],
  ['UnrelatedKeyId', 'The key is of another team or app than the one before it on this connection'],
];

export const adviceOn = (reason: string): string | undefined =>
  ADVICE.find(([beginning]) => reason.startsWith(beginning))?.[1];
