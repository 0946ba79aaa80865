import type { DialectEnvelope } from '../../common/dialect-envelope.js';
import type { MobilearkRequest } from './mobileark-gateway.js';
import { toFailure } from './to-response.js';

/** Errors under /thirdpartaccess in the gateway's shape, always with HTTP 200. Bodies are read by the gateway itself. */
export const MOBILEARK_ENVELOPE: DialectEnvelope = {
  prefix: '/thirdpartaccess',
  readBody: (text) => text,
  failure(problem, request: MobilearkRequest) {
    return { status: 200, body: JSON.stringify(toFailure(problem, request.mobilearkMethod)) };
  },
};
