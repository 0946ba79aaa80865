import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_KEY, encode, failure, type Form, MobilearkFixture, sign } from './fixture.js';

type Change = Record<string, string | undefined>;

const METHODS: Record<string, Form> = {
  impush: {
    method: 'mobileark.impush',
    v: '1.0',
    ecid: 'default',
    imSender: 'zhangsan',
    imSenderName: '张三',
    imReceiver: 'lisi',
    content: 'c',
  },
  syspush: {
    method: 'mobileark.syspush',
    v: '1.3',
    ecid: 'default',
    type: '16',
    loginIds: 'zhangsan',
    depUuids: 'dep001',
    title: 't',
    content: 'c',
    param: '{"a":"b"}',
  },
  smspush: { method: 'mobileark.smspush', v: '1.0', phoneNumbers: '13812345678', content: 'c' },
};
const OWN = (form: Form): string[] => Object.keys(form).filter((name) => !['method', 'v'].includes(name));
const EACH = Object.entries(METHODS).flatMap(([method, form]) => OWN(form).map((name) => [method, name] as const));

describe('hostile input', () => {
  let mobileark: MobilearkFixture;
  let accepted = 0;

  beforeAll(async () => {
    mobileark = await MobilearkFixture.start();
    await mobileark.application('many', 'many', { mobileark: { limits: { calls: 1000 } } });
  });
  afterAll(async () => {
    expect(await mobileark.messageCount()).toBe(accepted);
    await mobileark.close();
  });

  const call = async (method: string, change: Change): Promise<string[]> => {
    const answer = await mobileark.call({ ...METHODS[method], appKey: 'many', ...change });
    expect(answer.status).toBe(200);
    if (answer.messageId !== undefined) accepted++;
    return answer.body.code === undefined ? [String(answer.body.resultCode)] : failure(answer);
  };

  it.each(EACH)('%s: 10 000 characters in %s are refused by its name', async (method, name) => {
    expect(await call(method, { [name]: '长'.repeat(10_000) })).toEqual(['1033', `isv.invalid-paramete:${name}`]);
  });

  it.each(EACH)('%s: U+0000 in %s is refused by its name', async (method, name) => {
    const value = `${METHODS[method]?.[name]}\0`;
    expect(await call(method, { [name]: value })).toEqual(['1033', `isv.invalid-paramete:${name}`]);
  });

  it('U+0000 in a system parameter is a wrong value of it', async () => {
    expect(await call('syspush', { appKey: 'many\0' })).toEqual(['1023']);
    expect(await call('syspush', { method: 'mobileark.syspush\0' })).toEqual(['1027']);
    expect(await call('syspush', { v: '1.3\0' })).toEqual(['1029']);
    expect(await call('syspush', { format: 'json\0' })).toEqual(['1031']);
    expect(await call('syspush', { locale: '\0', whatever: '\0', '\0': '\0' })).toEqual(['1']);
  });

  it('10 000 characters in a system parameter are a wrong value of it', async () => {
    const long = '9'.repeat(10_000);
    expect(await call('syspush', { appKey: long })).toEqual(['1023']);
    expect(await call('syspush', { method: long })).toEqual(['1027']);
    expect(await call('syspush', { v: long })).toEqual(['1030']);
    expect(await call('syspush', { v: `${long}!` })).toEqual(['1029']);
    expect(await call('syspush', { sign: long })).toEqual(['1025']);
    expect(await call('syspush', { format: long })).toEqual(['1031']);
    expect(await call('syspush', { locale: long, [long]: long })).toEqual(['1']);
  });

  it('halves of surrogate pairs and U+0000, escaped in param, are refused; other escapes are not', async () => {
    for (const escape of [String.raw`\u0000`, String.raw`\ud800`, String.raw`\udc00\ud800`]) {
      expect(await call('syspush', { param: `{"a":"${escape}"}` })).toEqual(['1033', 'isv.invalid-paramete:param']);
      expect(await call('syspush', { param: `{"${escape}":"a"}` })).toEqual(['1033', 'isv.invalid-paramete:param']);
    }
    expect(await call('syspush', { param: String.raw`{"a":"\ud83d\ude00"}` })).toEqual(['1']);
    expect(await call('syspush', { type: '1', param: String.raw`{"a":"\u0000"}` })).toEqual(['1']);
  });

  it('a __proto__ key in param sets nothing', async () => {
    const param = '{"__proto__":"x","constructor":"y","a":"b"}';
    const answer = await mobileark.call({ ...METHODS.syspush, appKey: 'many', param });
    accepted++;
    expect((await mobileark.message(answer.messageId)).contents).toEqual([
      { title: 't', text: 'c', ext: { constructor: 'y', a: 'b' } },
    ]);
  });

  it('param that is nested deeply is refused', async () => {
    const nested = `{"a":${'['.repeat(240)}${']'.repeat(240)}}`;
    expect(await call('syspush', { param: nested })).toEqual(['1033', 'isv.invalid-paramete:param']);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a name like any other', async (name) => {
    // As text: an object would not keep the first of them.
    const form: Form = { appKey: APP_KEY, ...METHODS.syspush };
    const names = [...Object.keys(form), name].sort();
    const base = names.map((one) => `${one}${one === name ? 'x' : form[one]}`).join('');
    const helper = `${encode(form)}&${name}=x&secret=asd`;
    const { body } = await mobileark.send('POST', '/thirdpartaccess/sign-helper', helper);
    expect(body.base).toBe(base);
    const answer = await mobileark.post(`${encode(form)}&${name}=x&sign=${String(body.sign)}`);
    accepted++;
    expect(answer.body.resultCode).toBe('1');
    expect(await call('syspush', { type: name })).toEqual(['1033', 'isv.invalid-paramete:type']);
    expect(await call('syspush', { loginIds: name, depUuids: name })).toEqual(['3']);
    expect(await call('impush', { imReceiver: name })).toEqual(['1']);
    expect(await call('syspush', { appKey: name })).toEqual(['1023']);
  });

  it.each(EACH)('%s: %s twice is its values with a comma between, or wrong', async (method, name) => {
    const form: Form = { appKey: 'many', ...METHODS[method] };
    const value = String(form[name]);
    const twice = sign({ ...form, [name]: `${value},${value}` });
    const answer = await mobileark.post(`${encode(form)}&${name}=${encodeURIComponent(value)}&sign=${twice}`);
    if (answer.messageId !== undefined) accepted++;
    const once = await mobileark.post(`${encode({ ...form, sign: sign(form) })}&${name}=${encodeURIComponent(value)}`);
    expect(once.body.code).toBe('1025');
    const lists = ['loginIds', 'depUuids', 'imReceiver', 'phoneNumbers', 'imSenderName', 'title', 'content'];
    if (lists.includes(name)) expect(answer.messageId).toBeDefined();
    else expect(answer.messageId).toBeUndefined();
  });

  it('SQL and patterns are text', async () => {
    const codes = ["zhangsan' OR '1'='1", '%', 'zhang_an', 'zhangsan--', '*', '.*'].join(',');
    expect(await call('syspush', { loginIds: codes, depUuids: codes })).toEqual(['3']);
    expect(await call('syspush', { ecid: "' OR 1=1 --" })).toEqual([
      '1009',
      'isv.mobileark-syspush-service-error:-90001',
    ]);
  });

  it('more people or departments than a message may name are refused', async () => {
    const many = Array.from({ length: 5_001 }, (_, number) => `p${number}`).join(',');
    expect(await call('syspush', { loginIds: many })).toEqual(['1033', 'isv.invalid-paramete:loginIds']);
    expect(await call('syspush', { depUuids: many })).toEqual(['1033', 'isv.invalid-paramete:depUuids']);
    const most = many.replace(/,[^,]*$/, ',zhangsan').replace('p0,', '');
    expect(await call('syspush', { loginIds: most, depUuids: most.replace('zhangsan', 'dep001') })).toEqual(['2']);
  });

  it('a million ampersands, percents and names are read in no time', async () => {
    const started = process.hrtime.bigint();
    const most = 1024 * 1024 - 1;
    for (const text of [
      '&'.repeat(most),
      '%'.repeat(most),
      'a&'.repeat(most / 2),
      '=&'.repeat(most / 2),
      '['.repeat(most),
    ]) {
      const { body } = await mobileark.post(text);
      expect(body.code).toBe('1022');
    }
    const head = `--X\r\n${'content-disposition:; name='.repeat(30_000)}\r\n\r\n\r\n--X--`;
    const type = { 'content-type': 'multipart/form-data; boundary=X' };
    expect((await mobileark.post(head, type)).body.code).toBe('1022');
    expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(20);
  });

  it('content that looks like markup or a template is text', async () => {
    const content = '<script>alert(1)</script> ${name} {{ recipient.name }}';
    const answer = await mobileark.call({ ...METHODS.syspush, appKey: 'many', content });
    accepted++;
    await mobileark.app.drain();
    expect(await mobileark.inbox('zhangsan', answer.messageId)).toEqual([
      expect.objectContaining({ text: content, html: null }),
    ]);
  });
});
