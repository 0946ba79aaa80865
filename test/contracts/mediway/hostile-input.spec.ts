import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ID, MediwayFixture } from './fixture.js';

const refused = (detail: string): [number, object] => [200, { code: 400, msg: `参数有误：${detail}` }];

describe('hostile input', () => {
  let mediway: MediwayFixture;

  beforeAll(async () => {
    mediway = await MediwayFixture.start();
  });
  afterAll(async () => {
    expect(await mediway.messageCount()).toBe(accepted);
    await mediway.close();
  });

  let accepted = 0;
  const push = {
    appId: APP_ID,
    receiverType: 'specified',
    receiverData: { user: ['USER001'] },
    channelData: { '1002': { content: 'c' } },
  };
  const answer = async (body: string | object, headers?: Record<string, string>): Promise<[number, object]> => {
    const { status, body: reply } = await mediway.post('push/channel', body, headers);
    if (reply.code === 200) accepted++;
    return [status, reply];
  };

  it.each([
    ['nothing', '', 'body: is not JSON at line 1, column 1 (ValueExpected)'],
    ['words', 'hello', 'body: is not JSON at line 1, column 1 (InvalidSymbol)'],
    ['half an object', '{"appId": "1",\n "x"', 'body: is not JSON at line 2, column 5 (ColonExpected)'],
    ['null', 'null', 'body: must be a JSON object'],
    ['a list', '[{"appId": "102343444"}]', 'body: must be a JSON object'],
    ['a string', '"102343444"', 'body: must be a JSON object'],
    ['an empty object', '{}', 'appId: is required'],
  ])('%s for a body is refused', async (_name, body, detail) => {
    expect(await answer(body)).toEqual(refused(detail));
  });

  it.each<[string, object, string]>([
    ['appId', { appId: {} }, 'appId: must be a string'],
    ['appId', { appId: [APP_ID] }, 'appId: must be a string'],
    ['appId', { appId: true }, 'appId: must be a string'],
    ['receiverType', { receiverType: ['all'] }, 'receiverType: must be a string'],
    ['receiverData', { receiverData: 'USER001' }, 'receiverData: must be a JSON object'],
    ['receiverData', { receiverData: ['USER001'] }, 'receiverData: must be a JSON object'],
    ['user', { receiverData: { user: 'USER001' } }, 'receiverData.user: must be an array of strings'],
    ['user', { receiverData: { user: { 0: 'USER001' } } }, 'receiverData.user: must be an array of strings'],
    ['user', { receiverData: { user: ['USER001', {}] } }, 'receiverData.user[1]: must be a string'],
    ['channelData', { channelData: 'c' }, 'channelData: must be a JSON object'],
    ['channelData', { channelData: { '1002': 'c' } }, 'channelData.1002: must be a JSON object'],
    ['content', { channelData: { '1002': { content: {} } } }, 'channelData.1002.content: must be a string'],
    [
      'paramData',
      { channelData: { '1001': { templateData: { templateId: 'T', paramData: { a: {} } } } } },
      'channelData.1001.templateData.paramData.a: must be a string, a number or a boolean',
    ],
    ['priority', { priority: {} }, 'priority: must be a string'],
    ['priority', { priority: 2.5 }, 'priority: must be 0, 1, 2 or 3'],
    ['businessId', { businessId: 2 ** 60 }, 'businessId: has too many digits for a JSON number; send it as a string'],
    ['senderName', { senderName: [] }, 'senderName: must be a string'],
  ])('%s of the wrong type is refused by its name', async (_name, change, detail) => {
    expect(await answer({ ...push, ...change })).toEqual(refused(detail));
  });

  it('names that every object inherits are channels and applications like any other: unknown ones', async () => {
    const notFound = { code: 404, msg: '请求资源不存在' };
    for (const code of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(await answer({ ...push, channelData: { [code]: { content: 'c' } } })).toEqual([200, notFound]);
      expect(await answer({ ...push, appId: code })).toEqual([200, { code: 401, msg: '身份验证失败' }]);
    }
  });

  it('a __proto__ key sets nothing', async () => {
    const text = JSON.stringify(push).replace('{', '{"__proto__":{"priority":"3"},');
    expect(await answer(text)).toEqual([200, expect.objectContaining({ code: 200 })]);
    expect(await answer(`{"__proto__": ${JSON.stringify(push)}}`)).toEqual(refused('appId: is required'));
  });

  it.each([70, 100_000])('a body nested %i deep is refused', async (depth) => {
    const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const detail = 'body: is nested more than 64 levels deep';
    expect(await answer(`{"appId": "${APP_ID}", "x": ${nested}}`)).toEqual(refused(detail));
    // The same where only the tolerant reader gets on.
    expect(await answer(`{"appId": "${APP_ID}", "x": ${nested},}`)).toEqual(refused(detail));
  });

  it('values of 10 000 characters are refused where they cannot stand, and told in 100', async () => {
    const long = '长'.repeat(10_000);
    expect(await answer({ ...push, appId: long })).toEqual([200, { code: 401, msg: '身份验证失败' }]);
    expect(await answer({ ...push, channelData: { '1002': { content: 'c', title: long } } })).toEqual(
      refused('channelData.1002.title: must not be longer than 200 characters'),
    );
    const [, reply] = await answer({ ...push, channelData: { '1002': { content: {} }, [long]: { content: 'c' } } });
    expect(Array.from((reply as { msg: string }).msg).length).toBeLessThanOrEqual(100);
    expect(await answer({ ...push, channelData: { '1002': { content: long } } })).toEqual([
      200,
      expect.objectContaining({ code: 200 }),
    ]);
  });

  it('10 000 receivers may be named, not one more', async () => {
    const user = Array.from({ length: 10_001 }, (_, number) => `P${number}`);
    expect(await answer({ ...push, receiverData: { user } })).toEqual(
      refused('receiverData: names 10001 codes and addresses; at most 10000'),
    );
    expect(await answer({ ...push, receiverData: { user: user.slice(1) } })).toEqual([
      200,
      expect.objectContaining({ code: 200 }),
    ]);
  });

  it.each<[string, object]>([
    ['appId', { appId: 'a\0b' }],
    ['businessId', { businessId: 'a\0b' }],
    ['a user', { receiverData: { user: ['a\0b'] } }],
    ['content', { channelData: { '1002': { content: 'a\0b' } } }],
    ['half a surrogate pair in content', { channelData: { '1002': { content: 'a\ud800b' } } }],
  ])('what no database stores is refused: %s', async (_name, change) => {
    expect(await answer({ ...push, ...change })).toEqual([
      200,
      { code: 400, msg: expect.stringMatching(/^参数有误：body: holds .+ cannot be stored/) },
    ]);
  });

  it('SQL is text', async () => {
    const code = "USER001'; DROP TABLE message; --";
    expect(await answer({ ...push, receiverData: { user: [code] }, businessId: code })).toEqual([
      200,
      expect.objectContaining({ code: 200 }),
    ]);
  });

  it('a body above the limit is a wrong parameter', async () => {
    const big = { ...push, channelData: { '1002': { content: 'x'.repeat(1024 * 1024) } } };
    expect(await answer(big)).toEqual(refused('The request body is larger than this server accepts.'));
  });

  it.each(['text/plain', 'text/json; charset=utf-8', 'application/octet-stream'])(
    'a body called %s is read as JSON',
    async (type) => {
      const reply = await answer(push, { 'content-type': type });
      expect(reply).toEqual([200, expect.objectContaining({ code: 200 })]);
    },
  );

  it('a body without a content type, or with a byte order mark, is read as JSON', async () => {
    const json = JSON.stringify(push);
    const untyped = await mediway.request('POST', 'push/channel', {}, Buffer.from(json));
    expect(untyped.body.code).toBe(200);
    accepted++;
    expect(await answer(`\uFEFF${json}`)).toEqual([200, expect.objectContaining({ code: 200 })]);
  });

  it('no body at all is refused', async () => {
    const { status, body } = await mediway.request('POST', 'push/channel');
    expect([status, body]).toEqual(refused('body: must be a JSON object'));
  });
});
