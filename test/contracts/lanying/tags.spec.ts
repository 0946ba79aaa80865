import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failed, type Headers, LanyingFixture, ok, wrong } from './fixture.js';

const DONE = ok(true);
const FORBIDDEN = failed(10010, '用户无权限');

describe('tags of people', () => {
  let lanying: LanyingFixture;
  let anna: number;
  let headers: Headers;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
    anna = await lanying.user('anna');
    await lanying.device(anna, 1, 'huawei', 'hw-anna');
    headers = await lanying.signedIn('anna');
  });
  afterAll(() => lanying.close());

  const call = async (method: string, body?: unknown, path = '', as = headers): Promise<string> =>
    (await lanying.call(method, `/user/push/tag${path}`, body === undefined ? undefined : JSON.stringify(body), as))
      .text;

  it('are made when they are new, listed in order, and put on once', async () => {
    expect(await call('GET')).toBe(ok([]));
    expect(await call('POST', { tags: ['vip', '北京', 'vip', ' sports fan '] })).toBe(DONE);
    expect(await call('POST', { tags: ['vip'] })).toBe(DONE);
    expect(await call('GET')).toBe(ok(['sports fan', 'vip', '北京']));
    const group = await lanying.native('GET', '/api/v1/groups?kind=tag');
    expect((group as { items: { code: string }[] }).items.map(({ code }) => code).sort()).toEqual([
      'sports fan',
      'vip',
      '北京',
    ]);
  });

  it('are the tags of the native API, both ways', async () => {
    await lanying.native('POST', '/api/v1/groups', { kind: 'tag', code: 'gold', name: 'Gold' });
    await lanying.native('PATCH', '/api/v1/recipients/anna', { groups: { tags: ['gold', 'vip'] } });
    expect(await call('GET')).toBe(ok(['gold', 'vip']));
    const id = await lanying.pushed({ audience: { tag: ['gold'] }, message: { title: 't' } });
    expect(await lanying.reached(id)).toEqual(['hw-anna']);
  });

  it('are taken off one by one or all together, and other groups stay', async () => {
    await lanying.native('POST', '/api/v1/groups', { kind: 'role', code: 'nurse', name: 'Nurse' });
    await lanying.native('PATCH', '/api/v1/recipients/anna', { groups: { roles: ['nurse'], tags: ['gold', 'vip'] } });
    expect(await call('DELETE', { tags: ['gold', 'never'] })).toBe(DONE);
    expect(await call('GET')).toBe(ok(['vip']));
    expect(await call('DELETE', undefined, '?tags=vip')).toBe(DONE);
    expect(await call('GET')).toBe(ok([]));
    await call('POST', { tags: ['a', 'b'] });
    for (let times = 0; times < 2; times++) expect(await call('DELETE', undefined, '/all')).toBe(DONE);
    expect(await call('GET')).toBe(ok([]));
    const person = await lanying.native('GET', '/api/v1/recipients/anna');
    expect(person).toMatchObject({ groups: { roles: ['nurse'], tags: [] } });
  });

  it('can be put on by many calls at once', async () => {
    const calls = Array.from({ length: 8 }, (_, n) => call('POST', { tags: ['same', `own-${n % 4}`] }));
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 8 }, () => DONE));
    expect(await call('GET')).toBe(ok(['own-0', 'own-1', 'own-2', 'own-3', 'same']));
    await call('DELETE', undefined, '/all');
  });

  it('are at most 100 of one person', async () => {
    const tags = Array.from({ length: 101 }, (_, n) => `t${n}`);
    expect(await call('POST', { tags })).toBe(wrong('tags: must name at most 100 tags'));
    expect(await call('POST', { tags: tags.slice(1) })).toBe(DONE);
    expect(await call('POST', { tags: ['t1'] })).toBe(DONE);
    expect(await call('POST', { tags: ['t0'] })).toBe(wrong('tags: are too many: a person bears at most 100'));
    await call('DELETE', undefined, '/all');
  });

  it.each<[unknown, string]>([
    [{}, 'tags: must name at least one tag'],
    [{ tags: [] }, 'tags: must name at least one tag'],
    [{ tags: [''] }, 'tags[0]: must not be empty'],
    [{ tags: [{}] }, 'tags[0]: must be a string'],
    [{ tags: ['x'.repeat(65)] }, 'tags[0]: must not be longer than 64 characters'],
    [{ tags: ['a', 'b\u0000'] }, 'tags[1]: must not hold control characters'],
    [[], 'body: must be a JSON object'],
  ])('%j is refused', async (body, detail) => {
    expect(await call('POST', body)).toBe(wrong(detail));
    expect(await call('GET')).toBe(ok([]));
  });

  it('may be kept to admins, who then tag for the person', async () => {
    const token = await lanying.application('strict', 'strict-app', { userTags: false });
    const { body } = await lanying.post('/token/user', { name: 'anna', password: 'pw-anna' }, { app_id: 'strict-app' });
    const user = { app_id: 'strict-app', 'access-token': (body.data as { token: string }).token };
    expect(await call('POST', { tags: ['board'] }, '', user)).toBe(FORBIDDEN);
    expect(await call('DELETE', { tags: ['board'] }, '', user)).toBe(FORBIDDEN);
    expect(await call('DELETE', undefined, '/all', user)).toBe(FORBIDDEN);
    const admin = { app_id: 'strict-app', 'access-token': token, user_id: String(anna) };
    expect(await call('POST', { tags: ['board'] }, '', admin)).toBe(DONE);
    expect(await call('GET', undefined, '', user)).toBe(ok(['board']));
  });
});
