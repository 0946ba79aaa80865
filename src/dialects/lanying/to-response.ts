import { type Problem, InvalidRequest } from '../../common/problem.js';
import { LANYING_MESSAGES, type LanyingCode, OK } from './lanying-codes.js';
import { LanyingFault } from './lanying-fault.js';

/** 响应体: the three fields of every reply, in the document's order. */
export interface LanyingBody {
  code: number;
  data: unknown;
  message: string | null;
}

export interface LanyingReply {
  httpStatus: number;
  body: LanyingBody;
}

/** A wrong parameter is explained; a hostile one shall not be told back at length. */
const LONGEST_DETAIL = 200;

/** What the transport itself refuses keeps its HTTP status. */
const TRANSPORT: Readonly<Record<number, string>> = { 404: 'Not Found', 405: 'Method Not Allowed' };

export function toSuccess(data: unknown): LanyingBody {
  return { code: OK, data, message: null };
}

/** Whatever went wrong, with HTTP 200 and a code of the table; a path or verb there is none of is told by the HTTP status. */
export function toFailure(problem: Problem): LanyingReply {
  if (problem instanceof LanyingFault) return failure(problem.wire);
  const transport = TRANSPORT[problem.status];
  if (transport !== undefined)
    return { httpStatus: problem.status, body: { code: problem.status, data: null, message: transport } };
  if (problem instanceof InvalidRequest || problem.status < 500) return failure(10002, problem.message);
  return failure(20000);
}

function failure(code: LanyingCode, detail = ''): LanyingReply {
  const message = LANYING_MESSAGES[code];
  return {
    httpStatus: 200,
    body: { code, data: null, message: detail === '' ? message : `${message}：${short(detail)}` },
  };
}

function short(detail: string): string {
  const characters = Array.from(detail);
  return characters.length <= LONGEST_DETAIL ? detail : `${characters.slice(0, LONGEST_DETAIL - 1).join('')}…`;
}
