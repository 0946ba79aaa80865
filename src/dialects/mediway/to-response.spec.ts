import { BadRequestException, MethodNotAllowedException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import * as problems from '../../common/problem.js';
import { toData, toFailure, toSuccess } from './to-response.js';

const style = { codeAsString: false, mirrorHttpStatus: false };

describe('the reply envelope', () => {
  it('H21, H22, H37, H38: success is a number code, the fixed msg and a string msgId, in this order', () => {
    const reply = toSuccess('17', style);
    expect(reply.httpStatus).toBe(200);
    expect(JSON.stringify(reply.body)).toBe('{"code":200,"msg":"操作成功","msgId":"17"}');
    expect(JSON.stringify(toData([], style).body)).toBe('{"code":200,"msg":"操作成功","data":[]}');
  });

  it('H21: codeAsString makes every code a string', () => {
    const strings = { ...style, codeAsString: true };
    expect(toSuccess('17', strings).body.code).toBe('200');
    expect(toFailure(new problems.Unauthenticated(), strings).body.code).toBe('401');
  });

  it.each<[string, unknown, number, string]>([
    ['a parameter fault', problems.InvalidRequest.at('appId', 'is required'), 400, '参数有误：appId: is required'],
    ['a rule of ours', new problems.Conflict('c', 'Twice.'), 500, '服务器内部错误'],
    ['a body too large', new problems.Problem(413, 'c', 'Too large.'), 400, '参数有误：Too large.'],
    ['too much', new problems.Problem(422, 'c', 'Too many.'), 400, '参数有误：Too many.'],
    ["Nest's refusal", new BadRequestException('Bad.'), 400, '参数有误：Bad.'],
    ["Fastify's refusal", Object.assign(new Error('Odd type.'), { statusCode: 415 }), 400, '参数有误：Odd type.'],
    ['no credential', new problems.Unauthenticated(), 401, '身份验证失败'],
    ['not allowed', new problems.Forbidden('No.'), 401, '身份验证失败'],
    ['an unknown template', new problems.NotFound('template', 'X'), 404, '请求资源不存在'],
    ['a template unpublished', problems.InvalidRequest.at('t', 'No.', 'unknown_template'), 404, '请求资源不存在'],
    ['a channel just deleted', problems.InvalidRequest.at('c', 'No.', 'unknown_channel'), 404, '请求资源不存在'],
    ['an unknown path', new NotFoundException('Cannot POST /x'), 404, '请求资源不存在'],
    ['trouble below', new problems.Unavailable('database', 'Away.'), 500, '服务器内部错误'],
    ['a frequency limit', new problems.Problem(429, 'c', 'Slowly.'), 500, '服务器内部错误'],
    ['a bug', new TypeError('secret detail'), 500, '服务器内部错误'],
    ['anything thrown', 'text', 500, '服务器内部错误'],
  ])('H23, H24, H25, H37: %s', (_name, error, code, msg) => {
    const reply = toFailure(error, style);
    // H32: the body tells; HTTP says 200 unless the application wants it mirrored.
    expect(reply).toStrictEqual({ httpStatus: 200, body: { code, msg } });
    expect(Object.keys(reply.body)).toEqual(['code', 'msg']);
    expect(toFailure(error, { ...style, mirrorHttpStatus: true }).httpStatus).toBe(code);
  });

  it('H33: a wrong verb is HTTP 405 with code 404, mirrored or not', () => {
    for (const mirrorHttpStatus of [false, true]) {
      expect(toFailure(new MethodNotAllowedException(), { ...style, mirrorHttpStatus })).toStrictEqual({
        httpStatus: 405,
        body: { code: 404, msg: '请求资源不存在' },
      });
    }
  });

  it('H26: an answer is strict JSON, and msg keeps to the 100 characters of its table', () => {
    const reply = toFailure(problems.InvalidRequest.at('channelData', '错"\n'.repeat(100)), style);
    expect(Array.from(reply.body.msg)).toHaveLength(100);
    expect(reply.body.msg.startsWith('参数有误：channelData: 错')).toBe(true);
    expect(JSON.parse(JSON.stringify(reply.body))).toEqual(reply.body);
  });
});
