import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../../common/problem.js';

export const IMPORT_TYPES = ['application/x-ndjson', 'application/ndjson'];
export const IMPORT_PATH = 'api/v1/recipients/import';

const unsupported = (): Problem =>
  new Problem(
    415,
    'unsupported_media_type',
    `An import is sent as ${IMPORT_TYPES.join(' or ')}; other bodies are not.`,
  );

/**
 * Hands the body of an import to its route as a stream, without a limit, and refuses it on every other route.
 * To be called once, before the server listens.
 */
export function registerImportBody(fastify: Pick<FastifyInstance, 'addContentTypeParser'>): void {
  fastify.addContentTypeParser(IMPORT_TYPES, (request: FastifyRequest, payload, done) => {
    if (request.routeOptions.url === `/${IMPORT_PATH}`) done(null, payload);
    else done(unsupported());
  });
}

/** The body of an import as a stream; a body of any other type the server knows has been parsed by now. */
export function importBodyOf(request: FastifyRequest): Readable {
  const { body } = request;
  if (!(body instanceof Readable)) throw unsupported();
  return body;
}
