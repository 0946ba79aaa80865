import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Headers, LanyingFixture, ok, wrong } from './fixture.js';

const DAY = 86_400_000;

describe('L16: a request_id', () => {
  let lanying: LanyingFixture;
  let anna: number;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
    anna = await lanying.user('anna');
    await lanying.device(anna, 1, 'huawei', 'hw-anna');
  });
  afterAll(() => lanying.close());

  const push = (request_id: unknown, message: object = { title: 't' }) => ({
    audience: { user_id: anna },
    setting: { request_id },
    message,
  });
  const task = async (body: object, headers?: Headers): Promise<number> => {
    const { text, body: reply } = await lanying.notify(body, headers);
    const { task_id: id } = reply.data as { task_id: number };
    expect(text).toBe(ok({ task_id: id }));
    return id;
  };

  it('that was seen before returns the first task, whatever is said, and pushes nothing', async () => {
    const first = await task(push('r1'));
    const before = await lanying.messageCount();
    expect(await task(push('r1'))).toBe(first);
    expect(await task(push('r1', { title: 'something else' }))).toBe(first);
    expect(await task({ ...push('r1'), audience: 'all' })).toBe(first);
    expect(await task(push(' r1 '))).toBe(first);
    await lanying.app.drain();
    expect(await lanying.messageCount()).toBe(before);
    expect(await lanying.deliveries(first)).toEqual(['huawei hw-anna sent']);
  });

  it('of nothing is none', async () => {
    for (const none of ['', null, undefined, '  ']) expect(await task(push(none))).not.toBe(await task(push(none)));
    const { status, body } = await lanying.notify({
      audience: { user_id: anna },
      message: { title: 't' },
      setting: null,
    });
    expect([status, body.code]).toEqual([200, 200]);
  });

  it('may be a number', async () => {
    expect(await task(push(1024))).toBe(await task(push('1024')));
  });

  it('is not used up by a call that was refused', async () => {
    const { text } = await lanying.notify(push('r2', {}));
    expect(text).toBe(wrong('message: of type text needs a title, a body or a big_text'));
    const { text: tooLong } = await lanying.notify(push('r2', { title: 't', ext: { big: 'x'.repeat(70_000) } }));
    expect(tooLong).toBe(wrong('message.ext: must not be longer than 65536 bytes'));
    const id = await task(push('r2'));
    await lanying.app.drain();
    expect(await lanying.deliveries(id)).toEqual(['huawei hw-anna sent']);
  });

  it('belongs to its application', async () => {
    const adminToken = await lanying.application('second', 'second-app');
    const other = { app_id: 'second-app', 'access-token': adminToken };
    const [mine, theirs] = [await task(push('r3')), await task(push('r3'), other)];
    expect(theirs).not.toBe(mine);
    expect(await task(push('r3'), other)).toBe(theirs);
    expect(await task(push('r3'), lanying.admin())).toBe(mine);
  });

  it('of many calls at once makes one task and one push', async () => {
    const before = await lanying.messageCount();
    const same = await Promise.all(Array.from({ length: 8 }, () => task(push('r4'))));
    expect(new Set(same).size).toBe(1);
    const different = await Promise.all(Array.from({ length: 8 }, (_, n) => task(push('r5', { title: `title ${n}` }))));
    expect(new Set(different).size).toBe(1);
    await lanying.app.drain();
    expect(await lanying.messageCount()).toBe(before + 2);
    expect(await lanying.deliveries(Number(same[0]))).toEqual(['huawei hw-anna sent']);
    expect(await lanying.deliveries(Number(different[0]))).toEqual(['huawei hw-anna sent']);
  });

  it('is kept for the days the settings say, and then stands for a new task', async () => {
    const first = await task(push('r6'));
    await lanying.app.clock.advance(7 * DAY - 1_000);
    expect(await task(push('r6'))).toBe(first);
    await lanying.app.clock.advance(1_000);
    const renewed = await Promise.all([task(push('r6')), task(push('r6', { title: 'x' }))]);
    expect(renewed[0]).toBe(renewed[1]);
    expect(renewed[0]).toBeGreaterThan(first);
    expect(await task(push('r6'))).toBe(renewed[0]);
    await lanying.app.clock.advance(7 * DAY);
    expect(await task(push('r6'))).toBeGreaterThan(renewed[0]);
  });

  it('may be kept for longer', async () => {
    const adminToken = await lanying.application('patient', 'patient-app', { dedupDays: 30 });
    const headers = { app_id: 'patient-app', 'access-token': adminToken };
    const first = await task(push('r7'), headers);
    await lanying.app.clock.advance(29 * DAY);
    expect(await task(push('r7'), headers)).toBe(first);
  });

  it('may be 128 characters long', async () => {
    expect((await lanying.notify(push('r'.repeat(129)))).text).toBe(
      wrong('setting.request_id: must not be longer than 128 characters'),
    );
    expect(await task(push('长'.repeat(128)))).toBe(await task(push('长'.repeat(128))));
  });

  it('cannot be mistaken for a key of the native API', async () => {
    const path = '/api/v1/applications/im/credentials';
    const made = await lanying.native('POST', path, { kind: 'api-key', scopes: ['send'] });
    const { secret } = made as { secret: string };
    const body = {
      audience: { users: ['anna'] },
      content: { push: { title: 'native' } },
      dedupKey: 'r8',
      correlationId: 'r8',
    };
    const native = await lanying.app.call('POST', '/api/v1/messages', body, { authorization: `Bearer ${secret}` });
    expect(native.status).toBe(202);
    expect(await task(push('r8'))).not.toBe(Number((native.body as { id: string }).id));
  });
});
