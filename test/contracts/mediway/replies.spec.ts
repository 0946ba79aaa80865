import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ID, MediwayFixture } from './fixture.js';

const UNAUTHENTICATED = '{"code":401,"msg":"身份验证失败"}';
const NOT_FOUND = '{"code":404,"msg":"请求资源不存在"}';
const OUR_FAULT = '{"code":500,"msg":"服务器内部错误"}';

describe('how calls are answered', () => {
  let mediway: MediwayFixture;

  beforeAll(async () => {
    mediway = await MediwayFixture.start();
    await mediway.application('locked', 'locked-app', { auth: 'token' });
    await mediway.application('other', 'other-app', { auth: 'token' });
    await mediway.application('strings', 'strings-app', { codeAsString: true, mirrorHttpStatus: true });
    await mediway.application('elsewhere', 'elsewhere-app', { allowedAddresses: ['10.0.0.0/8'] });
    await mediway.application('here', 'here-app', { allowedAddresses: ['10.0.0.0/8', '127.0.0.1'] });
    await mediway.application('broken', 'broken-app', { auth: 'tokn' });
  });
  afterAll(() => mediway.close());

  const push = {
    receiverType: 'specified',
    receiverData: { user: ['USER001'] },
    channelData: { '1002': { content: 'c' } },
  };
  const answer = async (body: object, headers?: Record<string, string>, query = ''): Promise<[number, string]> => {
    const { status, text } = await mediway.post(`push/channel${query}`, { ...push, ...body }, headers);
    return [status, text];
  };
  const accepted = [200, expect.stringMatching(/^\{"code":200,"msg":"操作成功","msgId":"\d+"\}$/)];

  it('H23, H24, H25, H26, H37: a failure is strict JSON of code and msg, and nothing else', async () => {
    const body = { receiverType: undefined, appId: APP_ID };
    expect(await answer(body)).toEqual([200, '{"code":400,"msg":"参数有误：receiverType: is required"}']);
  });

  it('H38: every message has an id of its own', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => mediway.post('push/channel', { appId: APP_ID, ...push })),
    );
    expect(new Set(ids.map(({ body }) => body.msgId)).size).toBe(5);
  });

  describe('who calls', () => {
    it('H1: an unknown appId is 401, none at all is a wrong parameter', async () => {
      expect(await answer({ appId: '000' })).toEqual([200, UNAUTHENTICATED]);
      expect(await answer({})).toEqual([200, '{"code":400,"msg":"参数有误：appId: is required"}']);
    });

    it('H1: the token is read from four places, the first that has one deciding', async () => {
      const token = await mediway.token('locked');
      const appId = 'locked-app';
      expect(await answer({ appId })).toEqual([200, UNAUTHENTICATED]);
      expect(await answer({ appId }, { authorization: `Bearer ${token}` })).toEqual(accepted);
      expect(await answer({ appId }, { token })).toEqual(accepted);
      expect(await answer({ appId }, { 'access-token': token })).toEqual(accepted);
      expect(await answer({ appId }, {}, `?access_token=${token}`)).toEqual(accepted);
      expect(await answer({ appId }, { authorization: 'Bearer wrong', token })).toEqual([200, UNAUTHENTICATED]);
      expect(await answer({ appId }, { authorization: 'Basic eDp5', token })).toEqual(accepted);
    });

    it("H1: another application's token, another kind of secret and a revoked token are 401", async () => {
      const appId = 'locked-app';
      expect(await answer({ appId }, { token: await mediway.token('other') })).toEqual([200, UNAUTHENTICATED]);
      expect(await answer({ appId }, { token: mediway.organisation.key })).toEqual([200, UNAUTHENTICATED]);
      const path = '/api/v1/applications/locked/credentials';
      const made = (await mediway.native('POST', path, { kind: 'access-token' })) as { id: string; secret: string };
      expect(await answer({ appId }, { token: made.secret })).toEqual(accepted);
      await mediway.native('DELETE', `${path}/${made.id}`);
      await mediway.app.clock.advance(2_001);
      expect(await answer({ appId }, { token: made.secret })).toEqual([200, UNAUTHENTICATED]);
    });

    it('calls come from the allowed addresses only', async () => {
      expect(await answer({ appId: 'elsewhere-app' })).toEqual([200, UNAUTHENTICATED]);
      expect(await answer({ appId: 'here-app' })).toEqual(accepted);
    });

    it('a switched-off application is 401', async () => {
      await mediway.application('off', 'off-app');
      expect(await answer({ appId: 'off-app' })).toEqual(accepted);
      await mediway.native('PATCH', '/api/v1/applications/off', { enabled: false });
      await mediway.app.clock.advance(2_001);
      expect(await answer({ appId: 'off-app' })).toEqual([200, UNAUTHENTICATED]);
    });

    it('mistyped settings open nothing: they are our fault', async () => {
      expect(await answer({ appId: 'broken-app' })).toEqual([200, OUR_FAULT]);
    });
  });

  describe('settings of the application', () => {
    it('H21, H32: codes as strings, and the HTTP status with them, also in failures', async () => {
      const appId = 'strings-app';
      expect(await answer({ appId })).toEqual([
        200,
        expect.stringMatching(/^\{"code":"200","msg":"操作成功","msgId":"\d+"\}$/),
      ]);
      expect(await answer({ appId, channelData: { '9': {} } })).toEqual([404, NOT_FOUND.replace('404', '"404"')]);
      const { status, text } = await mediway.post('push/channel', { appId, receiverType: 'x' });
      expect([status, text]).toEqual([
        400,
        '{"code":"400","msg":"参数有误：receiverType: must be all, specified or custom"}',
      ]);
    });
  });

  describe('H33: verbs and paths', () => {
    it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
      '%s on a path that is POST is HTTP 405 with code 404',
      async (verb) => {
        for (const path of ['push/channel', 'push/template', 'read']) {
          const { status, text } = await mediway.request(verb, path);
          expect([path, status, text]).toEqual([path, 405, NOT_FOUND]);
        }
      },
    );

    it('names the verb to use', async () => {
      const get = await mediway.app.inject({ method: 'GET', url: '/api/openApi/message/push/channel' });
      expect(get.headers.allow).toBe('POST');
      expect(get.headers['content-type']).toBe('application/json; charset=utf-8');
      const post = await mediway.app.inject({ method: 'POST', url: '/api/openApi/message/list' });
      expect([post.statusCode, post.headers.allow, post.payload]).toEqual([405, 'GET', NOT_FOUND]);
    });

    it.each([
      '/api/openApi/message/push/other',
      '/api/openApi/message/push',
      '/api/openApi/',
      '/api/openApi/user/list',
    ])('the unknown path %s is code 404 with HTTP 200', async (path) => {
      for (const verb of ['GET', 'POST']) {
        const { status, text } = await mediway.request(verb, path);
        expect([verb, status, text]).toEqual([verb, 200, NOT_FOUND]);
      }
    });

    it('paths beside the dialect keep their own errors', async () => {
      const reply = await mediway.app.inject({ method: 'GET', url: '/api/openApiX' });
      expect(reply.statusCode).toBe(404);
      expect(reply.headers['content-type']).toContain('application/problem+json');
    });
  });

  it('the API document gives every call, with the printed requests as valid JSON', async () => {
    const reply = await mediway.app.call('GET', '/docs-json/mediway');
    expect(reply.status).toBe(200);
    const { paths } = reply.body as { paths: Record<string, Record<string, unknown>> };
    expect(Object.entries(paths).map(([path, verbs]) => `${Object.keys(verbs).join()} ${path}`)).toEqual([
      'post /api/openApi/message/push/channel',
      'post /api/openApi/message/push/template',
      'post /api/openApi/message/read',
      'get /api/openApi/message/list',
    ]);
    const content = {
      'application/json': { examples: { specified: { value: { appId: APP_ID, senderName: '张三' } } } },
    };
    for (const path of ['push/channel', 'push/template']) {
      expect(paths[`/api/openApi/message/${path}`]?.post).toMatchObject({
        tags: ['Mediway'],
        requestBody: { content },
        responses: {
          200: { content: { 'application/json': { examples: { 200: {}, 400: {}, 401: {}, 404: {}, 500: {} } } } },
        },
      });
    }
  });
});
