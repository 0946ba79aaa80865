import { HttpException } from '@nestjs/common';
import { Problem } from '../../common/problem.js';
import type { MediwaySettings } from './mediway-settings.js';

/** The switches that decide how an answer looks. */
export type MediwayReplyStyle = Pick<MediwaySettings, 'codeAsString' | 'mirrorHttpStatus'>;

export interface MediwayBody {
  code: number | string;
  msg: string;
  msgId?: string;
  data?: unknown;
}

export interface MediwayReply {
  httpStatus: number;
  body: MediwayBody;
}

type FailureCode = 400 | 401 | 404 | 500;

const SUCCESS = '操作成功';
/** The appendix 接口状态码. Only a parameter fault is explained further. */
const FAILURES: Readonly<Record<FailureCode, string>> = {
  400: '参数有误',
  401: '身份验证失败',
  404: '请求资源不存在',
  500: '服务器内部错误',
};
/** HTTP statuses of Tidings that are not themselves in the appendix; what is not here either is 500. */
const NEAREST: Readonly<Record<number, FailureCode>> = {
  400: 400,
  401: 401,
  403: 401,
  404: 404,
  405: 404,
  406: 400,
  409: 500,
  413: 400,
  415: 400,
  422: 400,
};
/** Wrong parameters that name a thing there is none of. */
const NAMES_NOTHING: ReadonlySet<string> = new Set(['unknown_channel', 'unknown_template']);
/** The document gives msg as varchar(100). */
const LONGEST_MSG = 100;

/** A push was accepted. */
export function toSuccess(msgId: string, style: MediwayReplyStyle): MediwayReply {
  return { httpStatus: 200, body: { code: wireCode(200, style), msg: SUCCESS, msgId } };
}

/** An answer of the reading extension. */
export function toData(data: unknown, style: MediwayReplyStyle): MediwayReply {
  return { httpStatus: 200, body: { code: wireCode(200, style), msg: SUCCESS, data } };
}

/** Whatever went wrong, in the document's words; a wrong verb alone is also told by the HTTP status. */
export function toFailure(error: unknown, style: MediwayReplyStyle): MediwayReply {
  const status = statusOf(error);
  const code = NEAREST[status] ?? 500;
  const detail = code === 400 && error instanceof Error ? error.message : '';
  const msg = detail === '' ? FAILURES[code] : `${FAILURES[code]}：${detail}`;
  return {
    httpStatus: status === 405 ? 405 : style.mirrorHttpStatus ? code : 200,
    body: { code: wireCode(code, style), msg: shorten(msg) },
  };
}

function wireCode(code: number, style: MediwayReplyStyle): number | string {
  return style.codeAsString ? String(code) : code;
}

/** Nest's own refusals and Fastify's (a body too large, another content type) arrive here as well. */
function statusOf(error: unknown): number {
  if (error instanceof Problem) return NAMES_NOTHING.has(error.code) ? 404 : error.status;
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  return 500;
}

function shorten(msg: string): string {
  const characters = Array.from(msg);
  return characters.length <= LONGEST_MSG ? msg : `${characters.slice(0, LONGEST_MSG - 1).join('')}…`;
}
