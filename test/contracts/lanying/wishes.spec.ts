import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { failed, type Headers, LanyingFixture, ok, wrong } from './fixture.js';

const DONE = ok(true);
const FORBIDDEN = failed(10010, '用户无权限');
const BOUND = failed(10011, 'user_id已绑定');

describe('what people set up', () => {
  let lanying: LanyingFixture;
  let number = 0;
  let name: string;
  let id: number;
  let headers: Headers;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
  });
  afterAll(() => lanying.close());
  beforeEach(async () => {
    name = `user${++number}`;
    id = await lanying.user(name);
    headers = await lanying.signedIn(name);
  });

  const post = async (path: string, body: object, as: Headers = headers): Promise<string> =>
    (await lanying.post(path, body, as)).text;
  const bind = (token: string, notifier = 'huawei', sn: unknown = 1, as: Headers = headers): Promise<string> =>
    post('/user/token/bind', { device_sn: sn, device_token: token, notifier_name: notifier }, as);
  const reached = async (audience: object): Promise<string[]> =>
    lanying.reached(await lanying.pushed({ audience, message: { title: 't' } }));

  describe('aliases', () => {
    it('name all devices of a person, also those to come', async () => {
      await bind(`hw-${name}`);
      expect(await post('/user/push/alias', { alias: `a-${name}` })).toBe(DONE);
      await bind(`mi-${name}`, 'xiaomi', 2);
      expect(await reached({ alias: [`a-${name}`] })).toEqual([`hw-${name}`, `mi-${name}`]);
      expect(await post('/user/push/alias', { alias: `b-${name}` })).toBe(DONE);
      expect(await reached({ alias: [`a-${name}`] })).toEqual([]);
      expect(await reached({ alias: [`b-${name}`] })).toEqual([`hw-${name}`, `mi-${name}`]);
    });

    it('name one device by its push token', async () => {
      await bind(`hw-${name}`);
      const { body } = await lanying.post('/token/user', { name, password: `pw-${name}`, device_guid: `pad-${name}` });
      const { token, push_token } = body.data as { token: string; push_token: string };
      await bind(`mi-${name}`, 'xiaomi', 1, { ...headers, 'access-token': token });
      expect(await post('/user/push/alias', { alias: `pad-${name}`, push_token })).toBe(DONE);
      expect(await reached({ alias: [`pad-${name}`] })).toEqual([`mi-${name}`]);
      const stranger = `${name}-stranger`;
      await lanying.user(stranger);
      expect(await post('/user/push/alias', { alias: stranger, push_token }, await lanying.signedIn(stranger))).toBe(
        FORBIDDEN,
      );
      expect(await post('/user/push/alias', { alias: 'x', push_token: 'tdp_1.x' })).toBe(
        wrong('push_token: names no device'),
      );
    });

    it("are one person's, also when many ask at once", async () => {
      const rivals = ['r1', 'r2', 'r3'].map((suffix) => `${name}-${suffix}`);
      for (const rival of rivals) await lanying.user(rival);
      const tokens = await Promise.all(rivals.map((rival) => lanying.signedIn(rival)));
      const alias = `wanted-${name}`;
      const replies = await Promise.all(tokens.map((as) => post('/user/push/alias', { alias }, as)));
      expect(replies.filter((text) => text === DONE)).toHaveLength(1);
      expect(replies.filter((text) => text === BOUND)).toHaveLength(2);
      expect(await post('/user/push/alias', { alias })).toBe(BOUND);
      expect(await lanying.query('SELECT FROM lanying_user WHERE alias = $1', [alias])).toHaveLength(1);
    });

    it('that an operator gave to another person cannot be taken', async () => {
      const endpoint = { kind: 'push', vendor: 'fcm', address: `fc-${name}`, alias: `chief-${name}` };
      await lanying.native('POST', '/api/v1/endpoints', endpoint);
      expect(await post('/user/push/alias', { alias: `chief-${name}` })).toBe(BOUND);
    });

    it.each<[object, string]>([
      [{}, 'alias: is required'],
      [{ alias: ' ' }, 'alias: is required'],
      [{ alias: ['a'] }, 'alias: must be a string'],
      [{ alias: 'x'.repeat(129) }, 'alias: must not be longer than 128 characters'],
    ])('are refused when %j', async (body, detail) => {
      expect(await post('/user/push/alias', body)).toBe(wrong(detail));
    });
  });

  describe('wishes', () => {
    const detail = async (): Promise<unknown> =>
      (await lanying.call('GET', '/user/push/detail', undefined, headers)).body.data;

    it('value=true stops pushes to every device, also new ones; value=false lets them come again', async () => {
      await bind(`hw-${name}`);
      expect((await lanying.post('/user/push?value=true', undefined, headers)).text).toBe(DONE);
      await bind(`mi-${name}`, 'xiaomi', 2);
      await bind(`mi2-${name}`, 'xiaomi', 2);
      expect(await reached({ user_id: [id] })).toEqual([]);
      expect(await detail()).toMatchObject({ no_push: true });
      expect((await lanying.call('PUT', '/user/push', { value: false }, headers)).text).toBe(DONE);
      expect(await reached({ user_id: [id] })).toEqual([`hw-${name}`, `mi2-${name}`]);
      expect(await detail()).toMatchObject({ no_push: false });
    });

    it('letting pushes come brings back no address that was given up', async () => {
      await bind(`dead-${name}`);
      await lanying.query(`UPDATE endpoint SET status = 'quarantined', quarantine_reason = 'gone' WHERE address = $1`, [
        `dead-${name}`,
      ]);
      for (const value of ['true', 'false']) await lanying.post(`/user/push?value=${value}`, undefined, headers);
      expect(await lanying.devices(id)).toMatchObject([{ status: 'quarantined' }]);
    });

    it('quiet hours and details are kept and told', async () => {
      expect(await detail()).toEqual({
        no_push: false,
        no_push_detail: false,
        no_push_end_hour: null,
        no_push_start_hour: null,
      });
      const limit = '/user/push/limit?no_push_start_hour=22&no_push_end_hour=7';
      expect((await lanying.post(limit, undefined, headers)).text).toBe(DONE);
      expect((await lanying.post('/user/push/detail?value=true', undefined, headers)).text).toBe(DONE);
      const told = '{"no_push":false,"no_push_detail":true,"no_push_end_hour":7,"no_push_start_hour":22}';
      expect((await lanying.call('GET', '/user/push/detail', undefined, headers)).text).toBe(
        `{"code":200,"data":${told},"message":null}`,
      );
      const { text } = await lanying.call(
        'PUT',
        '/user/push/limit',
        { no_push_start_hour: 0, no_push_end_hour: 23 },
        headers,
      );
      expect(text).toBe(DONE);
      await lanying.call('PUT', '/user/push/detail?value=0', undefined, headers);
      expect(await detail()).toMatchObject({ no_push_detail: false, no_push_end_hour: 23, no_push_start_hour: 0 });
    });

    it('a badge is kept and told', async () => {
      const get = async (): Promise<string> => (await lanying.call('GET', '/user/push/badge', undefined, headers)).text;
      expect(await get()).toBe(ok(0));
      expect(await post('/user/push/badge', { badge: 3 })).toBe(DONE);
      expect(await get()).toBe(ok(3));
      expect(await post('/user/push/badge', { badge: '0' })).toBe(DONE);
      expect(await get()).toBe(ok(0));
    });

    it.each<[string, object, string]>([
      ['/user/push', {}, 'value: is required'],
      ['/user/push', { value: 'maybe' }, 'value: must be true or false'],
      ['/user/push?value=true&value=false', {}, 'value: must be true or false'],
      ['/user/push/detail', { value: 2 }, 'value: must be true or false'],
      ['/user/push/limit', {}, 'no_push_start_hour: is required'],
      ['/user/push/limit', { no_push_start_hour: 24 }, 'no_push_start_hour: must be a whole number from 0 to 23'],
      ['/user/push/limit', { no_push_start_hour: 1 }, 'no_push_end_hour: is required'],
      [
        '/user/push/limit',
        { no_push_start_hour: 1, no_push_end_hour: -1 },
        'no_push_end_hour: must be a whole number from 0 to 23',
      ],
      ['/user/push/badge', {}, 'badge: is required'],
      ['/user/push/badge', { badge: -1 }, 'badge: must be a whole number from 0 to 99999'],
      ['/user/push/badge', { badge: '+1x' }, 'badge: must be a whole number from 0 to 99999'],
    ])('%s with %j is refused', async (path, body, expected) => {
      expect(await post(path, body)).toBe(wrong(expected));
    });
  });
});
