import { Problem } from '../../common/problem.js';
import { GATEWAY_ERRORS, type GatewayErrorCode } from './error-table.js';

/** One detail of an error: which parameter, or which rule of the method. */
export interface SubError {
  code: string;
  message: string;
}

/** A refusal in the gateway's own terms. */
export class MobilearkError extends Problem {
  constructor(
    readonly wireCode: GatewayErrorCode,
    readonly subErrors: readonly SubError[] = [],
  ) {
    super(400, `mobileark_${wireCode}`, GATEWAY_ERRORS[wireCode].message);
  }
}

/** Numbers of the business errors; all are ours, since none is documented for pushing. */
const BUSINESS_ERRORS = {
  unknownOrganisation: ['-90001', '机构不存在'],
  noSms: ['-90102', '短信服务未配置'],
  noChannel: ['-90103', '消息通道不可用'],
} as const;

/** 1032, naming every parameter that is missing. */
export function missingParameters(names: readonly string[]): MobilearkError {
  const subErrors = names.map((name) => ({ code: `isv.missing-parameter:${name}`, message: `缺少必要的参数${name}` }));
  return new MobilearkError('1032', subErrors);
}

/** 1033, naming every parameter with a wrong value. The gateway leaves out the last letter of "parameter", and so do we. */
export function invalidParameters(names: readonly string[]): MobilearkError {
  const subErrors = names.map((name) => ({
    code: `isv.invalid-paramete:${name}`,
    message: `参数${name}无效，格式不对、非法值、越界等`,
  }));
  return new MobilearkError('1033', subErrors);
}

/** 1009: the call is well formed, and a rule of the method refuses it. */
export function businessError(method: string, kind: keyof typeof BUSINESS_ERRORS): MobilearkError {
  const [number, message] = BUSINESS_ERRORS[kind];
  return new MobilearkError('1009', [{ code: `isv.${dashed(method)}-service-error:${number}`, message }]);
}

/** What is added to 1001 once the method is known. */
export function serviceUnavailable(method: string): SubError {
  return { code: `isp.${dashed(method)}-service-unavailable`, message: `方法${method}暂时无法完成` };
}

const dashed = (method: string): string => method.replaceAll('.', '-');
