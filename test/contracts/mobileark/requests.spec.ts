import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_KEY, encode, type Form, GATEWAY, MobilearkFixture, sign } from './fixture.js';

const ACCEPTED = '{"resultCode":"1","failloginid":[],"faildepid":[]}';
const ERRORS = {
  '1006': '{"code":"1006","message":"编码错误","solution":"无效的编码，请对使用UTF-8对请求参数值进行编码"}',
  '1022': '{"code":"1022","message":"缺少appKey参数","solution":"缺少appKey，请向服务端获取合法的appKey"}',
  '1031': '{"code":"1031","message":"无效报文格式类型","solution":"数据格式不正确，请检查"}',
} as const;

describe('requests', () => {
  let mobileark: MobilearkFixture;

  beforeAll(async () => {
    mobileark = await MobilearkFixture.start();
  });
  afterAll(() => mobileark.close());

  const form: Form = {
    appKey: APP_KEY,
    method: 'mobileark.syspush',
    v: '1.0',
    ecid: 'default',
    loginIds: 'zhangsan',
    title: '标题',
    content: '50% + a&b=c 中文',
  };
  const signed: Form = { ...form, sign: sign(form) };
  const textOf = async (messageId: string | undefined): Promise<unknown> => {
    await mobileark.app.drain();
    return (await mobileark.inbox('zhangsan', messageId))[0]?.text;
  };

  it('M1: in the body, in the query, and divided between them', async () => {
    const { method, v, appKey, ...rest } = signed;
    const system = encode({ method: String(method), v: String(v), appKey: String(appKey) });
    const inQuery = await mobileark.send('POST', `${GATEWAY}?${encode(signed)}`);
    const divided = await mobileark.send('POST', `${GATEWAY}?${system}`, encode(rest));
    for (const { text, messageId } of [await mobileark.post(encode(signed)), inQuery, divided]) {
      expect(text).toBe(ACCEPTED);
      expect(await textOf(messageId)).toBe('50% + a&b=c 中文');
    }
  });

  it('escapes nothing but %, & and +: the rest is bytes of UTF-8, and the first = divides', async () => {
    const escape = (value: string): string => value.replaceAll(/[%&+]/g, (char) => encodeURIComponent(char));
    const body = Object.entries(signed).map(([name, value]) => `${name}=${escape(value)}`);
    const { text, messageId } = await mobileark.post(Buffer.from(body.join('&')));
    expect(text).toBe(ACCEPTED);
    expect(await textOf(messageId)).toBe('50% + a&b=c 中文');
  });

  it('has blanks as plus, and a % that escapes nothing', async () => {
    const odd = { ...form, content: '100% 的 %zz %4' };
    const body = encode({ ...odd, sign: sign(odd) })
      .replaceAll('%20', '+')
      .replaceAll('%25', '%');
    const { text, messageId } = await mobileark.post(body);
    expect(text).toBe(ACCEPTED);
    expect(await textOf(messageId)).toBe('100% 的 %zz %4');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded; charset=utf-8',
    'application/octet-stream',
    'application/json',
  ])('is called %s', async (type) => {
    expect((await mobileark.post(encode(signed), { 'content-type': type })).text).toBe(ACCEPTED);
  });

  it('has no content type, a byte order mark, or superfluous ampersands', async () => {
    expect((await mobileark.post(Buffer.from(encode(signed)), {})).text).toBe(ACCEPTED);
    expect((await mobileark.post(`\uFEFF${encode(signed)}`)).text).toBe(ACCEPTED);
    expect((await mobileark.post(`&&${encode(signed)}&`)).text).toBe(ACCEPTED);
  });

  const multipart = (parts: string[]): string => `${parts.map((part) => `--X\r\n${part}\r\n`).join('')}--X--\r\n`;
  const field = ([name, value]: [string, string]): string =>
    `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;

  it('is multipart: its text fields count as they stand, its files do not', async () => {
    const file =
      'Content-Disposition: form-data; name="icon"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG';
    const body = multipart([...Object.entries(signed).map(field), file]);
    for (const type of ['multipart/form-data; boundary=X', 'multipart/form-data; charset=utf-8; boundary="X"']) {
      const { text, messageId } = await mobileark.post(body, { 'content-type': type });
      expect(text).toBe(ACCEPTED);
      expect(await textOf(messageId)).toBe('50% + a&b=c 中文');
    }
  });

  it('is multipart, whatever its content type says', async () => {
    const body = multipart(Object.entries(signed).map(field));
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=Y', 'text/plain']) {
      expect((await mobileark.post(body, { 'content-type': type })).text).toBe(ACCEPTED);
    }
  });

  it('is multipart and nothing can be found in it', async () => {
    for (const body of [
      '--X',
      '--X--\r\n',
      '--X\r\nContent-Type: text/plain\r\n\r\nx\r\n--X--',
      multipart([field(['', 'x'])]),
    ]) {
      const { text } = await mobileark.post(body, { 'content-type': 'multipart/form-data; boundary=X' });
      expect([body, text]).toEqual([body, ERRORS['1022']]);
    }
  });

  it.each([
    ['raw', Buffer.concat([Buffer.from(`${encode(form)}&x=`), Buffer.from([0xd6, 0xd0, 0xce, 0xc4])])],
    ['escaped', `${encode(form)}&x=%D6%D0%CE%C4`],
    ['half a character', `${encode(form)}&x=%E4%B8`],
    ['a surrogate', `${encode(form)}&x=%ED%A0%80`],
    ['in a name', `${encode(form)}&%FF=x`],
  ])('1006: bytes that are no UTF-8: %s', async (_name, body) => {
    const { status, text } = await mobileark.post(body);
    expect([status, text]).toEqual([200, ERRORS['1006']]);
  });

  it('1022: nothing at all', async () => {
    for (const body of ['', '{}', '[]', '<xml/>', '{"appKey":"00001"}', 'appKey', '=00001', '&', '%']) {
      expect([body, (await mobileark.post(body)).text]).toEqual([body, ERRORS['1022']]);
    }
    expect((await mobileark.send('POST', GATEWAY)).text).toBe(ERRORS['1022']);
  });

  it('1031: more than this server accepts', async () => {
    const { status, text } = await mobileark.post(`${encode(signed)}&x=${'x'.repeat(1024 * 1024)}`);
    expect([status, text]).toEqual([200, ERRORS['1031']]);
  });
});
