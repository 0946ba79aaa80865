import type { DialectEnvelope } from '../../common/dialect-envelope.js';
import { readTolerantJson } from '../tolerant-json.js';
import type { MediwayRequest } from './mediway-access.js';
import { MEDIWAY_DEFAULTS } from './mediway-settings.js';
import { toFailure } from './to-response.js';

/** Errors under /api/openApi/ in the document's shape; before the application is known, in its default style. */
export const MEDIWAY_ENVELOPE: DialectEnvelope = {
  prefix: '/api/openApi/',
  readBody: readTolerantJson,
  failure(problem, request: MediwayRequest) {
    const { httpStatus, body } = toFailure(problem, request.mediwaySettings ?? MEDIWAY_DEFAULTS);
    return { status: httpStatus, body: JSON.stringify(body) };
  },
};
