import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_KEY, encode, failure, GATEWAY, MobilearkFixture, sign } from './fixture.js';

/** The errors that a call can meet, whole and in the order of their fields. */
const ERRORS: Readonly<Record<string, string>> = {
  '1005': '{"code":"1005","message":"HTTP方法被禁止","solution":"请使用合适的HTTP方法（GET或POST）"}',
  '1022': '{"code":"1022","message":"缺少appKey参数","solution":"缺少appKey，请向服务端获取合法的appKey"}',
  '1023':
    '{"code":"1023","message":"无效的appKey参数","solution":"无效的appKey,请使用合法的appKey（由服务提供商授予你）"}',
  '1024': '{"code":"1024","message":"缺少签名参数","solution":"缺少签名参数，请添加签名请求参数"}',
  '1025':
    '{"code":"1025","message":"无效签名","solution":"签名无效，请按正确的算法对请求数据进行签名:SHA1(<secret> <paramName1><paramValue><secret>),注意参数列表按字母顺序排列"}',
  '1026': '{"code":"1026","message":"缺少方法名参数","solution":"缺少方法,请添加上服务方法的请求参数"}',
  '1027': '{"code":"1027","message":"不存在的方法名","solution":"无效的方法，请检查服务方法名是否正确"}',
  '1028': '{"code":"1028","message":"缺少版本参数","solution":"缺少版本参数，请指定服务方法的版本号"}',
  '1029': '{"code":"1029","message":"非法的版本参数","solution":"非法的版本号，这个服务方法的版本号是错误的，请检查"}',
  '1030':
    '{"code":"1030","message":"不支持的版本号","solution":"这个版本号已经不支持，如已经过期，请使用新的服务方法版本"}',
  '1031': '{"code":"1031","message":"无效报文格式类型","solution":"数据格式不正确，请检查"}',
};

