import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { invalid, NO_EMPLOYEE, PERSON, textPush, tokenRequest, TOKEN_NOT_FOUND, WorkPlusFixture } from './fixture.js';

describe('hostile input', () => {
  let workplus: WorkPlusFixture;
  let accepted = 0;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start();
  });
  afterAll(async () => {
    expect(await workplus.messageCount()).toBe(accepted);
    await workplus.close();
  });

  /** The reply, which is HTTP 200 whatever was sent. */
  const answer = async (body: string | object, headers?: Record<string, string>): Promise<object> => {
    const { http, body: reply } = await workplus.post(workplus.path('/v1/apps/mbox'), body, headers);
    expect(http).toBe(200);
    if (reply.status === 0) accepted++;
    return reply;
  };
  const done = expect.objectContaining({ status: 0 });

  it.each([
    ['nothing', ''],
    ['words', 'hello'],
    ['half an object', '{"type": "TEXT",\n "x"'],
    ['null', 'null'],
    ['a list', '[{"type": "TEXT"}]'],
    ['a string', '"TEXT"'],
    ['an empty object', '{}'],
  ])('%s for a body is refused', async (_name, body) => {
    expect(await answer(body)).toEqual(invalid('body'));
  });

  it.each<[string, object, string]>([
    ['client_ids', { client_ids: PERSON }, 'client_ids'],
    ['client_ids', { client_ids: { 0: PERSON } }, 'client_ids'],
    ['client_ids', { client_ids: [PERSON, {}] }, 'client_ids[1]'],
    ['client_ids', { client_ids: [[PERSON]] }, 'client_ids[0]'],
    ['client_ids', { client_ids: [true] }, 'client_ids[0]'],
    ['client_ids', { client_ids: [2 ** 60] }, 'client_ids[0]'],
    ['usernames', { usernames: 'lisi' }, 'usernames'],
    ['scopes', { scopes: ['/232/', {}] }, 'scopes[1]'],
    ['for_all', { for_all: 'yes' }, 'for_all'],
    ['for_all', { for_all: {} }, 'for_all'],
    ['direct', { direct: 2 }, 'direct'],
    ['platforms', { platforms: {} }, 'platforms'],
    ['source_type', { source_type: [] }, 'source_type'],
    ['body', { body: [] }, 'body'],
    ['content', { body: { content: { a: 1 } } }, 'body.content'],
    ['at_all', { body: { content: 'c', at_all: [] } }, 'body.at_all'],
  ])('%s of the wrong type is refused by its name', async (_name, change, field) => {
    expect(await answer(textPush(change))).toEqual(invalid(field));
  });

  it('a query given twice is refused by its name', async () => {
    const path = `${workplus.path('/v1/apps/mbox')}&for_all=true&for_all=true`;
    expect((await workplus.post(path, textPush({ client_ids: [] }))).body).toEqual(invalid('for_all'));
  });

  it('names that every object inherits are names like any other', async () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__']) {
      expect(await answer(textPush({ client_ids: [name], usernames: [name] }))).toEqual(NO_EMPLOYEE);
      expect(await answer(textPush({ type: name }))).toEqual(invalid('type'));
      expect((await workplus.post('/v1/token', tokenRequest({ client_id: name }))).body).toMatchObject({
        status: 202102,
      });
      expect((await workplus.post(`/v1/apps/mbox?access_token=${name}`, textPush())).body).toEqual(TOKEN_NOT_FOUND);
    }
  });

  it('a __proto__ key sets nothing', async () => {
    const text = JSON.stringify(textPush({ client_ids: [] }));
    expect(await answer(text.replace('{', '{"__proto__":{"for_all":true},'))).toMatchObject({ result: { expects: 0 } });
    accepted--;
    expect(await answer(`{"__proto__": ${text}}`)).toEqual(invalid('body'));
  });

  it.each([70, 100_000])('a body nested %i deep is refused', async (depth) => {
    const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(await answer(`{"type": "TEXT", "x": ${nested}}`)).toEqual(invalid('body'));
    expect(await answer(`{"type": "TEXT", "x": ${nested},}`)).toEqual(invalid('body'));
    expect(await answer(textPush({ body: `{"content": ${nested}}` }))).toEqual(invalid('body'));
  });

  it('values of 10 000 characters are refused where they cannot stand', async () => {
    const long = '长'.repeat(10_000);
    expect(await answer(textPush({ client_ids: [long] }))).toEqual(NO_EMPLOYEE);
    expect(await answer(textPush({ scopes: [long], client_ids: [] }))).toEqual(NO_EMPLOYEE);
    expect(await answer(textPush({ type: long }))).toEqual(invalid('type'));
    const article = { type: 'ARTICLE', body: { articles: [{ title: long }] } };
    expect(await answer(textPush(article))).toEqual(invalid('body.articles[0].title'));
    expect(await answer(textPush({ body: { content: long } }))).toEqual(done);
  });

  it('10 000 people may be named, not one more', async () => {
    const ids = Array.from({ length: 10_001 }, (_, number) => `P${number}`);
    expect(await answer(textPush({ client_ids: ids }))).toEqual(invalid('client_ids'));
    expect(await answer(textPush({ client_ids: [PERSON, ...ids.slice(2)] }))).toMatchObject({
      result: { expects: 1, fails: 9_999 },
    });
  });

  it.each<[string, object]>([
    ['a client id', { client_ids: ['a\0b'] }],
    ['a username', { client_ids: [], usernames: ['a\0b'] }],
    ['a scope', { client_ids: [], scopes: ['/a\0b/'] }],
    ['content', { body: { content: 'a\0b' } }],
    ['half a surrogate pair', { body: { content: 'a\ud800b' } }],
    ['a button', { actions: [['a\0b']] }],
    ['a template id', { type: 'TEMPLATE', body: { template_id: 'a\0b' } }],
  ])('what no database stores is refused: %s', async (_name, change) => {
    expect(await answer(textPush(change))).toEqual(invalid('body'));
  });

  it('SQL is text', async () => {
    const code = "x'; DROP TABLE message; --";
    expect(await answer(textPush({ client_ids: [PERSON, code], scopes: [code], body: { content: code } }))).toEqual(
      done,
    );
  });

  it('a body above the limit is refused', async () => {
    expect(await answer(textPush({ body: { content: 'x'.repeat(1024 * 1024) } }))).toEqual(invalid('body'));
  });

  it.each(['text/plain', 'text/json; charset=utf-8', 'application/octet-stream'])(
    'a body called %s is read as JSON',
    async (type) => {
      expect(await answer(textPush(), { 'content-type': type })).toEqual(done);
    },
  );

  it('a body without a content type, or with a byte order mark, is read as JSON', async () => {
    const json = JSON.stringify(textPush());
    const untyped = await workplus.request('POST', workplus.path('/v1/apps/mbox'), {}, Buffer.from(json));
    expect(untyped.body.status).toBe(0);
    accepted++;
    expect(await answer(`\uFEFF${json}`)).toEqual(done);
  });

  it('no body at all is refused', async () => {
    const { http, body } = await workplus.request('POST', workplus.path('/v1/apps/mbox'));
    expect([http, body]).toEqual([200, invalid('body')]);
  });
});
