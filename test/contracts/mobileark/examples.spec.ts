import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encode, type Form, GATEWAY, MobilearkFixture, sign } from './fixture.js';

interface Operation {
  requestBody: {
    content: Record<
      string,
      { schema: { properties: Record<string, { example: string }> }; examples: Record<string, { value: Form }> }
    >;
  };
}

/** The secret that the documentation names. */
const EXAMPLE_SECRET = 'asd';

describe('the documented examples', () => {
  let mobileark: MobilearkFixture;
  let paths: Record<string, { post: Operation }>;

  beforeAll(async () => {
    mobileark = await MobilearkFixture.start();
    const document = await mobileark.app.call('GET', '/docs-json/mobileark');
    ({ paths } = document.body as { paths: typeof paths });
  });
  afterAll(() => mobileark.close());

  const formOf = (path: string): Operation['requestBody']['content'][string] => {
    const form = paths[path]?.post.requestBody.content['application/x-www-form-urlencoded'];
    if (form === undefined) throw new Error(`${path} has no form`);
    return form;
  };

  it('are of the gateway and its helper alone', () => {
    expect(Object.keys(paths).sort()).toEqual([GATEWAY, `${GATEWAY}/sign-helper`]);
    expect(Object.keys(paths[GATEWAY] ?? {})).toEqual(['post']);
  });

  it.each([
    ['impush', '{"resultCode":"0","resultMsg":"成功"}', ['im lisi delivered', 'im wangwu delivered']],
    [
      'syspush',
      '{"resultCode":"1","failloginid":[],"faildepid":[]}',
      ['lisi', 'qianba', 'wangwu', 'zhangsan'].map((person) => `system ${person} delivered`),
    ],
    ['smspush', '{"resultCode":"0"}', ['sms 13812345678 sent', 'sms 13912345678 sent']],
  ])('%s works as it stands', async (name, text, deliveries) => {
    const form = formOf(GATEWAY).examples[name]?.value ?? {};
    expect(form.sign).toBe(sign(form, EXAMPLE_SECRET));
    const answer = await mobileark.post(encode(form));
    expect(answer.text).toBe(text);
    expect(await mobileark.deliveries(answer.messageId)).toEqual(deliveries);
  });

  it('the subscription works as it stands, and goes to everybody who is switched on', async () => {
    const answer = await mobileark.post(encode(formOf(GATEWAY).examples.subscription?.value ?? {}));
    expect(answer.text).toBe('{"resultCode":"1","failloginid":[],"faildepid":[]}');
    expect(await mobileark.deliveries(answer.messageId)).toHaveLength(9);
  });

  it('the form as it is filled in at first works, without its empty fields', async () => {
    const fields = Object.entries(formOf(GATEWAY).schema.properties).map(([name, { example }]) => [name, example]);
    const filled = Object.fromEntries(fields.filter(([, value]) => value !== '')) as Form;
    expect(fields.length).toBeGreaterThan(Object.keys(filled).length);
    expect((await mobileark.post(encode(filled))).text).toBe('{"resultCode":"1","failloginid":[],"faildepid":[]}');
  });

  it('the helper signs its example as the gateway wants it', async () => {
    const { value } = Object.values(formOf(`${GATEWAY}/sign-helper`).examples)[0] ?? { value: {} };
    const { body } = await mobileark.send('POST', `${GATEWAY}/sign-helper`, encode(value));
    const { secret: _, ...form } = value;
    expect(body.sign).toBe(sign(form, EXAMPLE_SECRET));
  });
});