describe('the gateway', () => {
  let mobileark: MobilearkFixture;

  beforeAll(async () => {
    mobileark = await MobilearkFixture.start();
    await mobileark.application('broken', 'broken-app', { mobileark: { requireSign: 'no' } });
  });
  afterAll(() => mobileark.close());

  const push = {
    method: 'mobileark.syspush',
    v: '1.0',
    ecid: 'default',
    loginIds: 'zhangsan',
    title: '标题',
    content: '内容',
  };
  const ACCEPTED = '{"resultCode":"1","failloginid":[],"faildepid":[]}';

  describe('errors', () => {
    it.each<[string, string, Record<string, string | undefined>]>([
      ['1022', 'no appKey', { appKey: undefined }],
      ['1022', 'an empty appKey', { appKey: '' }],
      ['1023', 'an unknown appKey', { appKey: '00002' }],
      ['1023', 'an appKey that differs in blanks', { appKey: `${APP_KEY} ` }],
      ['1026', 'no method', { method: undefined }],
      ['1026', 'an empty method', { method: '' }],
      ['1027', 'an unknown method', { method: 'mobileark.getusers' }],
      ['1027', 'a method in other letters', { method: 'MobileArk.SysPush' }],
      ['1027', 'a name that every object inherits', { method: 'constructor' }],
      ['1028', 'no version', { v: undefined }],
      ['1028', 'an empty version', { v: '' }],
      ['1029', 'a version that is a word', { v: 'latest' }],
      ['1029', 'a version with a letter', { v: '1.0a' }],
      ['1029', 'a version that ends in a dot', { v: '1.' }],
      ['1030', 'a version that is not there', { v: '1.4' }],
      ['1030', 'a version of another method', { method: 'mobileark.impush', v: '1.1' }],
      ['1030', 'a release of the product', { v: '4.4.0' }],
      ['1024', 'an empty sign', { sign: '' }],
      ['1025', 'a wrong sign', { sign: 'X' }],
      ['1031', 'xml', { format: 'xml' }],
    ])('%s: %s', async (code, _name, change) => {
      const { status, text, headers } = await mobileark.call({ ...push, ...change });
      expect([status, text]).toEqual([200, ERRORS[code]]);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
    });

    it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('1005: %s', async (method) => {
      const form = { appKey: APP_KEY, ...push };
      const url = `${GATEWAY}?${encode({ ...form, sign: sign(form) })}`;
      const { status, text } = await mobileark.send(method, url);
      expect([status, text]).toEqual([200, ERRORS['1005']]);
    });

    it('1005: HEAD, without a body', async () => {
      const { status, text } = await mobileark.send('HEAD', `${GATEWAY}?appKey=${APP_KEY}`);
      expect([status, text]).toEqual([200, '']);
    });

    it('1001: settings that cannot be read are our fault, and open nothing', async () => {
      const early = await mobileark.call({ ...push, appKey: 'broken-app' });
      expect(early.text).toBe(
        '{"code":"1001","message":"服务不可用","solution":"服务目前无法使用，请保存好错误信息并和服务平台管理员联系"}',
      );
    });

    it('1001: what fails in a method names it', async () => {
      await mobileark.query('ALTER TABLE recipient RENAME TO recipient_away', []);
      try {
        const { status, body } = await mobileark.call(push);
        expect(status).toBe(200);
        expect(body).toEqual({
          code: '1001',
          message: '服务不可用',
          solution: '服务目前无法使用，请保存好错误信息并和服务平台管理员联系',
          subErrors: [
            { code: 'isp.mobileark-syspush-service-unavailable', message: '方法mobileark.syspush暂时无法完成' },
          ],
        });
      } finally {
        await mobileark.query('ALTER TABLE recipient_away RENAME TO recipient', []);
      }
    });

    it('1023: a key whose application is switched off', async () => {
      await mobileark.application('off', 'off-app');
      expect((await mobileark.call({ ...push, appKey: 'off-app' })).text).toBe(ACCEPTED);
      await mobileark.native('PATCH', '/api/v1/applications/off', { enabled: false });
      await mobileark.app.clock.advance(2_001);
      expect((await mobileark.call({ ...push, appKey: 'off-app' })).text).toBe(ERRORS['1023']);
    });

    it('1027: other paths below the gateway', async () => {
      for (const path of ['/thirdpartaccess/other', '/thirdpartaccess/sign-helper/x']) {
        const { status, text } = await mobileark.send('POST', path, 'a=1');
        expect([status, text]).toEqual([200, ERRORS['1027']]);
      }
    });
  });

  it('checks in the order of the gateway: whatever comes later may be wrong as well', async () => {
    const wrong: Record<string, string | undefined> = {
      appKey: undefined,
      method: undefined,
      v: undefined,
      sign: '',
      format: 'xml',
      title: '',
      ecid: 'other',
    };
    const right: [string, string | undefined, string][] = [
      ['appKey', 'nobody', '1022'],
      ['appKey', APP_KEY, '1023'],
      ['method', 'x', '1026'],
      ['method', 'mobileark.syspush', '1027'],
      ['v', 'x', '1028'],
      ['v', '9.9', '1029'],
      ['v', '1.0', '1030'],
      ['sign', 'x', '1024'],
      ['sign', undefined, '1025'],
    ];
    const form: Record<string, string | undefined> = { ...push, ...wrong };
    for (const [name, value, before] of right) {
      expect([name, (await mobileark.call(form)).body.code]).toEqual([name, before]);
      if (value === undefined) delete form[name];
      else form[name] = value;
    }
    expect((await mobileark.call(form, { method: 'GET' })).body.code).toBe('1005');
    expect((await mobileark.call(form)).body.code).toBe('1031');
    form.format = 'json';
    expect(failure(await mobileark.call(form))).toEqual(['1032', 'isv.missing-parameter:title']);
    form.title = 't';
    expect(failure(await mobileark.call(form))).toEqual(['1009', 'isv.mobileark-syspush-service-error:-90001']);
    form.ecid = 'default';
    expect((await mobileark.call(form)).text).toBe(ACCEPTED);
  });

  it('refuses another verb for what is wrong before it', async () => {
    expect((await mobileark.send('GET', GATEWAY)).text).toBe(ERRORS['1022']);
    expect((await mobileark.call({ ...push, sign: 'x' }, { method: 'GET' })).text).toBe(ERRORS['1025']);
  });

  it.each([undefined, 'json', 'JSON', 'Json', ''])('takes the format %j', async (format) => {
    expect((await mobileark.call({ ...push, format })).text).toBe(ACCEPTED);
  });

  it('takes appkey where appKey is absent', async () => {
    const answer = await mobileark.call({ ...push, appKey: undefined, appkey: APP_KEY });
    expect(answer.text).toBe(ACCEPTED);
    const both = await mobileark.call({ ...push, appKey: 'nobody', appkey: APP_KEY });
    expect(both.body.code).toBe('1023');
  });

  it('M35: tells the id of the message in a header, and in no body; a refused call has none', async () => {
    const accepted = await mobileark.call(push);
    expect(accepted.messageId).toMatch(/^\d+$/);
    expect(accepted.body).not.toHaveProperty('code');
    expect(accepted.headers['access-control-allow-origin']).toBe('*');
    const refused = await mobileark.call({ ...push, sign: 'x' });
    expect(refused.messageId).toBeUndefined();
    expect(refused.headers['access-control-allow-origin']).toBe('*');
    expect((await mobileark.call({ ...push, loginIds: 'nobody' })).messageId).toBeUndefined();
  });

  it('M36: sends again what is sent again', async () => {
    const [first, second] = [await mobileark.call(push), await mobileark.call(push)];
    expect([first.text, second.text]).toEqual([ACCEPTED, ACCEPTED]);
    expect(second.messageId).not.toBe(first.messageId);
    expect(await mobileark.deliveries(second.messageId)).toEqual(['system zhangsan delivered']);
  });

  describe('the sign helper', () => {
    const help = (body: string): Promise<{ status: number; body: unknown }> =>
      mobileark.send('POST', '/thirdpartaccess/sign-helper', body);

    it('signs with the secret it is given, whatever the key', async () => {
      const form = { appKey: 'nobody', title: '标题 +', depUuids: '' };
      const { status, body } = await help(encode({ ...form, secret: 's', sign: 'old' }));
      expect(status).toBe(200);
      expect(body).toEqual({ sign: sign(form, 's'), base: 'appKeynobodydepUuidstitle标题 +' });
      expect((await help('appKey=nobody')).body).toMatchObject({
        code: '1032',
        subErrors: [{ code: 'isv.missing-parameter:secret', message: '缺少必要的参数secret' }],
      });
    });

    it('makes what the gateway accepts', async () => {
      const form = { appKey: APP_KEY, ...push };
      const { body } = await help(encode({ ...form, secret: 'asd' }));
      const { sign: made } = body as { sign: string };
      expect((await mobileark.post(encode({ ...form, sign: made }))).text).toBe(ACCEPTED);
    });
  });
});
