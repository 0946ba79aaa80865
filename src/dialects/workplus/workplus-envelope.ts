import type { DialectEnvelope } from '../../common/dialect-envelope.js';
import { readTolerantJson } from '../tolerant-json.js';
import { toFailure } from './to-response.js';

/** Errors under /v1/ in the document's shape. */
export const WORKPLUS_ENVELOPE: DialectEnvelope = {
  prefix: '/v1/',
  readBody: (text) => (text.trim() === '' ? undefined : readTolerantJson(text)),
  failure(problem) {
    const { httpStatus, body } = toFailure(problem);
    return { status: httpStatus, body: JSON.stringify(body) };
  },
};
