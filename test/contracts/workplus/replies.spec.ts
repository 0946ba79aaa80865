import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ID, textPush, TOKEN_NOT_FOUND, WorkPlusFixture } from './fixture.js';

const NOT_FOUND = '{"status":404,"message":"Not Found"}';
const NOT_ALLOWED = '{"status":405,"message":"Method Not Allowed"}';
const PATHS: readonly [path: string, verbs: string][] = [
  ['/v1/token', 'POST'],
  ['/v1/apps/mbox', 'POST'],
  ['/v1/apps/mbox/x', 'GET'],
  ['/v1/medias', 'POST'],
  ['/v1/medias/images', 'GET, POST'],
  ['/v1/medias/x/info', 'GET'],
  ['/v1/medias/images/x', 'GET'],
  ['/v1/templates', 'GET, POST'],
  ['/v1/templates/x', 'GET, POST'],
];

/** As much of an API document as is looked at here. */
interface ApiDocument {
  paths: Record<
    string,
    { post?: { requestBody: { content: Record<string, { examples?: Record<string, { value: object }> }> } } }
  >;
}

describe('how calls are answered', () => {
  let workplus: WorkPlusFixture;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start();
  });
  afterAll(() => workplus.close());

  describe('W2: the token', () => {
    const push = async (path: string, change: object, headers?: Record<string, string>): Promise<number> =>
      (await workplus.post(path, textPush(change), headers)).body.status;

    it('is looked for in the query, then in the body, then in the header', async () => {
      const { token } = workplus;
      const [wrong, bearer] = ['0'.repeat(32), { authorization: `Bearer ${token}` }];
      expect(await push(`/v1/apps/mbox?access_token=${token}`, { access_token: wrong })).toBe(0);
      expect(await push(`/v1/apps/mbox?access_token=${wrong}`, { access_token: token }, bearer)).toBe(10011);
      expect(await push('/v1/apps/mbox?access_token=', { access_token: token })).toBe(0);
      expect(await push('/v1/apps/mbox', { access_token: wrong }, bearer)).toBe(10011);
      expect(await push('/v1/apps/mbox', {}, bearer)).toBe(0);
    });

    it.each([
      ['missing', ''],
      ['blank', '?access_token=%20'],
      ['unknown', '?access_token=b646339e2f4f4234af6bae5f72db9879'],
      ['given twice', '?access_token=a&access_token=b'],
      ['too long', `?access_token=${'a'.repeat(10_000)}`],
    ])('W35: %s, it is 10011 on every route, with HTTP 200', async (_name, query) => {
      for (const [path, verbs] of PATHS.slice(1)) {
        for (const verb of verbs.split(', ')) {
          const payload = verb === 'POST' ? JSON.stringify(textPush()) : undefined;
          const type = { 'content-type': 'application/json' };
          const { http, text } = await workplus.request(verb, `${path}${query}`, payload ? type : {}, payload);
          expect([verb, path, http, text]).toEqual([verb, path, 200, JSON.stringify(TOKEN_NOT_FOUND)]);
        }
      }
    });

    it('of the native API opens nothing here', async () => {
      expect(await push(`/v1/apps/mbox?access_token=${workplus.organisation.key}`, {})).toBe(10011);
    });
  });

  describe('W37: failures', () => {
    it('are HTTP 200 and have a status and a message, and nothing else', async () => {
      const { http, text, headers } = await workplus.push(textPush({ body: {} }));
      expect([http, text]).toEqual([200, '{"status":10001,"message":"invalid parameter: body.content"}']);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
    });

    it('W33: both documented ones are told in their words', async () => {
      expect((await workplus.post('/v1/apps/mbox', textPush())).text).toBe(
        '{"status":10011,"message":"token not found."}',
      );
      expect((await workplus.push(textPush({ client_ids: ['nobody'] }))).text).toBe(
        '{"status":202012,"message":"没有对应的雇员"}',
      );
    });

    it('202103: the push is switched off with its channel', async () => {
      await workplus.native('PATCH', '/api/v1/channels/app', { enabled: false });
      await workplus.app.clock.advance(2_001);
      expect(await workplus.refusal(textPush())).toEqual({ status: 202103, message: '不支持的应用操作' });
      await workplus.native('PATCH', '/api/v1/channels/app', { enabled: true });
      await workplus.app.clock.advance(2_001);
      expect((await workplus.push(textPush())).body.status).toBe(0);
    });

    it('500: a channel in the settings that is not there is our fault, and shows in the HTTP status', async () => {
      await workplus.application('lost', 'LostKey', { channel: 'nowhere' });
      const token = await workplus.grant('LostKey');
      const { http, text } = await workplus.post(`/v1/apps/mbox?access_token=${token}`, textPush());
      expect([http, text]).toEqual([500, '{"status":500,"message":"Internal Server Error"}']);
    });
  });

  describe('verbs and paths', () => {
    it.each(PATHS)('%s takes %s and says so', async (path, verbs) => {
      for (const verb of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        if (verbs.includes(verb)) continue;
        const { http, text, headers } = await workplus.request(verb, path);
        expect([verb, http, text, headers.allow]).toEqual([verb, 405, NOT_ALLOWED, verbs]);
      }
    });

    it.each(['/v1/', '/v1/tickets/x', '/v1/apps', '/v1/apps/mbox/x/confirm', '/v1/templates/x/y'])(
      'the unknown path %s is HTTP 404',
      async (path) => {
        for (const verb of ['GET', 'POST']) {
          const { http, text } = await workplus.request(verb, path);
          expect([verb, http, text]).toEqual([verb, 404, NOT_FOUND]);
        }
      },
    );

    it('paths beside the dialect keep their own errors', async () => {
      for (const path of ['/v1', '/v1x', '/api/v1/nothing']) {
        const { http, headers } = await workplus.get(path);
        expect([path, http, headers['content-type']]).toEqual([path, 404, 'application/problem+json; charset=utf-8']);
      }
    });
  });

  it('the API document gives every call, with the printed requests as valid JSON', async () => {
    const reply = await workplus.app.call('GET', '/docs-json/workplus');
    expect(reply.status).toBe(200);
    const { paths } = reply.body as { paths: Record<string, Record<string, unknown>> };
    const calls = Object.entries(paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb} ${path}`));
    expect(calls.sort()).toEqual([
      'get /v1/apps/mbox/{id}',
      'get /v1/medias/images/{id}',
      'get /v1/medias/{id}',
      'get /v1/medias/{id}/info',
      'get /v1/templates',
      'get /v1/templates/{id}',
      'post /v1/apps/mbox',
      'post /v1/medias',
      'post /v1/medias/images',
      'post /v1/templates',
      'post /v1/templates/{id}',
      'post /v1/token',
    ]);
    expect(paths['/v1/apps/mbox']?.post).toMatchObject({
      tags: ['WorkPlus'],
      requestBody: {
        content: {
          'application/json': {
            examples: {
              text: { value: { type: 'TEXT' } },
              image: { value: { type: 'IMAGE' } },
              file: { value: { body: { name: 'IMG_0778.GIF' } } },
              article: { value: { type: 'ARTICLE' } },
              template: { value: { type: 'TEMPLATE' } },
            },
          },
        },
      },
      responses: {
        200: { content: { 'application/json': { examples: { 0: {}, 10001: {}, 10011: {}, 202012: {} } } } },
      },
    });
  });

  it('every example of the API document is accepted', async () => {
    const { body } = await workplus.app.call('GET', '/docs-json/workplus');
    const { paths } = body as ApiDocument;
    const examplesOf = (path: string): object[] =>
      Object.values(paths[path]?.post?.requestBody.content['application/json']?.examples ?? {}).map(
        ({ value }) => value,
      );
    for (const grant of examplesOf('/v1/token')) {
      const { body: granted } = await workplus.post('/v1/token', grant);
      expect(granted).toMatchObject({ status: 0, result: { client_id: APP_ID } });
      workplus.token = (granted.result as { access_token: string }).access_token;
    }
    const counts = [];
    for (const path of ['/v1/apps/mbox', '/v1/templates', '/v1/medias', '/v1/medias/images']) {
      const examples = examplesOf(path);
      counts.push(examples.length);
      for (const example of examples) {
        expect((await workplus.post(workplus.path(path), example)).body).toMatchObject({ status: 0 });
      }
    }
    expect([examplesOf('/v1/token').length, ...counts]).toEqual([2, 5, 1, 1, 1]);
  });
});
