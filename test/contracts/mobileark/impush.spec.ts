import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failure, MobilearkFixture } from './fixture.js';

const SUCCESS = '{"resultCode":"0","resultMsg":"成功"}';
const invalid = (name: string): string[] => ['1033', `isv.invalid-paramete:${name}`];

describe('mobileark.impush', () => {
  let mobileark: MobilearkFixture;

  beforeAll(async () => {
    mobileark = await MobilearkFixture.start();
    const limits = { calls: 1000 };
    await mobileark.application('many', 'many', { mobileark: { limits } });
    await mobileark.application('rtc', 'rtc', { mobileark: { limits, rtcMode: true } });
    await mobileark.application('few', 'few', { mobileark: { limits: { ...limits, receivers: 2 } } });
    await mobileark.application('nowhere', 'nowhere', { mobileark: { limits, channels: { im: 'missing' } } });
    await mobileark.application('wrong-kind', 'wrong-kind', { mobileark: { limits, channels: { im: 'sms' } } });
  });
  afterAll(() => mobileark.close());

  const im = {
    appKey: 'many',
    method: 'mobileark.impush',
    v: '1.0',
    ecid: 'default',
    imSender: 'zhangsan',
    imSenderName: '张三',
    imReceiver: 'lisi',
    content: 'c',
  };
  const reply = async (change: Record<string, string | undefined>): Promise<string> =>
    (await mobileark.call({ ...im, ...change })).text;
  const refusal = async (change: Record<string, string | undefined>): Promise<string[]> =>
    failure(await mobileark.call({ ...im, ...change }));
  const reached = async (change: Record<string, string | undefined>): Promise<string[]> => {
    const { messageId } = await mobileark.call({ ...im, ...change });
    return mobileark.deliveries(messageId);
  };

  it('1032 names everything that is missing, in the order of the document, and nothing that is wrong', async () => {
    const { text } = await mobileark.call({ appKey: 'many', method: im.method, v: '1.0', content: 'x'.repeat(1001) });
    expect(text).toBe(
      '{"code":"1032","message":"缺少必选参数","solution":"请查看根据服务接口，添加必须的参数","subErrors":[' +
        '{"code":"isv.missing-parameter:ecid","message":"缺少必要的参数ecid"},' +
        '{"code":"isv.missing-parameter:imSender","message":"缺少必要的参数imSender"},' +
        '{"code":"isv.missing-parameter:imSenderName","message":"缺少必要的参数imSenderName"},' +
        '{"code":"isv.missing-parameter:imReceiver","message":"缺少必要的参数imReceiver"}]}',
    );
    for (const name of ['ecid', 'imSender', 'imSenderName', 'imReceiver', 'content']) {
      expect(await refusal({ [name]: undefined })).toEqual(['1032', `isv.missing-parameter:${name}`]);
      expect(await refusal({ [name]: '' })).toEqual(['1032', `isv.missing-parameter:${name}`]);
    }
  });

  it('1033 names everything that is wrong', async () => {
    const { text } = await mobileark.call({ ...im, ecid: 'e'.repeat(21), content: ' ' });
    expect(text).toBe(
      '{"code":"1033","message":"非法的参数","solution":"请查看根据服务接口对参数格式的要求","subErrors":[' +
        '{"code":"isv.invalid-paramete:ecid","message":"参数ecid无效，格式不对、非法值、越界等"},' +
        '{"code":"isv.invalid-paramete:content","message":"参数content无效，格式不对、非法值、越界等"}]}',
    );
  });

  it('M5: an account is a login id with im_ before it, in any case, or the login id itself', async () => {
    for (const imReceiver of ['lisi', 'im_lisi', 'IM_LiSi', ' im_lisi ']) {
      expect(await reached({ imReceiver })).toEqual(['im lisi delivered']);
    }
    for (const imSender of ['zhangsan', 'im_zhangsan', 'IM_ZHANGSAN']) {
      const { messageId } = await mobileark.call({ ...im, imSender });
      expect(await mobileark.message(messageId)).toMatchObject({ sender: { code: 'zhangsan', name: '张三' } });
    }
  });

  it('M5: a login id that begins with im_ comes before one without it; only one im_ is a prefix', async () => {
    expect(await reached({ imReceiver: 'im_robot' })).toEqual(['im im_robot delivered']);
    expect(await reached({ imReceiver: 'robot' })).toEqual(['im robot delivered']);
    expect(await reached({ imReceiver: 'im_im_robot' })).toEqual(['im im_robot delivered']);
    expect(await reply({ imReceiver: 'im_im_lisi' })).toBe(
      '{"resultCode":"1","resultMsg":"没有有效的接收者：im_im_lisi"}',
    );
    expect(await reply({ imReceiver: 'im_' })).toBe('{"resultCode":"1","resultMsg":"没有有效的接收者：im_"}');
  });

  it('M5: both spellings of one person, and both modes, reach the person once', async () => {
    expect(await reached({ imReceiver: 'lisi,im_lisi,LISI' })).toEqual(['im lisi delivered']);
    expect(await reached({ appKey: 'rtc', imReceiver: 'im_lisi,wangwu' })).toEqual([
      'im lisi delivered',
      'im wangwu delivered',
    ]);
  });

  it('M6: 1 to 36 characters hold for each account, im_ not counted', async () => {
    const longest = 'x'.repeat(36);
    expect(await reply({ imReceiver: `lisi,im_${longest},${longest}` })).toBe(
      `{"resultCode":"0","resultMsg":"部分接收者无效：im_${longest},${longest}"}`,
    );
    expect(await refusal({ imReceiver: `lisi,${longest}x` })).toEqual(invalid('imReceiver'));
    expect(await refusal({ imReceiver: `lisi,im_${longest}x` })).toEqual(invalid('imReceiver'));
    expect(await reply({ imSender: `im_${longest}` })).toBe(
      `{"resultCode":"1","resultMsg":"发送者不存在：im_${longest}"}`,
    );
    expect(await refusal({ imSender: `im_${longest}x` })).toEqual(invalid('imSender'));
  });

  it('M7: at most 100 different receivers', async () => {
    const people = Array.from({ length: 101 }, (_, number) => `p${number}`);
    expect(await refusal({ imReceiver: people.join(',') })).toEqual(invalid('imReceiver'));
    const hundred = ['lisi', ...people.slice(0, 99)];
    expect((await mobileark.call({ ...im, imReceiver: hundred.join(',') })).body.resultCode).toBe('0');
    // The same ones again, in other letters.
    const twice = [...hundred, 'LISI', 'im_lisi', 'IM_P0'];
    expect((await mobileark.call({ ...im, imReceiver: twice.join(',') })).body.resultCode).toBe('0');
    expect(await refusal({ appKey: 'few', imReceiver: 'lisi,wangwu,zhangsan' })).toEqual(invalid('imReceiver'));
    expect(await reply({ appKey: 'few', imReceiver: 'lisi,wangwu' })).toBe(SUCCESS);
  });

  it('M8: at most 1000 UTF-16 units of text; over RTC at most 2048 bytes, too', async () => {
    expect(await reply({ content: '汉'.repeat(1000) })).toBe(SUCCESS);
    expect(await refusal({ content: '汉'.repeat(1001) })).toEqual(invalid('content'));
    // A character beyond the first 65536 has two units.
    expect(await reply({ content: '😀'.repeat(500) })).toBe(SUCCESS);
    expect(await refusal({ content: '😀'.repeat(501) })).toEqual(invalid('content'));
    expect(await reply({ appKey: 'rtc', content: `${'汉'.repeat(682)}ab` })).toBe(SUCCESS);
    expect(await refusal({ appKey: 'rtc', content: `${'汉'.repeat(682)}abc` })).toEqual(invalid('content'));
    expect(await refusal({ appKey: 'rtc', content: 'a'.repeat(1001) })).toEqual(invalid('content'));
  });

  it('names are 1 to 48 characters long', async () => {
    expect(await reply({ imSenderName: '名'.repeat(48) })).toBe(SUCCESS);
    expect(await refusal({ imSenderName: '名'.repeat(49) })).toEqual(invalid('imSenderName'));
  });

  it('M9, M10, M11: "0" for a part as well, naming the rest in the order and the spelling of the caller', async () => {
    expect(await reply({})).toBe(SUCCESS);
    expect(await reply({ imReceiver: 'Nobody,im_lisi, gone ,im_Ghost' })).toBe(
      '{"resultCode":"0","resultMsg":"部分接收者无效：Nobody,gone,im_Ghost"}',
    );
    expect(await reached({ imReceiver: 'nobody,lisi' })).toEqual(['im lisi delivered']);
    const before = await mobileark.messageCount();
    expect(await reply({ imReceiver: 'nobody,ghost' })).toBe(
      '{"resultCode":"1","resultMsg":"没有有效的接收者：nobody,ghost"}',
    );
    expect(await mobileark.messageCount()).toBe(before);
  });

  it('M15: organisation and login ids in any case; of two that differ in case alone only the exact one', async () => {
    expect(await reached({ ecid: 'DeFaUlT', imReceiver: 'CHENJIAJIA' })).toEqual(['im ChenJiajia delivered']);
    expect(await reached({ imReceiver: 'Twin' })).toEqual(['im Twin delivered']);
    expect(await reply({ imReceiver: 'twin' })).toBe('{"resultCode":"1","resultMsg":"没有有效的接收者：twin"}');
  });

  it('M34: an unknown sender, or one who is switched off, sends nothing', async () => {
    const before = await mobileark.messageCount();
    expect(await reply({ imSender: 'im_nobody' })).toBe('{"resultCode":"1","resultMsg":"发送者不存在：im_nobody"}');
    expect(await reply({ imSender: 'gone' })).toBe('{"resultCode":"1","resultMsg":"发送者不存在：gone"}');
    expect(await mobileark.messageCount()).toBe(before);
  });

  it('another organisation is none, and its people are not found', async () => {
    await mobileark.app.organisation('other');
    await mobileark.native('POST', '/api/v1/recipients', { code: 'stranger', name: 's' }, 'other');
    for (const ecid of ['other', 'nowhere', 'default2']) {
      expect((await mobileark.call({ ...im, ecid })).text).toBe(
        '{"code":"1009","message":"业务逻辑出错","solution":"请了解服务调用的前置条件，检查是否满足业务逻辑","subErrors":[' +
          '{"code":"isv.mobileark-impush-service-error:-90001","message":"机构不存在"}]}',
      );
    }
    expect(await reply({ imReceiver: 'stranger' })).toContain('没有有效的接收者：stranger');
  });

  it('a channel that is missing, of another kind or switched off', async () => {
    const noChannel = ['1009', 'isv.mobileark-impush-service-error:-90103'];
    expect(await refusal({ appKey: 'nowhere' })).toEqual(noChannel);
    expect(await refusal({ appKey: 'wrong-kind' })).toEqual(noChannel);
    await mobileark.native('PATCH', '/api/v1/channels/im', { enabled: false });
    await mobileark.app.clock.advance(2_001);
    const { body } = await mobileark.call(im);
    await mobileark.native('PATCH', '/api/v1/channels/im', { enabled: true });
    await mobileark.app.clock.advance(2_001);
    expect(body.subErrors).toEqual([{ code: noChannel[1], message: '消息通道不可用' }]);
    expect(await reply({})).toBe(SUCCESS);
  });
});
