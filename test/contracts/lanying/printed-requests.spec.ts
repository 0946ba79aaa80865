import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LanyingFixture, ok } from './fixture.js';

/** The document prints no whole request, but values of its fields; these are its own, byte for byte. */
const PRINTED = {
  all: '"all"',
  tag: '{"tag":["tag1","tag2"]}',
  alias: '{"alias":["alias1","alias2"]}',
  user_id: '{"user_id":[111,222]}',
  push_token: '{"push_token":["push_token1","push_token2"]}',
  ext: '{"key1": 123, "key2":"value2"}',
  badge: '"+1"',
  intent: 'intent:#Intent;component=包名/activity全路径;S.parm1=value1;S.parm2=value2;end',
  badge_class: 'com.test.badge.MainActivity',
} as const;

describe('what the document prints', () => {
  let lanying: LanyingFixture;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
    for (const id of [111, 222, 333])
      await lanying.native('POST', '/api/v1/recipients', { id, code: `U${id}`, name: `U${id}` });
    await lanying.device(111, 1, 'huawei', 'hw-111');
    await lanying.device(222, 1, 'apns', 'ap-222');
    await lanying.device(333, 1, 'xiaomi', 'mi-333');
    const say = (id: number, path: string, body: object) =>
      lanying.post(path, body, lanying.admin({ user_id: String(id) }));
    await say(111, '/user/push/tag', { tags: ['tag1'] });
    await say(222, '/user/push/tag', { tags: ['tag2', 'tag1'] });
    await say(222, '/user/push/alias', { alias: 'alias1' });
    await say(333, '/user/push/alias', { alias: 'alias2' });
  });
  afterAll(() => lanying.close());

  it.each<[keyof typeof PRINTED, string[]]>([
    ['all', ['ap-222', 'hw-111', 'mi-333']],
    ['tag', ['ap-222', 'hw-111']],
    ['alias', ['ap-222', 'mi-333']],
    ['user_id', ['ap-222', 'hw-111']],
    // Placeholders, which name no device.
    ['push_token', []],
  ])('audience %s is accepted as printed and answered whole', async (name, reached) => {
    const before = await lanying.messageCount();
    const { status, text, body } = await lanying.notify(`{"audience":${PRINTED[name]},"message":{"title":"标题"}}`);
    const { task_id: id } = body.data as { task_id: number };
    expect(status).toBe(200);
    expect(text).toBe(`{"code":200,"data":{"task_id":${id}},"message":null}`);
    expect(await lanying.messageCount()).toBe(before + 1);
    await lanying.app.drain();
    expect((await lanying.reached(id)).sort()).toEqual(reached);
  });

  it('ext, badge, intent and badge_class are carried as printed', async () => {
    const id = await lanying.pushed(
      `{"audience":${PRINTED.user_id},
        "message":{"title":"标题","badge":${PRINTED.badge},"ext":${PRINTED.ext},
          "huawei":{"click_action":"intent","intent":"${PRINTED.intent}","badge_class":"${PRINTED.badge_class}"}}}`,
    );
    const { api, content, options } = await lanying.message(id);
    expect(api).toBe('lanying');
    expect(content).toEqual({ title: '标题', ext: { key1: 123, key2: 'value2' } });
    expect(options).toEqual({
      push: {
        type: 'text',
        badge: { add: 1 },
        android: { clickAction: 'open_app' },
        vendors: {
          huawei: { clickAction: 'intent', intent: PRINTED.intent, badgeClass: PRINTED.badge_class },
        },
      },
    });
  });

  it('the default order [ups,fcm] of vendors may be written out', async () => {
    const id = await lanying.pushed({
      audience: { user_id: [111] },
      setting: { request_id: '', distribution_strategy: 'ospush_only', ospush_sequence: ['ups', 'fcm'] },
      message: { type: 'text', title: '标题', body: '内容' },
    });
    expect(await lanying.deliveries(id)).toEqual(['huawei hw-111 sent']);
  });

  it("a task is told by all its counters, in the document's order, the id last", async () => {
    const id = await lanying.pushed({ audience: { user_id: [111, 222] }, message: { title: '标题' } });
    const { status, text } = await lanying.post('/push/task/detail', `{"list":[${id}]}`);
    expect(status).toBe(200);
    const channels = ['apns', 'fcm', 'flyme', 'huawei', 'mxpush', 'oppo', 'vivo', 'xiaomi'];
    const counters = channels.flatMap((channel) =>
      ['received', 'sent', 'target'].map((measure) => {
        const reached = ['apns', 'huawei'].includes(channel) && measure !== 'received';
        return `"${channel}_${measure}":${reached ? 1 : 0}`;
      }),
    );
    expect(counters).toHaveLength(24);
    expect(text).toBe(`{"code":200,"data":[{${counters.join(',')},"task_id":${id}}],"message":null}`);
  });

  it('a certificate that is not there is null', async () => {
    const { status, text } = await lanying.call('GET', '/push/certificate?environment=0&provider=2');
    expect([status, text]).toEqual([200, ok(null)]);
  });
});
