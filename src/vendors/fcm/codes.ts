import { type CodeTable, CREDENTIALS, THROTTLED } from '../transport/judgement.js';

/** `errorCode` of an answer's details, or else its `status`. */
export const CODES: CodeTable = {
  UNREGISTERED: 'address-gone',
  UNREGISTERED_FID: 'address-gone',
  INVALID_ARGUMENT: 'rejected', // unless it is the device token that is wrong
  SENDER_ID_MISMATCH: 'address-gone', // the token belongs to another project
  PERMISSION_DENIED: CREDENTIALS,
  QUOTA_EXCEEDED: THROTTLED, // unless it is the quota of the device
  RESOURCE_EXHAUSTED: THROTTLED,
  UNAVAILABLE: 'retry',
  INTERNAL: 'retry',
  // The project lacks the key for APNs or web push: devices of that platform cannot be reached, others can.
  THIRD_PARTY_AUTH_ERROR: 'unreachable',
  APNS_AUTH_ERROR: 'unreachable',
  UNAUTHENTICATED: 'token-expired',
  NOT_FOUND: CREDENTIALS, // there is no such project
};

/** Seconds to rest where Google does not say how long. */
export const USUAL_REST: Readonly<Record<string, number>> = {
  QUOTA_EXCEEDED: 60,
  RESOURCE_EXHAUSTED: 60,
  UNAVAILABLE: 10,
};
