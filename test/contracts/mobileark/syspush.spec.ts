import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failure, MobilearkFixture } from './fixture.js';

type Change = Record<string, string | undefined>;

const ALL = '{"resultCode":"1","failloginid":[],"faildepid":[]}';
const invalid = (...names: string[]): string[] => ['1033', ...names.map((name) => `isv.invalid-paramete:${name}`)];
const missing = (...names: string[]): string[] => ['1032', ...names.map((name) => `isv.missing-parameter:${name}`)];
const delivered = (...people: string[]): string[] => people.map((person) => `system ${person} delivered`);

describe('mobileark.syspush', () => {
  let mobileark: MobilearkFixture;

  beforeAll(async () => {
    mobileark = await MobilearkFixture.start();
    const channels = { system: 'missing' };
    await mobileark.application('nowhere', 'nowhere', { mobileark: { channels } });
    await mobileark.application('fewer', 'fewer', { mobileark: { includeSubDepartments: false } });
  });
  afterAll(() => mobileark.close());

  const push = {
    method: 'mobileark.syspush',
    v: '1.3',
    ecid: 'default',
    loginIds: 'zhangsan',
    title: '标题',
    content: '内容',
  };
  const reply = async (change: Change): Promise<string> => (await mobileark.call({ ...push, ...change })).text;
  const refusal = async (change: Change): Promise<string[]> => failure(await mobileark.call({ ...push, ...change }));
  const sent = async (change: Change): Promise<string> => {
    const { text, messageId } = await mobileark.call({ ...push, ...change });
    if (messageId === undefined) throw new Error(`The push was refused: ${text}`);
    return messageId;
  };
  const reached = async (change: Change): Promise<string[]> => mobileark.deliveries(await sent(change));
  const shown = async (change: Change): Promise<unknown> => {
    const id = await sent(change);
    await mobileark.app.drain();
    const [item] = await mobileark.inbox('zhangsan', id);
    return item === undefined ? undefined : { title: item.title, text: item.text };
  };
  const stored = async (change: Change): Promise<unknown> => (await mobileark.message(await sent(change))).contents[0];

  describe('who gets it', () => {
    it('M13: one of the lists is needed, both are a union, and none names both', async () => {
      expect(await reached({ loginIds: 'zhangsan,lisi', depUuids: undefined })).toEqual(delivered('lisi', 'zhangsan'));
      expect(await reached({ loginIds: undefined, depUuids: 'dep001' })).toEqual(delivered('lisi', 'qianba', 'wangwu'));
      expect(await reached({ depUuids: 'dep0011' })).toEqual(delivered('qianba', 'zhangsan'));
      const { text } = await mobileark.call({ ...push, loginIds: undefined });
      expect(text).toBe(
        '{"code":"1032","message":"缺少必选参数","solution":"请查看根据服务接口，添加必须的参数","subErrors":[' +
          '{"code":"isv.missing-parameter:loginIds","message":"缺少必要的参数loginIds"},' +
          '{"code":"isv.missing-parameter:depUuids","message":"缺少必要的参数depUuids"}]}',
      );
    });

    it('M14: an empty list is an absent one; one with nothing in it but commas and blanks is wrong', async () => {
      expect(await refusal({ loginIds: '', depUuids: '' })).toEqual(missing('loginIds', 'depUuids'));
      for (const nothing of [',', ' ', ' , ,', '[]', '[""]']) {
        expect([nothing, await refusal({ loginIds: nothing })]).toEqual([nothing, invalid('loginIds')]);
        expect([nothing, await refusal({ depUuids: nothing })]).toEqual([nothing, invalid('depUuids')]);
      }
      expect(await reached({ loginIds: 'zhangsan,' })).toEqual(delivered('zhangsan'));
    });

    it('M15: login ids in any case; failures in the spelling of the caller', async () => {
      expect(await reached({ loginIds: 'ZHANGSAN,chenjiajia,ChenJiajia' })).toEqual(
        delivered('ChenJiajia', 'zhangsan'),
      );
      expect(await reply({ loginIds: 'NoBody,zhangsan, gHost ,gone,twin,NoBody' })).toBe(
        '{"resultCode":"2","failloginid":["NoBody","gHost","gone","twin"],"faildepid":[]}',
      );
    });

    it('M16: departments exactly, with those below; an unknown one is told', async () => {
      expect(await reached({ loginIds: '', depUuids: 'dep001' })).toEqual(delivered('lisi', 'qianba', 'wangwu'));
      expect(await reply({ loginIds: '', depUuids: 'DEP001,dep0011,dep999' })).toBe(
        '{"resultCode":"2","failloginid":[],"faildepid":["DEP001","dep999"]}',
      );
    });

    it('M16: fewer than that is not what it does, and settings that want it open nothing', async () => {
      expect((await mobileark.call({ ...push, appKey: 'fewer' })).body.code).toBe('1001');
    });

    it('a person named in several ways gets it once', async () => {
      expect(await reached({ loginIds: 'lisi,LISI', depUuids: 'dep001,dep0011' })).toEqual(
        delivered('lisi', 'qianba', 'wangwu'),
      );
    });

    it('each item is 1 to 36 characters long', async () => {
      expect(await reply({ loginIds: `zhangsan,${'x'.repeat(36)}` })).toContain('"resultCode":"2"');
      expect(await refusal({ loginIds: `zhangsan,${'x'.repeat(37)}` })).toEqual(invalid('loginIds'));
      expect(await refusal({ depUuids: 'x'.repeat(37) })).toEqual(invalid('depUuids'));
    });

    it('a JSON array of strings is a list as well', async () => {
      expect(await reached({ loginIds: '["zhangsan", "lisi"]' })).toEqual(delivered('lisi', 'zhangsan'));
      expect(await reply({ loginIds: '["zhangsan", 3]' })).toBe(
        String.raw`{"resultCode":"3","failloginid":["[\"zhangsan\"","3]"],"faildepid":[]}`,
      );
    });

    it('M9, M12, M18, M19, M37: 1 all, 2 a part, 3 nobody: strings, with both lists and no more', async () => {
      expect(await reply({ depUuids: 'dep001' })).toBe(ALL);
      expect(await reply({ loginIds: 'zhangsan,lisi,a' })).toBe(
        '{"resultCode":"2","failloginid":["a"],"faildepid":[]}',
      );
      expect(await reply({ loginIds: '3,zhangsan,1', depUuids: 'dep9' })).toBe(
        '{"resultCode":"2","failloginid":["3","1"],"faildepid":["dep9"]}',
      );
      expect(await reply({ loginIds: 'nobody', depUuids: 'dep001' })).toBe(
        '{"resultCode":"2","failloginid":["nobody"],"faildepid":[]}',
      );
      const before = await mobileark.messageCount();
      expect(await reply({ loginIds: 'a,b', depUuids: 'dep9' })).toBe(
        '{"resultCode":"3","failloginid":["a","b"],"faildepid":["dep9"]}',
      );
      expect(await mobileark.messageCount()).toBe(before);
    });

    it('M19: a department without people is no failure', async () => {
      const { text, messageId } = await mobileark.call({ ...push, loginIds: '', depUuids: 'dep002' });
      expect(text).toBe(ALL);
      expect(await mobileark.deliveries(messageId)).toEqual([]);
    });

    it('M23: only type 16 means everybody, and only when both lists are empty', async () => {
      for (const type of [undefined, '1', '13', '17', '19']) {
        expect(await refusal({ type, loginIds: '' })).toEqual(missing('loginIds', 'depUuids'));
      }
      expect(await reached({ type: '16', loginIds: 'zhangsan' })).toEqual(delivered('zhangsan'));
      expect(await reached({ type: '16', loginIds: undefined })).toHaveLength(9);
      for (const nothing of [',', ' ', '[]', '[""]']) {
        expect([nothing, await refusal({ type: '16', loginIds: nothing })]).toEqual([nothing, invalid('loginIds')]);
      }
    });

    it('M23: nobody known is nobody, also for type 16', async () => {
      const before = await mobileark.messageCount();
      expect(await reply({ type: '16', loginIds: 'nobody', depUuids: 'nowhere' })).toBe(
        '{"resultCode":"3","failloginid":["nobody"],"faildepid":["nowhere"]}',
      );
      expect(await mobileark.messageCount()).toBe(before);
    });
  });

  describe('what it says', () => {
    it('title and content have 40 and 500 characters at most', async () => {
      expect(await shown({ title: '题'.repeat(40), content: '文'.repeat(500) })).toEqual({
        title: '题'.repeat(40),
        text: '文'.repeat(500),
      });
      expect(await refusal({ title: '题'.repeat(41), content: '文'.repeat(501) })).toEqual(invalid('title', 'content'));
      expect(await refusal({ title: '' })).toEqual(missing('title'));
      expect(await refusal({ title: ' ' })).toEqual(invalid('title'));
    });

    it('M20: version 1.0 has no type: what is sent as one is ignored', async () => {
      for (const type of ['1', '13', '16', '99', 'x']) {
        expect(await mobileark.message(await sent({ v: '1.0', type }))).toMatchObject({
          category: 'system',
          options: { mobileark: { method: 'mobileark.syspush', v: '1.0', type: '1' } },
        });
      }
      expect(await refusal({ v: '1.0', type: '16', loginIds: '' })).toEqual(missing('loginIds', 'depUuids'));
    });

    it.each<[string, string[]]>([
      ['1.1', ['16', '17', '19', '0', '2', '131', '1|13', 'constructor']],
      ['1.2', ['17', '19', '1,13', '016']],
      ['1.3', ['2', '14', '15', '18', '20', '-1', '1.0', 'system', '__proto__']],
    ])('M20: the types that version %s does not know are wrong', async (v, types) => {
      for (const type of types) expect([type, await refusal({ v, type })]).toEqual([type, invalid('type')]);
    });

    it('M20: an empty type is 1', async () => {
      expect(await mobileark.message(await sent({ type: '' }))).toMatchObject({ category: 'system' });
    });

    it('M21, M22: type 17 is a system message for the device used last', async () => {
      const id = await sent({ type: '17' });
      expect(await mobileark.message(id)).toMatchObject({
        category: 'system',
        audience: { devices: { latestOnly: true } },
      });
      expect((await mobileark.message(await sent({ type: '1' }))).audience.devices).toBeUndefined();
    });

    it('M24: content is required in version 1.0 and of type 1', async () => {
      for (const v of ['1.0', '1.1', '1.2', '1.3']) {
        expect(await refusal({ v, content: '' })).toEqual(missing('content'));
        expect(await refusal({ v, content: undefined })).toEqual(missing('content'));
      }
      expect(await refusal({ type: '1', content: undefined })).toEqual(missing('content'));
    });

    it.each(['13', '16', '17', '19'])(
      'M24, M25: of type %s the title stands in for content, which else is shown',
      async (type) => {
        expect(await shown({ type, content: undefined })).toEqual({ title: '标题', text: '标题' });
        expect(await shown({ type, content: '' })).toEqual({ title: '标题', text: '标题' });
        expect(await shown({ type })).toEqual({ title: '标题', text: '内容' });
        expect(await refusal({ type, content: '文'.repeat(501) })).toEqual(invalid('content'));
      },
    );

    it('M26: of type 16 param is an object of scalars, and is handed on', async () => {
      const param = '{"key1":"val1","n":1.5,"yes":true,"none":null}';
      expect(await stored({ type: '16', param })).toEqual({
        title: '标题',
        text: '内容',
        ext: { key1: 'val1', n: 1.5, yes: true, none: null },
      });
      expect(await stored({ type: '16', param: '' })).toEqual({ title: '标题', text: '内容' });
      for (const wrong of ['x', '[]', '"a"', '1', 'null', '{', "{'a':1}", '{"a":{}}', '{"a":[1]}', ' ']) {
        expect([wrong, await refusal({ type: '16', param: wrong })]).toEqual([wrong, invalid('param')]);
      }
    });

    it('M26: at most 500 characters of it, as written', async () => {
      const param = (length: number): string => `{"a":"${'b'.repeat(length - 8)}"}`;
      expect(await refusal({ type: '16', param: param(501) })).toEqual(invalid('param'));
      expect(await reply({ type: '16', param: param(500) })).toBe(ALL);
      expect(await refusal({ type: '1', param: 'x'.repeat(501) })).toEqual(invalid('param'));
    });

    it('M26: of other types param is kept with the message and not handed on, whatever it is', async () => {
      for (const param of ['{"key1":"val1"}', 'no json']) {
        const id = await sent({ type: '1', param });
        expect(await mobileark.message(id)).toMatchObject({ options: { mobileark: { param } } });
        expect((await mobileark.message(id)).contents).toEqual([{ title: '标题', text: '内容' }]);
      }
    });

    it.each(['1.0', '1.1'])('M27: version %s has no param', async (v) => {
      const { options, contents } = await mobileark.message(await sent({ v, param: 'x'.repeat(1000) }));
      expect(options).toEqual({ mobileark: { method: 'mobileark.syspush', v, type: '1' } });
      expect(contents).toEqual([{ title: '标题', text: '内容' }]);
    });

    it('M2: every version is served, whatever release of the product it came with', async () => {
      for (const v of ['1.0', '1.1', '1.2', '1.3']) expect(await reply({ v })).toBe(ALL);
    });
  });

  it('1032 goes before 1033', async () => {
    expect(await refusal({ type: '99', title: undefined })).toEqual(missing('title'));
    expect(await refusal({ type: '99', ecid: 'e'.repeat(21) })).toEqual(invalid('ecid', 'type'));
  });

  it('another organisation, and no channel', async () => {
    await mobileark.app.organisation('elsewhere');
    expect(await refusal({ ecid: 'elsewhere' })).toEqual(['1009', 'isv.mobileark-syspush-service-error:-90001']);
    expect(await refusal({ appKey: 'nowhere' })).toEqual(['1009', 'isv.mobileark-syspush-service-error:-90103']);
    expect(await reply({ ecid: ' DEFAULT ' })).toBe(ALL);
  });
});
