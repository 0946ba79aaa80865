import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ID, MediwayFixture } from './fixture.js';

const ok = (data: unknown): string => JSON.stringify({ code: 200, msg: '操作成功', data });

describe('the reading extension', () => {
  let mediway: MediwayFixture;
  let id: string;

  beforeAll(async () => {
    mediway = await MediwayFixture.start();
    await mediway.application('neighbour', 'neighbour-app');
    id = await mediway.sent('push/channel', {
      appId: APP_ID,
      receiverType: 'specified',
      receiverData: { user: ['USER001', 'USER005'] },
      channelData: { '1001': { content: '短信' }, '1002': { title: '标题', content: '<b>正文</b>' } },
      businessId: 'B-1',
    });
  });
  afterAll(() => mediway.close());

  const read = async (body: object): Promise<string> => (await mediway.post('read', { appId: APP_ID, ...body })).text;
  const list = async (appId: string, businessId: string): Promise<string> =>
    (await mediway.request('GET', `list?appId=${appId}&businessId=${businessId}`)).text;

  it('H19: list tells how far the messages of a businessId have come', async () => {
    expect(await list(APP_ID, 'B-1')).toBe(
      ok([
        {
          msgId: id,
          state: 'done',
          createTime: '2026-12-01 10:00:00',
          target: 3,
          sent: 3,
          delivered: 2,
          read: 0,
          failed: 0,
          unknown: 0,
        },
      ]),
    );
  });

  it('read marks the in-site messages of one user, once', async () => {
    expect(await read({ businessId: 'B-1', user: 'USER001' })).toBe(ok({ read: 1 }));
    expect(await read({ businessId: 'B-1', user: 'USER001' })).toBe(ok({ read: 0 }));
    expect(await mediway.deliveries(id)).toEqual(['1001 USER001 sent', '1002 USER001 read', '1002 USER005 delivered']);
    expect(await mediway.inbox('USER001', id)).toMatchObject([{ readAt: '2026-12-01T02:00:00.000Z' }]);
    expect(await mediway.inbox('USER005', id)).toMatchObject([{ readAt: null }]);
  });

  it('read without a user marks those of everyone, and list counts them', async () => {
    expect(await read({ businessId: 'B-1' })).toBe(ok({ read: 1 }));
    expect(await mediway.deliveries(id)).toEqual(['1001 USER001 sent', '1002 USER001 read', '1002 USER005 read']);
    expect(JSON.parse(await list(APP_ID, 'B-1'))).toMatchObject({ data: [{ msgId: id, read: 2 }] });
  });

  it('H19: one businessId may stand for several messages, newest first', async () => {
    const push = {
      appId: APP_ID,
      receiverType: 'specified',
      receiverData: { user: ['USER002'] },
      channelData: { '1002': { content: 'c' } },
      businessId: 'B-2',
    };
    const first = await mediway.sent('push/channel', push);
    const second = await mediway.sent('push/channel', push);
    expect(JSON.parse(await list(APP_ID, 'B-2'))).toMatchObject({ data: [{ msgId: second }, { msgId: first }] });
    expect(await read({ businessId: 'B-2', user: 'USER002' })).toBe(ok({ read: 2 }));
  });

  it('only the application that sent a message sees or marks it', async () => {
    expect(await list('neighbour-app', 'B-1')).toBe(ok([]));
    expect(await read({ appId: 'neighbour-app', businessId: 'B-1' })).toBe(ok({ read: 0 }));
    const elsewhere = await mediway.app.organisation();
    await mediway.application('foreign', 'foreign-app', {}, elsewhere.code);
    expect(await list('foreign-app', 'B-1')).toBe(ok([]));
  });

  it('an unknown businessId is nothing to read', async () => {
    expect(await list(APP_ID, 'none')).toBe(ok([]));
    expect(await read({ businessId: 'none' })).toBe(ok({ read: 0 }));
  });

  it('wrong parameters are refused', async () => {
    expect(await read({})).toBe('{"code":400,"msg":"参数有误：businessId: is required"}');
    expect(await read({ businessId: 'B-1', user: 'NOBODY' })).toBe('{"code":400,"msg":"参数有误：user: names nobody"}');
    expect(await list('', 'B-1')).toBe('{"code":400,"msg":"参数有误：appId: is required"}');
    expect(await list(APP_ID, '')).toBe('{"code":400,"msg":"参数有误：businessId: is required"}');
    expect(await list('000', 'B-1')).toBe('{"code":401,"msg":"身份验证失败"}');
    const { text } = await mediway.request('GET', `list?appId=${APP_ID}&appId=x&businessId=B-1`);
    expect(text).toBe('{"code":400,"msg":"参数有误：appId: must be a string"}');
  });
});
