import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_KEY, encode, type Form, MobilearkFixture, SECRET, sign } from './fixture.js';

const SYSTEM = { appKey: APP_KEY, format: 'json' };

/** The published example, and two more, with signatures that were computed elsewhere. */
const VECTORS = {
  addorg: [
    {
      ...SYSTEM,
      assignedLicenseNum: '1',
      memo: 'webapi1',
      locale: 'zh_CN',
      orgName: 'webapi11',
      orgCode: 'webapi1',
      method: 'mobileark.addorg',
      v: '1.0',
    },
    '762C1F1B50B40F92F89B4A45C34E82CC4678FE2B',
  ],
  reserved: [
    {
      ...SYSTEM,
      method: 'mobileark.syspush',
      v: '1.2',
      locale: 'zh_CN',
      ecid: 'default',
      loginIds: 'zhangsan,lisi,a',
      type: '1',
      depUuids: '',
      title: '通知',
      content: '50% + a&b=c',
    },
    'BE60B3D9ABCEBE9577833BF52E5BA0B222538411',
  ],
  json: [
    {
      ...SYSTEM,
      method: 'mobileark.syspush',
      v: '1.3',
      ecid: 'default',
      type: '16',
      title: 't',
      content: 'c',
      param: '{"key1":"val1","key2":"val2"}',
    },
    'D74D1AE1316939AE84F14BEBD2B4FE5071CE3B62',
  ],
} as const satisfies Record<string, [Form, string]>;

