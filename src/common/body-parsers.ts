import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DialectEnvelope } from './dialect-envelope.js';
import { InvalidRequest, Problem } from './problem.js';

type Done = (error: Error | null, body?: unknown) => void;

/**
 * Reads JSON bodies: strictly, or the way of the dialect whose path was called. Under the prefix `raw` a body stays the text it is,
 * whatever its type.
 */
export function registerBodyParsers(
  fastify: FastifyInstance,
  envelopes: readonly DialectEnvelope[],
  raw?: string,
): void {
  const isRaw = (request: FastifyRequest): boolean => raw !== undefined && request.url.startsWith(raw);
  const dialectOf = (request: FastifyRequest): DialectEnvelope | undefined =>
    envelopes.find(({ prefix }) => request.url.startsWith(prefix));
  const read = (request: FastifyRequest, body: string | Buffer, done: Done): void => {
    if (isRaw(request)) return done(null, body.toString());
    try {
      const readBody = dialectOf(request)?.readBody ?? readJsonBody;
      done(null, readBody(body.toString()));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  };
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(['application/json', 'application/problem+json'], { parseAs: 'string' }, read);
  fastify.addContentTypeParser(
    '*',
    { parseAs: 'string' },
    (request: FastifyRequest, body: string | Buffer, done: Done) => {
      // Callers of a dialect may leave the content type out; the native API says what it accepts.
      if (isRaw(request) || dialectOf(request) !== undefined) return read(request, body, done);
      if (body.length === 0) return done(null, undefined);
      done(new Problem(415, 'unsupported_media_type', 'The body must be application/json.'));
    },
  );
}

/** @throws InvalidRequest `invalid_json` at `body` */
export function readJsonBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return (PROTOTYPE_KEY.test(text) ? JSON.parse(text, dropPrototype) : JSON.parse(text)) as unknown;
  } catch (error) {
    throw new InvalidRequest(
      [
        {
          path: 'body',
          message: `is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'unreadable'}`,
        },
      ],
      'invalid_json',
    );
  }
}

/** `__proto__`, however it is escaped; asking each value, as `dropPrototype` does, takes many times as long as reading. */
const PROTOTYPE_KEY =
  /(?:_|\\u005f){2}(?:p|\\u0070)(?:r|\\u0072)(?:o|\\u006f)(?:t|\\u0074)(?:o|\\u006f)(?:_|\\u005f){2}/i;

/** A `__proto__` key would change what the parsed object inherits once it is copied. */
function dropPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
