import { Problem } from '../../common/problem.js';

/** A failure as the wire tells it; the HTTP status is 200. */
export interface WireStatus {
  status: number;
  message: string;
}

/** The documented failures that can happen here, in their exact words. */
export const STATUSES = {
  /** No token, an unknown one, an expired one or one that a newer one replaced. */
  tokenNotFound: { status: 10011, message: 'token not found.' },
  mediaFailed: { status: 201400, message: '媒体操作异常' },
  noMedia: { status: 201401, message: '没有对应的媒体' },
  mediaUnsupported: { status: 201402, message: '不支持的媒体操作' },
  uploadFailed: { status: 201404, message: '上传媒体失败' },
  noEmployee: { status: 202012, message: '没有对应的雇员' },
  noApplication: { status: 202102, message: '没有对应的应用' },
  applicationUnsupported: { status: 202103, message: '不支持的应用操作' },
  applicationRefused: { status: 202104, message: '应用认证失败' },
} as const satisfies Record<string, WireStatus>;

/** A wrong parameter; no document gives a code for it. */
export const wrongParameter = (field: string): WireStatus => ({
  status: 10001,
  message: `invalid parameter: ${field}`,
});

/** A call that is answered with one of the documented failures. */
export class Refusal extends Problem {
  constructor(readonly wire: WireStatus) {
    super(400, `workplus_${wire.status}`, wire.message);
  }
}
