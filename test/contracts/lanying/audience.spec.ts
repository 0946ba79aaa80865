import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failed, LanyingFixture, wrong } from './fixture.js';

describe('whom a push reaches', () => {
  let lanying: LanyingFixture;
  let anna: number;
  let ben: number;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
    anna = await lanying.user('anna');
    ben = await lanying.user('ben');
    await lanying.device(anna, 1, 'huawei', 'hw-anna');
    await lanying.device(anna, 2, 'apns', 'ap-anna');
    await lanying.device(ben, 1, 'xiaomi', 'mi-ben');
  });
  afterAll(() => lanying.close());

  const message = { title: '标题' };
  const answer = async (audience: unknown): Promise<string> => (await lanying.notify({ audience, message })).text;
  const reached = async (audience: unknown): Promise<string[]> =>
    (await lanying.reached(await lanying.pushed({ audience, message }))).sort();

  it.each<[string, unknown, string]>([
    ['none', undefined, 'audience: is required'],
    ['null', null, 'audience: is required'],
    ['empty text', '', 'audience: is required'],
    ['another word', 'everyone', 'audience: must be "all", or an object of tag, alias, user_id or push_token'],
    ['a number', 1, 'audience: must be "all", or an object of tag, alias, user_id or push_token'],
    ['true', true, 'audience: must be "all", or an object of tag, alias, user_id or push_token'],
    ['a list', ['all'], 'audience: must be a JSON object'],
    ['an empty object', {}, 'audience: must hold exactly one of tag, alias, user_id and push_token'],
    ['an unknown key', { all: true }, 'audience: must hold exactly one of tag, alias, user_id and push_token'],
  ])('L11: %s for an audience is refused, and is never everybody', async (_name, audience, detail) => {
    const before = await lanying.messageCount();
    expect(await answer(audience)).toBe(wrong(detail));
    expect(await lanying.messageCount()).toBe(before);
  });

  it('L11: a message is required', async () => {
    const { text } = await lanying.notify({ audience: 'all' });
    expect(text).toBe(wrong('message: is required'));
  });

  it.each(['all', 'ALL', ' All '])('L12: "%s" is everybody', async (audience) => {
    expect(await reached(audience)).toEqual(['ap-anna', 'hw-anna', 'mi-ben']);
  });

  it('L12: an object may come as a string of JSON', async () => {
    expect(await reached(`{"user_id":[${ben}]}`)).toEqual(['mi-ben']);
    expect(await answer('{"user_id":[')).toBe(
      wrong('audience: must be "all", or an object of tag, alias, user_id or push_token'),
    );
  });

  it('L13: two selectors at once are refused, null ones do not count', async () => {
    const both = { user_id: [anna], alias: ['a'] };
    expect(await answer(both)).toBe(wrong('audience: must hold exactly one of tag, alias, user_id and push_token'));
    expect(await answer({ user_id: [anna], other: 1 })).toBe(
      wrong('audience: must hold exactly one of tag, alias, user_id and push_token'),
    );
    expect(await reached({ user_id: [ben], alias: null, tag: null })).toEqual(['mi-ben']);
  });

  it('L14: one alone may stand for a list, digits for a number, and repetitions count once', async () => {
    expect(await reached({ user_id: ben })).toEqual(['mi-ben']);
    expect(await reached({ user_id: [String(ben), ben, ` ${ben} `] })).toEqual(['mi-ben']);
    const repeated = Array.from({ length: 600 }, () => ben);
    expect(await reached({ user_id: repeated })).toEqual(['mi-ben']);
  });

  it.each(['tag', 'alias', 'user_id', 'push_token'])(
    'L14: 500 of %s may be named, not one more, nor none',
    async (by) => {
      const values = Array.from({ length: 501 }, (_, number) => (by === 'user_id' ? 900_000 + number : `x${number}`));
      expect(await answer({ [by]: values })).toBe(failed(12005, '推送目标列表的长度不能超过500'));
      expect(await reached({ [by]: values.slice(1) })).toEqual([]);
      expect(await answer({ [by]: [] })).toBe(wrong(`audience.${by}: must not be empty`));
      expect(await answer({ [by]: [''] })).toBe(wrong(`audience.${by}[0]: must not be empty`));
      expect(await answer({ [by]: [{}] })).toBe(wrong(`audience.${by}[0]: must be a string`));
    },
  );

  it.each<[unknown]>([['abc'], [0], [-1], [1.5], ['9223372036854775808']])('L14: %s is no user id', async (id) => {
    expect(await answer({ user_id: [id] })).toBe(wrong('audience.user_id: must hold user ids, whole numbers above 0'));
  });

  it.each<[string, object]>([
    ['alias', { alias: ['nobody'] }],
    ['tag', { tag: ['nothing'] }],
    ['user', { user_id: [987654321] }],
    ['push token', { push_token: ['tdp_1.AAAAAAAAAAAAAAAAAAAAAA'] }],
  ])('L15: an unknown %s makes a task that counts nothing', async (_name, audience) => {
    const id = await lanying.pushed({ audience, message });
    expect(await lanying.deliveries(id)).toEqual([]);
    expect(await lanying.counted(id)).toEqual({});
    expect((await lanying.message(id)).state).toBe('done');
  });

  it('L15: unknown ones among known ones take nothing from these', async () => {
    expect(await reached({ user_id: [anna, 987654321] })).toEqual(['ap-anna', 'hw-anna']);
  });

  it('a push token names one device, for its organisation only', async () => {
    const { body } = await lanying.post('/token/user', { name: 'ben', password: 'pw-ben', device_guid: 'pad' });
    const { push_token: token } = body.data as { push_token: string };
    await lanying.post(
      '/user/token/bind',
      { device_sn: 7, device_token: 'hw-pad', notifier_name: 'huawei' },
      {
        ...(await lanying.signedIn('ben', 'pad')),
      },
    );
    expect(await reached({ push_token: [token] })).toEqual(['hw-pad']);
    expect(await reached({ push_token: [`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`] })).toEqual([]);
    const other = await lanying.app.organisation('other');
    const adminToken = await lanying.application('im', 'other-app', {}, other.code);
    await lanying.native('POST', '/api/v1/vendor-accounts', { code: 'huawei', vendor: 'sandbox' }, other.code);
    await lanying.native('POST', '/api/v1/channels', { code: 'push', kind: 'push', route: ['huawei'] }, other.code);
    const headers = { app_id: 'other-app', 'access-token': adminToken };
    for (const audience of [{ push_token: [token] }, { user_id: [anna] }, { tag: ['tag1'] }, 'all']) {
      expect(await lanying.deliveries(await lanying.pushed({ audience, message }, headers))).toEqual([]);
    }
  });

  it('people who are switched off get nothing', async () => {
    const eve = await lanying.user('eve');
    await lanying.device(eve, 1, 'vivo', 'vv-eve');
    expect(await reached({ user_id: [eve] })).toEqual(['vv-eve']);
    await lanying.native('PATCH', '/api/v1/recipients/eve', { enabled: false });
    expect(await reached({ user_id: [eve] })).toEqual([]);
    expect(await reached('all')).not.toContain('vv-eve');
  });
});
