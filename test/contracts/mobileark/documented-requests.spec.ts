import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Form, MobilearkFixture } from './fixture.js';

const ALL = '{"resultCode":"1","failloginid":[],"faildepid":[]}';
const delivered = (...people: string[]): string[] => people.map((person) => `system ${person} delivered`);
const BELOW_DEP001 = ['lisi', 'qianba', 'wangwu'];
const EVERYBODY = ['ChenJiajia', 'TWIN', 'Twin', 'im_robot', 'lisi', 'qianba', 'robot', 'wangwu', 'zhangsan'];

describe('what the document describes, method by method and version by version', () => {
  let mobileark: MobilearkFixture;

  beforeAll(async () => {
    mobileark = await MobilearkFixture.start();
  });
  afterAll(() => mobileark.close());

  const whole = async (form: Form): Promise<{ text: string; id: string | undefined }> => {
    const { status, text, messageId } = await mobileark.call(form);
    expect(status).toBe(200);
    return { text, id: messageId };
  };

  it('IM推送接口 1.0', async () => {
    const { text, id } = await whole({
      method: 'mobileark.impush',
      v: '1.0',
      ecid: 'default',
      imSender: 'im_zhangsan',
      imSenderName: '张三',
      imReceiver: 'im_lisi,im_wangwu',
      content: '下午三点开会',
    });
    expect(text).toBe('{"resultCode":"0","resultMsg":"成功"}');
    expect(await mobileark.deliveries(id)).toEqual(['im lisi delivered', 'im wangwu delivered']);
    expect(await mobileark.inbox('lisi', id)).toEqual([
      expect.objectContaining({
        channel: 'im',
        title: null,
        text: '下午三点开会',
        category: 'im',
        sender: { code: 'zhangsan', name: '张三' },
      }),
    ]);
    expect(await mobileark.inbox('zhangsan', id)).toEqual([]);
  });

  const syspush = { method: 'mobileark.syspush', ecid: 'default', title: '通知标题', content: '通知内容' };

  it.each(['1.0', '1.1', '1.2', '1.3'])('系统推送接口 %s: people, departments, and both', async (v) => {
    const people = await whole({ ...syspush, v, loginIds: 'zhangsan,lisi', depUuids: '' });
    expect(people.text).toBe(ALL);
    expect(await mobileark.deliveries(people.id)).toEqual(delivered('lisi', 'zhangsan'));
    const departments = await whole({ ...syspush, v, loginIds: '', depUuids: 'dep001,dep002' });
    expect(departments.text).toBe(ALL);
    expect(await mobileark.deliveries(departments.id)).toEqual(delivered(...BELOW_DEP001));
    const both = await whole({ ...syspush, v, loginIds: 'zhangsan,lisi', depUuids: 'dep001' });
    expect(both.text).toBe(ALL);
    expect(await mobileark.deliveries(both.id)).toEqual(delivered(...BELOW_DEP001, 'zhangsan'));
    expect(await mobileark.inbox('lisi', both.id)).toEqual([
      expect.objectContaining({ channel: 'system', title: '通知标题', text: '通知内容', category: 'system' }),
    ]);
  });

  it.each<[string, string, string]>([
    ['1.1', '1', 'system'],
    ['1.1', '13', 'hint'],
    ['1.2', '1', 'system'],
    ['1.2', '13', 'hint'],
    ['1.2', '16', 'subscription'],
    ['1.3', '1', 'system'],
    ['1.3', '13', 'hint'],
    ['1.3', '16', 'subscription'],
    ['1.3', '17', 'system'],
    ['1.3', '19', 'circle'],
  ])('系统推送接口 %s, type %s: a message of the category %s', async (v, type, category) => {
    const { text, id } = await whole({ ...syspush, v, type, loginIds: 'zhangsan' });
    expect(text).toBe(ALL);
    expect(await mobileark.deliveries(id)).toEqual(delivered('zhangsan'));
    expect(await mobileark.message(id)).toMatchObject({ category, options: { mobileark: { v, type } } });
  });

  it.each(['1.2', '1.3'])('系统推送接口 %s, type 16 with both lists empty: the whole organisation', async (v) => {
    const param = '{"key1":"val1","key2":"val2"}';
    const { text, id } = await whole({ ...syspush, v, type: '16', loginIds: '', depUuids: '', param });
    expect(text).toBe(ALL);
    expect(await mobileark.deliveries(id)).toEqual(delivered(...EVERYBODY));
    expect(await mobileark.inbox('robot', id)).toEqual([
      expect.objectContaining({ title: '通知标题', text: '通知内容', category: 'subscription' }),
    ]);
    // What the receiving application gets besides.
    expect((await mobileark.message(id)).contents).toEqual([
      { title: '通知标题', text: '通知内容', ext: { key1: 'val1', key2: 'val2' } },
    ]);
  });

  it.each(['1.0', '1.3'])('短信发送接口, v %s', async (v) => {
    const { text, id } = await whole({
      method: 'mobileark.smspush',
      v,
      phoneNumbers: '13812345678,13912345678',
      content: '您的验证码为 1001',
    });
    expect(text).toBe('{"resultCode":"0"}');
    expect(await mobileark.deliveries(id)).toEqual(['sms 13812345678 sent', 'sms 13912345678 sent']);
    expect(await mobileark.texts(String(id))).toEqual([
      { address: '13812345678', content: { text: '您的验证码为 1001' } },
      { address: '13912345678', content: { text: '您的验证码为 1001' } },
    ]);
  });
});
