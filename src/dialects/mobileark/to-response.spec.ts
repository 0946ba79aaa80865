import { describe, expect, it } from '@jest/globals';
import {
  Conflict,
  Forbidden,
  InvalidRequest,
  NotFound,
  Problem,
  Unauthenticated,
  Unavailable,
} from '../../common/problem.js';
import { GATEWAY_ERRORS, type GatewayErrorCode } from './error-table.js';
import { toFailure } from './to-response.js';
import { MobilearkError } from './wire-error.js';

/** The table of the gateway, told once more. */
const TABLE: [GatewayErrorCode, string][] = [
  ['1001', '服务不可用/服务目前无法使用，请保存好错误信息并和服务平台管理员联系'],
  ['1002', '开发者权限不足/不足的ISV权限'],
  ['1003', '用户权限不足/用户权限不足，请和管理员联系'],
  ['1004', '图片上传失败/上传失败'],
  ['1005', 'HTTP方法被禁止/请使用合适的HTTP方法（GET或POST）'],
  ['1006', '编码错误/无效的编码，请对使用UTF-8对请求参数值进行编码'],
  ['1007', '请求被禁止/禁止请求，因服务平台已经满负荷，请稍候再试'],
  ['1008', '服务已经作废/方法已过时，请使用新版本或其它替代的方法'],
  ['1009', '业务逻辑出错/请了解服务调用的前置条件，检查是否满足业务逻辑'],
  ['1020', '缺少sessionId参数/将添加会话ID请求参数'],
  ['1021', '无效的sessionId参数/无效的会话,请获取合法的会话'],
  ['1022', '缺少appKey参数/缺少appKey，请向服务端获取合法的appKey'],
  ['1023', '无效的appKey参数/无效的appKey,请使用合法的appKey（由服务提供商授予你）'],
  ['1024', '缺少签名参数/缺少签名参数，请添加签名请求参数'],
  [
    '1025',
    '无效签名/签名无效，请按正确的算法对请求数据进行签名:SHA1(<secret> <paramName1><paramValue><secret>),注意参数列表按字母顺序排列',
  ],
  ['1026', '缺少方法名参数/缺少方法,请添加上服务方法的请求参数'],
  ['1027', '不存在的方法名/无效的方法，请检查服务方法名是否正确'],
  ['1028', '缺少版本参数/缺少版本参数，请指定服务方法的版本号'],
  ['1029', '非法的版本参数/非法的版本号，这个服务方法的版本号是错误的，请检查'],
  ['1030', '不支持的版本号/这个版本号已经不支持，如已经过期，请使用新的服务方法版本'],
  ['1031', '无效报文格式类型/数据格式不正确，请检查'],
  ['1032', '缺少必选参数/请查看根据服务接口，添加必须的参数'],
  ['1033', '非法的参数/请查看根据服务接口对参数格式的要求'],
  ['1034', '用户调用服务的次数超限/等待片刻，稍候再试'],
  ['1035', '会话调用服务的次数超限/退出系统，稍候再试'],
  ['1036', '应用调用服务的次数超限/请检查应用授权访问服务的次数'],
  ['1037', '应用调用服务的频率超限/请降低服务访问的频率'],
];

describe('toFailure', () => {
  it('knows the 27 errors of the table and no more', () => {
    expect(Object.keys(GATEWAY_ERRORS)).toEqual(TABLE.map(([code]) => code));
    expect(TABLE).toHaveLength(27);
  });

  it.each(TABLE)('%s', (code, words) => {
    const [message, solution] = words.split('/');
    expect(JSON.stringify(toFailure(new MobilearkError(code)))).toBe(JSON.stringify({ code, message, solution }));
  });

  it.each<[string, Problem]>([
    ['1006', InvalidRequest.at('body', 'cannot be read')],
    ['1023', new Unauthenticated()],
    ['1002', new Forbidden('not allowed')],
    ['1027', new NotFound('path', 'x')],
    ['1005', new Problem(405, 'http_error', 'x')],
    ['1031', new Problem(413, 'body_too_large', 'x')],
    ['1031', new Problem(415, 'unsupported_media_type', 'x')],
    ['1001', new Conflict('in_use', 'x')],
    ['1001', new Unavailable('database_unavailable', 'x')],
    ['1001', new Problem(500, 'internal_error', 'secret detail')],
  ])('is %s for what comes from elsewhere, without its words', (code, problem) => {
    const failure = toFailure(problem);
    expect(failure).toEqual({ code, ...GATEWAY_ERRORS[code as GatewayErrorCode] });
    expect(JSON.stringify(failure)).not.toContain('secret detail');
  });

  it('names the method of what broke', () => {
    expect(toFailure(new Problem(500, 'internal_error', 'x'), 'mobileark.impush').subErrors).toEqual([
      { code: 'isp.mobileark-impush-service-unavailable', message: '方法mobileark.impush暂时无法完成' },
    ]);
    expect(toFailure(new NotFound('path', 'x'), 'mobileark.impush')).not.toHaveProperty('subErrors');
  });
});
