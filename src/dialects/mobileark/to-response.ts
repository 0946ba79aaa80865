import type { Problem } from '../../common/problem.js';
import { GATEWAY_ERRORS, type GatewayErrorCode } from './error-table.js';
import { MobilearkError, serviceUnavailable, type SubError } from './wire-error.js';

/** `mobileark.impush`: no word for a part, so "0" says that at least one receiver gets it. */
export interface ImPushReply {
  resultCode: '0' | '1';
  resultMsg: string;
}

/** `mobileark.syspush`: 1 all, 2 a part, 3 nobody. Both lists are there, empty ones too. */
export interface SysPushReply {
  resultCode: '1' | '2' | '3';
  failloginid: string[];
  faildepid: string[];
}

/** `mobileark.smspush` knows success alone; everything else is an error. */
export interface SmsPushReply {
  resultCode: '0';
}

export interface MobilearkFailure {
  code: GatewayErrorCode;
  message: string;
  solution: string;
  subErrors?: readonly SubError[];
}

/** What became of the targets of a push, in the caller's spelling and order. */
export interface PushOutcome {
  accepted: boolean;
  failed: readonly string[];
}

export function toImPushReply({ accepted, failed }: PushOutcome): ImPushReply {
  if (!accepted) return { resultCode: '1', resultMsg: `没有有效的接收者：${failed.join(',')}` };
  return { resultCode: '0', resultMsg: failed.length === 0 ? '成功' : `部分接收者无效：${failed.join(',')}` };
}

/** The sender is checked first: without one nothing is sent, whoever the receivers are. */
export function toUnknownSenderReply(imSender: string): ImPushReply {
  return { resultCode: '1', resultMsg: `发送者不存在：${imSender}` };
}

export function toSysPushReply(accepted: boolean, failloginid: string[], faildepid: string[]): SysPushReply {
  const complete = failloginid.length === 0 && faildepid.length === 0;
  return { resultCode: complete ? '1' : accepted ? '2' : '3', failloginid, faildepid };
}

/** HTTP statuses of Tidings in the gateway's table; what is not here is 1001. */
const NEAREST: Readonly<Record<number, GatewayErrorCode>> = {
  400: '1006',
  401: '1023',
  403: '1002',
  404: '1027',
  405: '1005',
  413: '1031',
  415: '1031',
};

/** Any error as the gateway tells it. `method` is known once the request got that far. */
export function toFailure(problem: Problem, method?: string): MobilearkFailure {
  if (problem instanceof MobilearkError) return failure(problem.wireCode, problem.subErrors);
  const code = NEAREST[problem.status] ?? '1001';
  return failure(code, code === '1001' && method !== undefined ? [serviceUnavailable(method)] : []);
}

function failure(code: GatewayErrorCode, subErrors: readonly SubError[]): MobilearkFailure {
  return { code, ...GATEWAY_ERRORS[code], ...(subErrors.length === 0 ? {} : { subErrors }) };
}
