import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { brokenConstraint, isDatabaseAway, sqlState } from '../database/sql-state.js';
import { DIALECT_ENVELOPES, type DialectEnvelope } from './dialect-envelope.js';
import { Conflict, InvalidRequest, Problem, Unavailable } from './problem.js';

/** Turns every error into the caller's own shape: RFC 9457 problem+json, or the envelope of the dialect whose path was called. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(@Inject(DIALECT_ENVELOPES) private readonly envelopes: readonly DialectEnvelope[]) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error);
    if (problem.status >= 500) this.logger.error(`${request.method} ${request.url.split('?')[0]}: ${describe(error)}`);
    if (problem.retryAfter !== undefined) void reply.header('Retry-After', String(problem.retryAfter));
    const envelope = this.envelopes.find(({ prefix }) => request.url.startsWith(prefix));
    if (envelope !== undefined) {
      const { status, body } = envelope.failure(problem, request);
      void reply.status(status).type('application/json; charset=utf-8').send(body);
      return;
    }
    void reply.status(problem.status).type('application/problem+json; charset=utf-8').send(problemBody(problem));
  }
}

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

function problemBody(problem: Problem): string {
  return JSON.stringify({
    type: 'about:blank',
    title: TITLES[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error))
    return new Unavailable('database_unavailable', 'The database cannot be reached at the moment.');
  const fromDatabase = databaseProblem(error);
  if (fromDatabase !== undefined) return fromDatabase;
  if (error instanceof HttpException) return fromHttp(error.getStatus(), error.message);
  if (
    typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  ) {
    return fromHttp(error.statusCode, error instanceof Error ? error.message : 'The request could not be read.');
  }
  return new Problem(500, 'internal_error', 'Something went wrong here; it has been logged.');
}

function databaseProblem(error: unknown): Problem | undefined {
  const constraint = brokenConstraint(error) ?? '';
  switch (sqlState(error)) {
    case '23505': {
      const field = /_(code|client_id|public_id)_key$/
        .exec(constraint)?.[1]
        ?.replace(/_(.)/, (_, letter: string) => letter.toUpperCase());
      return new Conflict(
        'already_exists',
        'Something with this key exists already.',
        field ? [{ path: field, message: 'is already taken' }] : [],
      );
    }
    case '23503':
      return new Conflict('in_use', 'Something else still uses this, or it was just deleted.');
    case '22003':
      return InvalidRequest.at('request', 'holds a number that is out of range');
    case '22P02':
    case '22P05':
    case '22021':
      return InvalidRequest.at('body', 'holds text that cannot be stored (U+0000 or half a surrogate pair)');
    default:
      return undefined;
  }
}

function fromHttp(status: number, message: string): Problem {
  switch (status) {
    case 404:
      return new Problem(404, 'not_found', message.startsWith('Cannot ') ? 'There is no such resource.' : message);
    case 413:
      return new Problem(413, 'body_too_large', 'The request body is larger than this server accepts.');
    case 415:
      return new Problem(415, 'unsupported_media_type', 'The body must be application/json.');
    default:
      return new Problem(status, status === 400 ? 'invalid_request' : 'http_error', message);
  }
}
