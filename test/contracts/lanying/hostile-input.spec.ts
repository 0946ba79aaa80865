import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ID, failed, LanyingFixture, wrong } from './fixture.js';

const ACCEPTED = /^\{"code":200,"data":\{"task_id":\d+\},"message":null\}$/;

describe('hostile input', () => {
  let lanying: LanyingFixture;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
  });
  afterAll(() => lanying.close());

  const push = { audience: { alias: ['nobody'] }, message: { title: 't' } };
  const answer = async (body: string | object, headers = lanying.admin()): Promise<string> => {
    const { status, text } = await lanying.notify(body, headers);
    expect(status).toBe(200);
    return text;
  };

  it.each<[string, string, string]>([
    ['nothing', '', 'body: must be a JSON object'],
    ['blanks', '  ', 'body: must be a JSON object'],
    ['null', 'null', 'body: must be a JSON object'],
    ['a list', '[]', 'body: must be a JSON object'],
    ['a string', '"all"', 'body: must be a JSON object'],
    ['a number', '1', 'body: must be a JSON object'],
    ['an empty object', '{}', 'audience: is required'],
    ['half an object', '{"audience":', 'body: is not JSON at line 1, column 13 (ValueExpected)'],
    ['a form', 'audience=all', 'body: is not JSON at line 1, column 1 (InvalidSymbol)'],
  ])('%s for a body is refused', async (_name, body, detail) => {
    expect(await answer(body)).toBe(wrong(detail));
  });

  it.each<[object, string]>([
    [{ message: 'text' }, 'message: must be a JSON object'],
    [{ message: [{ title: 't' }] }, 'message: must be a JSON object'],
    [{ message: { title: ['t'] } }, 'message.title: must be a string'],
    [{ message: { title: {} } }, 'message.title: must be a string'],
    [{ message: { title: true } }, 'message.title: must be a string'],
    [{ message: { title: 't', type: {} } }, 'message.type: must be a string'],
    [{ message: { title: 't', badge: {} } }, 'message.badge: must be a string'],
    [{ message: { title: 't', badge: true } }, 'message.badge: must be a string'],
    [{ message: { title: 't', ios: 'x' } }, 'message.ios: must be a JSON object'],
    [
      { message: { title: 't', ios: { content_available: 'maybe' } } },
      'message.ios.content_available: must be true or false',
    ],
    [{ message: { title: 't', huawei: [] } }, 'message.huawei: must be a JSON object'],
    [
      { message: { title: 't', huawei: { sound: 1.5, channel_id: {} } } },
      'message.huawei.channel_id: must be a string',
    ],
    [
      { message: { title: 't', show_end_time: {} } },
      'message.show_end_time: must be a whole number from 0 to 9007199254740991',
    ],
    [{ setting: { request_id: {} } }, 'setting.request_id: must be a string'],
    [{ setting: { request_id: true } }, 'setting.request_id: must be a string'],
    [
      { setting: { distribution_strategy: 1 } },
      'setting.distribution_strategy: must be combined, mxpush_only, ospush_only',
    ],
    [{ setting: { ospush_sequence: [{}] } }, 'setting.ospush_sequence[0]: must be a string'],
    [{ setting: { ospush_sequence: [''] } }, 'setting.ospush_sequence[0]: must not be empty'],
    [{ audience: { alias: { 0: 'a' } } }, 'audience.alias: must be a string'],
  ])("%j is refused by the field's name", async (change, detail) => {
    expect(await answer({ ...push, ...change })).toBe(wrong(detail));
  });

  it('keys that every object inherits are keys like any other', async () => {
    expect(await answer({ ...push, audience: { constructor: ['a'] } })).toBe(
      wrong('audience: must hold exactly one of tag, alias, user_id and push_token'),
    );
    const message = { title: 't', ext: { constructor: 1, toString: 'x', hasOwnProperty: null } };
    expect(await answer({ ...push, message })).toMatch(ACCEPTED);
    expect(await answer({ ...push, audience: { tag: ['constructor', 'toString', '__proto__'] } })).toMatch(ACCEPTED);
  });

  it('a __proto__ key says nothing, also in JSON within JSON', async () => {
    expect(await answer(`{"__proto__": ${JSON.stringify(push)}}`)).toBe(wrong('audience: is required'));
    expect(await answer({ ...push, audience: '{"__proto__":{"alias":["a"]}}' })).toBe(
      wrong('audience: must hold exactly one of tag, alias, user_id and push_token'),
    );
    const id = await lanying.pushed(`{"audience":"all","message":{"title":"t","ext":{"__proto__":{"a":1},"b":2}}}`);
    expect((await lanying.message(id)).content.ext).toEqual({ b: 2 });
  });

  it.each([70, 100_000])('what is nested %i deep is refused', async (depth) => {
    const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const tooDeep = wrong('body: is nested more than 64 levels deep');
    expect(await answer(`{"audience":"all","message":{"title":"t","ext":{"a":${nested}}}}`)).toBe(tooDeep);
    expect(await answer({ ...push, message: { title: 't', ext: `{"a":${nested}}` } })).toBe(
      wrong('message.ext: must be a JSON object'),
    );
  });

  it('10 000 characters are refused where they cannot stand, and told in few', async () => {
    const long = '长'.repeat(10_000);
    const limits: [object, string][] = [
      [{ message: { title: long } }, 'message.title: must not be longer than 200 characters'],
      [{ message: { body: long } }, 'message.body: must not be longer than 4000 characters'],
      [{ message: { big_text: long } }, 'message.big_text: must not be longer than 4000 characters'],
      [{ message: { title: 't', badge: long } }, 'message.badge: must not be longer than 20 characters'],
      [
        { message: { title: 't', attachment_url: `http://x/${long}` } },
        'message.attachment_url: must not be longer than 2048 characters',
      ],
      [
        { message: { title: 't', android: { intent: long } } },
        'message.android.intent: must not be longer than 2048 characters',
      ],
      [
        { message: { title: 't', ios: { apns_collapse_id: long } } },
        'message.ios.apns_collapse_id: must not be longer than 64 characters',
      ],
      [{ audience: { tag: [long] } }, 'audience.tag[0]: must not be longer than 255 characters'],
      [{ audience: { push_token: [long] } }, 'audience.push_token[0]: must not be longer than 255 characters'],
      [{ audience: long }, 'audience: must be "all", or an object of tag, alias, user_id or push_token'],
      [{ setting: { request_id: long } }, 'setting.request_id: must not be longer than 128 characters'],
      [
        { setting: { distribution_strategy: long } },
        'setting.distribution_strategy: must not be longer than 40 characters',
      ],
    ];
    for (const [change, detail] of limits) expect(await answer({ ...push, ...change })).toBe(wrong(detail));
    const vendors = await answer({ ...push, audience: { [long]: ['a'] } });
    expect(Array.from(vendors).length).toBeLessThan(300);
  });

  it('ext may be 64 KiB, not more', async () => {
    const ext = { text: 'x'.repeat(64 * 1024) };
    expect(await answer({ ...push, message: { title: 't', ext } })).toBe(
      wrong('message.ext: must not be longer than 65536 bytes'),
    );
  });

  it.each<[string, object]>([
    ['an alias', { audience: { alias: ['a\0b'] } }],
    ['a tag', { audience: { tag: ['a\0b'] } }],
    ['a title', { message: { title: 'a\0b' } }],
    ['ext', { message: { title: 't', ext: { a: 'a\0b' } } }],
    ['a key of ext', { message: { title: 't', ext: { 'a\0b': 1 } } }],
    ['a request_id', { setting: { request_id: 'a\0b' } }],
    ['half a surrogate pair in a body', { message: { body: 'a\ud800b' } }],
  ])('what no database stores is refused: %s', async (_name, change) => {
    const before = await lanying.messageCount();
    expect(await answer({ ...push, ...change })).toMatch(
      /^\{"code":10002,"data":null,"message":"请求参数不正确：body: holds .+ cannot be stored/,
    );
    expect(await lanying.messageCount()).toBe(before);
  });

  it('SQL is text', async () => {
    const code = "x'; DROP TABLE message; --";
    for (const audience of [{ alias: [code] }, { tag: [code] }, { push_token: [code] }])
      expect(await answer({ audience, setting: { request_id: code }, message: { title: code } })).toMatch(ACCEPTED);
    const { text } = await lanying.post('/token/user', { name: code, password: code }, { app_id: APP_ID });
    expect(text).toBe(failed(10000, '用户不存在'));
  });

  it('a template tag in words is text', async () => {
    const title = '{{ recipient.name }} {% if x %} ${name}';
    const id = await lanying.pushed({ audience: 'all', message: { title } });
    expect((await lanying.message(id)).content.title).toBe(title);
  });

  it('a body above the limit is a wrong parameter', async () => {
    expect(await answer({ ...push, filler: 'x'.repeat(2 * 1024 * 1024) })).toBe(
      wrong('The request body is larger than this server accepts.'),
    );
  });

  it.each(['text/plain', 'application/octet-stream', 'application/json; charset=utf-8'])(
    'a body called %s is read as JSON',
    async (type) => {
      expect(await answer(push, { ...lanying.admin(), 'content-type': type })).toMatch(ACCEPTED);
    },
  );

  it('comments, trailing commas and a byte order mark are read over', async () => {
    expect(await answer(`\uFEFF{ // who\n "audience": {"alias": ["nobody",],}, "message": {"title": "t",},}`)).toMatch(
      ACCEPTED,
    );
  });

  it('fields there are none of are read over', async () => {
    expect(await answer({ ...push, extra: 1, setting: { extra: {} }, message: { title: 't', extra: [] } })).toMatch(
      ACCEPTED,
    );
  });

  it('a repeated header is no header', async () => {
    const twice = lanying.admin({ app_id: `${APP_ID}, ${APP_ID}` });
    expect(await answer(push, twice)).toBe(failed(40000, 'app_id不存在'));
  });

  it('a call without a body is told what it lacks', async () => {
    const { status, text } = await lanying.post('/push/notify');
    expect([status, text]).toEqual([200, wrong('body: must be a JSON object')]);
  });
});
