import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ID, failed, type Headers, LanyingFixture, ok, wrong } from './fixture.js';

const MISSING = failed(10003, 'header中缺少access-token参数');
const INVALID = failed(10008, 'header中access-token无效');
const FORBIDDEN = failed(10010, '用户无权限');
const UNKNOWN_APP = failed(40000, 'app_id不存在');
const SWITCHED_OFF = failed(12006, '没有开通推送功能');
const OUR_FAULT = failed(20000, '服务器数据库异常');

describe('who may call', () => {
  let lanying: LanyingFixture;
  let anna: number;
  let user: Headers;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
    anna = await lanying.user('anna');
    user = await lanying.signedIn('anna');
  });
  afterAll(() => lanying.close());

  const list = async (headers: Headers): Promise<string> =>
    (await lanying.post('/push/task/detail', { list: [] }, headers)).text;

  it('L1: a missing access-token is 10003, also an empty one', async () => {
    expect(await list({ app_id: APP_ID })).toBe(MISSING);
    expect(await list({ app_id: APP_ID, 'access-token': ' ' })).toBe(MISSING);
  });

  it("L1: a wrong, another application's, a revoked or another kind of secret is 10008", async () => {
    const other = await lanying.application('other', 'other-app');
    expect(await list(lanying.admin({ 'access-token': 'wrong' }))).toBe(INVALID);
    expect(await list(lanying.admin({ 'access-token': other }))).toBe(INVALID);
    expect(await list(lanying.admin({ 'access-token': lanying.organisation.key }))).toBe(INVALID);
    const path = '/api/v1/applications/im/credentials';
    const made = (await lanying.native('POST', path, { kind: 'access-token' })) as { id: string; secret: string };
    expect(await list(lanying.admin({ 'access-token': made.secret }))).toBe(ok([]));
    await lanying.native('DELETE', `${path}/${made.id}`);
    await lanying.app.clock.advance(2_001);
    expect(await list(lanying.admin({ 'access-token': made.secret }))).toBe(INVALID);
  });

  it('L1: a user token that was changed, is of another application or has expired is 10008', async () => {
    const token = user['access-token'] ?? '';
    const tags = async (headers: Headers): Promise<string> =>
      (await lanying.call('GET', '/user/push/tag', undefined, headers)).text;
    expect(await tags(user)).toBe(ok([]));
    const [payload = '', signature = ''] = token.slice(4).split('.');
    const fields = JSON.parse(Buffer.from(payload, 'base64url').toString()) as unknown[];
    const forged = Buffer.from(JSON.stringify(fields.with(2, String(anna + 1)))).toString('base64url');
    for (const wrongToken of [
      `tdu_${forged}.${signature}`,
      `tdu_${payload}.`,
      `tdu_${payload}`,
      `tdu_${payload}.${signature}.x`,
      `tdu_.${signature}`,
      'tdu_',
      `tdu_${'x'.repeat(3_000)}`,
    ])
      expect(await tags({ ...user, 'access-token': wrongToken })).toBe(INVALID);
    await lanying.application('third', 'third-app');
    expect(await tags({ ...user, app_id: 'third-app' })).toBe(INVALID);
    const month = 30 * 86_400_000;
    const fresh = await lanying.signedIn('anna');
    await lanying.app.clock.advance(month - 1);
    expect(await tags(fresh)).toBe(ok([]));
    await lanying.app.clock.advance(1);
    expect(await tags(fresh)).toBe(INVALID);
    user = await lanying.signedIn('anna');
  });

  it('L1: a person who was switched off or deleted is 10008', async () => {
    await lanying.user('eve');
    const eve = await lanying.signedIn('eve');
    const badge = async (): Promise<string> => (await lanying.call('GET', '/user/push/badge', undefined, eve)).text;
    expect(await badge()).toBe(ok(0));
    await lanying.native('PATCH', '/api/v1/recipients/eve', { enabled: false });
    expect(await badge()).toBe(INVALID);
    await lanying.native('PATCH', '/api/v1/recipients/eve', { enabled: true });
    expect(await badge()).toBe(ok(0));
    await lanying.native('DELETE', '/api/v1/recipients/eve');
    expect(await badge()).toBe(INVALID);
  });

  it('L2: headers may be written with a hyphen or an underscore, in any case', async () => {
    const token = lanying.adminToken;
    expect(await list({ 'app-id': APP_ID, access_token: token })).toBe(ok([]));
    expect(await list({ 'App-Id': APP_ID, 'Access-Token': token, 'User-Id': '1', 'Group-Id': '2' })).toBe(ok([]));
    expect(await list({ APP_ID, 'ACCESS-TOKEN': token, user_id: 'x' })).toBe(wrong('user_id: must be a whole number'));
    expect(await list({ 'app-id': APP_ID, 'access-token': token, 'user-id': 'x' })).toBe(
      wrong('user_id: must be a whole number'),
    );
  });

  it('L3: an unknown app_id is 40000, none at all a wrong parameter', async () => {
    expect(await list(lanying.admin({ app_id: 'unknown' }))).toBe(UNKNOWN_APP);
    expect(await list(lanying.admin({ app_id: 'constructor' }))).toBe(UNKNOWN_APP);
    expect(await list({ 'access-token': lanying.adminToken })).toBe(wrong('app_id: is required in the header'));
    await lanying.application('off', 'off-app');
    await lanying.native('PATCH', '/api/v1/applications/off', { enabled: false });
    expect(await list(lanying.admin({ app_id: 'off-app' }))).toBe(UNKNOWN_APP);
  });

  it("L4: user_id and group_id are whole numbers, kept, and an admin token's alone", async () => {
    for (const name of ['user_id', 'group_id']) {
      for (const value of ['x', '1.5', '1e3', '1, 2', '0x10'])
        expect(await list(lanying.admin({ [name]: value }))).toBe(wrong(`${name}: must be a whole number`));
      const { text } = await lanying.call('GET', '/user/push/tag', undefined, { ...user, [name]: '1' });
      expect(text).toBe(FORBIDDEN);
    }
    const push = { audience: { user_id: [anna] }, message: { title: 't' } };
    const id = await lanying.pushed(push, lanying.admin({ user_id: '42', group_id: '7' }));
    expect((await lanying.message(id)).options.lanying).toEqual({ userId: '42', groupId: '7' });
  });

  it('L38: a group_id changes nothing', async () => {
    await lanying.device(anna, 1, 'huawei', 'hw-anna');
    const push = { audience: { user_id: [anna] }, message: { title: 't' } };
    const id = await lanying.pushed(push, lanying.admin({ group_id: '999999999999' }));
    expect(await lanying.deliveries(id)).toEqual(['huawei hw-anna sent']);
  });

  it('a user token neither pushes, nor counts, nor reads certificates', async () => {
    const before = await lanying.messageCount();
    const push = { audience: 'all', message: { title: 't' } };
    expect((await lanying.notify(push, user)).text).toBe(FORBIDDEN);
    expect(await list(user)).toBe(FORBIDDEN);
    expect((await lanying.call('GET', '/push/certificate?provider=2', undefined, user)).text).toBe(FORBIDDEN);
    expect(await lanying.messageCount()).toBe(before);
  });

  it('L37: push that is switched off is 12006 on all three calls', async () => {
    const token = await lanying.application('silent', 'silent-app', { pushEnabled: false });
    const headers = { app_id: 'silent-app', 'access-token': token };
    expect(await list(headers)).toBe(SWITCHED_OFF);
    expect((await lanying.notify({ audience: 'all', message: { title: 't' } }, headers)).text).toBe(SWITCHED_OFF);
    expect((await lanying.call('GET', '/push/certificate?provider=2', undefined, headers)).text).toBe(SWITCHED_OFF);
    // Who may not call is told first.
    expect(await list({ ...headers, 'access-token': 'wrong' })).toBe(INVALID);
  });

  it('mistyped settings open nothing: they are our fault', async () => {
    for (const [code, settings] of [
      ['mistyped', { pushEnabled: 'yes' }],
      ['short', { dedupDays: 1 }],
      ['list', []],
    ] as const) {
      const token = await lanying.application(code, code, settings);
      expect(await list({ app_id: code, 'access-token': token })).toBe(OUR_FAULT);
    }
  });

  describe('L36: HTTP', () => {
    it('is 200 for business errors, with JSON of three fields', async () => {
      const reply = await lanying.app.inject({ method: 'POST', url: '/push/notify', headers: { app_id: APP_ID } });
      expect([reply.statusCode, reply.headers['content-type'], reply.payload]).toEqual([
        200,
        'application/json; charset=utf-8',
        MISSING,
      ]);
    });

    it.each([
      ['GET', '/push/notify', 'POST'],
      ['POST', '/push/certificate', 'GET'],
      ['PUT', '/push/task/detail', 'POST'],
      ['GET', '/user/register/push', 'POST'],
      ['PATCH', '/user/push', 'POST, PUT'],
      ['DELETE', '/user/push/alias', 'POST'],
      ['PUT', '/user/push/tag', 'GET, POST, DELETE'],
      ['GET', '/user/push/tag/all', 'DELETE'],
      ['GET', '/user/token/bind', 'POST, PUT'],
      ['PUT', '/user/token/unbind', 'POST, DELETE'],
      ['GET', '/token/user', 'POST'],
    ])('is 405 for %s %s, which names %s', async (method, url, allow) => {
      const reply = await lanying.app.inject({ method, url, headers: lanying.admin() });
      expect([reply.statusCode, reply.headers.allow, reply.payload]).toEqual([
        405,
        allow,
        failed(405, 'Method Not Allowed'),
      ]);
    });

    it.each([
      '/push/other',
      '/push/',
      '/push/notify/x',
      '/user/other',
      '/user/push/tag/some',
      '/token/other',
      '/token/',
    ])('is 404 for %s', async (url) => {
      for (const method of ['GET', 'POST']) {
        const reply = await lanying.app.inject({ method, url, headers: lanying.admin() });
        expect([method, reply.statusCode, reply.payload]).toEqual([method, 404, failed(404, 'Not Found')]);
      }
    });

    it('leaves the paths beside it to themselves', async () => {
      for (const url of ['/pushX', '/users/1', '/tokens']) {
        const reply = await lanying.app.inject({ method: 'GET', url });
        expect(reply.statusCode).toBe(404);
        expect(reply.headers['content-type']).toContain('application/problem+json');
      }
    });
  });

  it('the API document gives every call, with examples that are accepted', async () => {
    const reply = await lanying.app.call('GET', '/docs-json/lanying');
    expect(reply.status).toBe(200);
    const { paths } = reply.body as { paths: Record<string, Record<string, unknown>> };
    expect(Object.entries(paths).map(([path, verbs]) => `${Object.keys(verbs).join()} ${path}`)).toEqual([
      'get /push/certificate',
      'post /push/notify',
      'post /push/task/detail',
      'post /user/register/push',
      'post,put /user/token/bind',
      'post,delete /user/token/unbind',
      'post /user/push/alias',
      'post,delete,get /user/push/tag',
      'delete /user/push/tag/all',
      'post,get /user/push/badge',
      'post,put /user/push',
      'get,post,put /user/push/detail',
      'post,put /user/push/limit',
      'post /token/id',
      'post /token/user',
      'post /token/login',
    ]);
    const notify = paths['/push/notify']?.post as {
      requestBody: { content: { 'application/json': { examples: Record<string, { value: object }> } } };
      responses: Record<string, { content: Record<string, { examples: object }> }>;
      parameters: { name: string }[];
    };
    expect(notify.parameters.map(({ name }) => name).sort()).toEqual(['access-token', 'app_id', 'group_id', 'user_id']);
    const { examples } = notify.requestBody.content['application/json'];
    expect(Object.keys(examples)).toHaveLength(5);
    for (const { value } of Object.values(examples))
      expect((await lanying.notify(value)).text).toMatch(/^\{"code":200,"data":\{"task_id":\d+\},"message":null\}$/);
    expect(Object.keys(notify.responses['200']?.content['application/json']?.examples ?? {})).toEqual([
      '200',
      '10002',
      '10003',
      '10008',
      '10010',
      '12005',
      '12006',
      '20000',
      '40000',
    ]);
    const { body: native } = await lanying.app.call('GET', '/docs-json');
    const nativePaths = Object.keys((native as { paths: object }).paths);
    expect(nativePaths.filter((path) => !path.startsWith('/api/v1/') && !/^\/(health|live)/.test(path))).toEqual([]);
  });
});
