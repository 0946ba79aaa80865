import type { Problem } from '../../common/problem.js';
import { Refusal, STATUSES, type WireStatus, wrongParameter } from './statuses.js';

/** The envelope of every success. */
export interface WireSuccess<T> {
  status: 0;
  message: 'Everything is ok.';
  result: T;
}

export interface WireFailure {
  httpStatus: number;
  body: WireStatus;
}

export function toSuccess<T>(result: T): WireSuccess<T> {
  return { status: 0, message: 'Everything is ok.', result };
}

/** Business failures are HTTP 200; a wrong path, a wrong verb and our own faults alone show in the HTTP status. */
export function toFailure(problem: Problem): WireFailure {
  if (problem instanceof Refusal) return { httpStatus: 200, body: problem.wire };
  const { status } = problem;
  if (status >= 500) return { httpStatus: status, body: { status: 500, message: 'Internal Server Error' } };
  switch (status) {
    case 401:
      return { httpStatus: 200, body: STATUSES.tokenNotFound };
    case 403:
    case 409:
      return { httpStatus: 200, body: STATUSES.applicationUnsupported };
    case 404:
      return { httpStatus: 404, body: { status: 404, message: 'Not Found' } };
    case 405:
      return { httpStatus: 405, body: { status: 405, message: 'Method Not Allowed' } };
    default:
      return { httpStatus: 200, body: wrongParameter(problem.errors[0]?.path ?? 'body') };
  }
}