describe('the signature', () => {
  let mobileark: MobilearkFixture;

  beforeAll(async () => {
    mobileark = await MobilearkFixture.start();
  });
  afterAll(() => mobileark.close());

  const call: Form = {
    ...SYSTEM,
    method: 'mobileark.syspush',
    v: '1.0',
    ecid: 'default',
    loginIds: 'zhangsan',
    title: 't',
    content: 'c',
  };
  const codeOf = async (body: string | Buffer): Promise<unknown> =>
    (await mobileark.post(body)).body.code ?? 'accepted';

  it('M1: of the published example is taken as published: the method alone is unknown', async () => {
    const [form, published] = VECTORS.addorg;
    const unsigned = await mobileark.post(encode(form));
    expect(unsigned.body.code).toBe('1027');
    // The signature is looked at after the method, so the helper shows what it is.
    const helper = await mobileark.send('POST', '/thirdpartaccess/sign-helper', encode({ ...form, secret: SECRET }));
    expect(helper.body).toEqual({
      sign: published,
      base: 'appKey00001assignedLicenseNum1formatjsonlocalezh_CNmemowebapi1methodmobileark.addorgorgCodewebapi1orgNamewebapi11v1.0',
    });
    expect(sign(form)).toBe(published);
  });

  it.each([
    ['an empty parameter and reserved characters', VECTORS.reserved, '2', ['a']],
    ['no locale and JSON', VECTORS.json, '1', []],
  ] as const)('%s: the vector is accepted', async (_name, [form, published], resultCode, failloginid) => {
    const { text, messageId } = await mobileark.post(encode({ ...form, sign: published }));
    expect(text).toBe(JSON.stringify({ resultCode, failloginid, faildepid: [] }));
    expect(await mobileark.deliveries(messageId)).not.toEqual([]);
  });

  it('the reserved characters arrive as they were meant', async () => {
    const [form, published] = VECTORS.reserved;
    const { messageId } = await mobileark.post(encode({ ...form, sign: published }));
    await mobileark.app.drain();
    expect(await mobileark.inbox('lisi', messageId)).toEqual([
      expect.objectContaining({ title: '通知', text: '50% + a&b=c' }),
    ]);
  });

  it('agrees with what openssl computes', async () => {
    const form = { ...call, content: '一，二 & 三 = 100%', locale: 'zh_CN' };
    const base = Object.entries(form)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map((entry) => entry.join(''))
      .join('');
    const output = execFileSync('openssl', ['dgst', '-sha1', '-r'], { input: `${SECRET}${base}${SECRET}` }).toString();
    const digest = output.slice(0, 40).toUpperCase();
    expect(await codeOf(encode({ ...form, sign: digest }))).toBe('accepted');
    expect(digest).toBe(sign(form));
  });

  it('is taken in lower-case digits too', async () => {
    expect(await codeOf(encode({ ...call, sign: sign(call).toLowerCase() }))).toBe('accepted');
  });

  it('sorts names as UTF-16, upper case first', async () => {
    const form = { ...call, Zeta: '1', appid: '2', é: '3', '😀': '4', '\uffee': '5' };
    expect(Object.keys(form).toSorted().slice(0, 4)).toEqual(['Zeta', 'appKey', 'appid', 'content']);
    expect(Object.keys(form).toSorted().slice(-2)).toEqual(['😀', '\uffee']);
    expect(await codeOf(encode({ ...form, sign: sign(form) }))).toBe('accepted');
  });

  it('takes in every parameter: system, empty and unknown ones', async () => {
    const extras: [string, string][] = [
      ['locale', 'zh_CN'],
      ['sessionId', 's'],
      ['callback', 'f'],
      ['depUuids', ''],
      ['whatever', ''],
    ];
    for (const [name, value] of extras) {
      const form = { ...call, [name]: value };
      expect(await codeOf(encode({ ...form, sign: sign(form) }))).toBe('accepted');
      const left = encode({ ...form, sign: sign(call) });
      // An empty one adds its name.
      expect([name, await codeOf(left)]).toEqual([name, '1025']);
    }
  });

  it.each([
    ['another digit', sign(call).replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))],
    ['another secret', sign(call, 'asd ')],
    ['the signature of nothing', sign({})],
    ['half a signature', sign(call).slice(0, 20)],
    ['no digits', 'x'.repeat(40)],
    ['10 000 characters', 'F'.repeat(10_000)],
    ['digits that are longer as bytes', 'ﬀ'.repeat(20)],
  ])('%s is refused', async (_name, wrong) => {
    expect(await codeOf(encode({ ...call, sign: wrong }))).toBe('1025');
  });

  it('is missing, empty, or of another call', async () => {
    expect(await codeOf(encode(call))).toBe('1024');
    expect(await codeOf(encode({ ...call, sign: '' }))).toBe('1024');
    expect(await codeOf(encode({ ...call, content: 'changed', sign: sign(call) }))).toBe('1025');
  });

  it('of a repeated parameter is over its values with commas between: nothing unsigned is acted upon', async () => {
    const signed = sign({ ...call, loginIds: 'zhangsan,lisi' });
    const { text, messageId } = await mobileark.post(`${encode({ ...call, sign: signed })}&loginIds=lisi`);
    expect(text).toBe('{"resultCode":"1","failloginid":[],"faildepid":[]}');
    expect(await mobileark.deliveries(messageId)).toEqual(['system lisi delivered', 'system zhangsan delivered']);
    // Signed for one value only, as a caller would who was told of the first.
    expect(await codeOf(`${encode({ ...call, sign: sign(call) })}&loginIds=lisi`)).toBe('1025');
    expect(await codeOf(`loginIds=lisi&${encode({ ...call, sign: sign(call) })}`)).toBe('1025');
    expect(await codeOf(`${encode({ ...call, sign: sign(call) })}&sign=${sign(call)}`)).toBe('1025');
  });

  it('may be left out where the application says so, and then is not looked at', async () => {
    await mobileark.application('unsigned', 'unsigned-app', { mobileark: { requireSign: false } });
    const form = { ...call, appKey: 'unsigned-app' };
    expect(await codeOf(encode(form))).toBe('accepted');
    expect(await codeOf(encode({ ...form, sign: 'x' }))).toBe('accepted');
  });

  it("is made with the secret of the key's own application", async () => {
    await mobileark.application('second', 'second-app', { secret: 'another-secret' });
    const form = { ...call, appKey: 'second-app' };
    expect(await codeOf(encode({ ...form, sign: sign(form, 'another-secret') }))).toBe('accepted');
    expect(await codeOf(encode({ ...form, sign: sign(form) }))).toBe('1025');
  });
});
