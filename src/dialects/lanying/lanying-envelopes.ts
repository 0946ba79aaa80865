import type { DialectEnvelope } from '../../common/dialect-envelope.js';
import { readTolerantJson } from '../tolerant-json.js';
import { toFailure } from './to-response.js';

/** Calls that say all in the query often come with a JSON content type and no body. */
const readBody = (text: string): unknown => (text.trim() === '' ? undefined : readTolerantJson(text));

/** The product's calls stand under several paths. */
export const LANYING_PREFIXES = ['/push/', '/user/', '/token/'] as const;

/** Errors under each of them, in the product's shape. */
export const LANYING_ENVELOPES: readonly DialectEnvelope[] = LANYING_PREFIXES.map((prefix) => ({
  prefix,
  readBody,
  failure(problem) {
    const { httpStatus, body } = toFailure(problem);
    return { status: httpStatus, body: JSON.stringify(body) };
  },
}));
