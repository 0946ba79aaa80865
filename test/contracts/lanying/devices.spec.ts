import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { failed, type Headers, LanyingFixture, ok, wrong } from './fixture.js';

const DONE = ok(true);
const UNKNOWN = failed(10000, '用户不存在');

describe('devices of people', () => {
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
  const addresses = async (of = id): Promise<string[]> =>
    (await lanying.devices(of)).map(({ vendor, address }) => `${vendor} ${address}`);
  const reached = async (audience: object): Promise<string[]> =>
    lanying.reached(await lanying.pushed({ audience, message: { title: 't' } }));

  describe('tokens', () => {
    it('are bound under the name of their certificate, with its vendor and environment', async () => {
      const account = { vendor: 'sandbox', serves: 'apns', environment: 'development' };
      const named = { ...account, code: 'apns-dev', name: 'com.example.app dev' };
      await lanying.native('POST', '/api/v1/vendor-accounts', named);
      expect(await bind('hw-1', 'huawei', 1)).toBe(DONE);
      expect(await bind('ap-1', 'com.example.app dev', 2)).toBe(DONE);
      expect(await lanying.devices(id)).toEqual([
        {
          person: name,
          vendor: 'huawei',
          address: 'hw-1',
          device: `lanying:${id}:1`,
          alias: null,
          platform: 'android',
          environment: 'production',
          status: 'active',
        },
        {
          person: name,
          vendor: 'apns',
          address: 'ap-1',
          device: `lanying:${id}:2`,
          alias: null,
          platform: 'ios',
          environment: 'development',
          status: 'active',
        },
      ]);
    });

    it("that are new take the place of the device's old one, by PUT as well", async () => {
      await bind('old');
      const body = { device_sn: '1', device_token: 'new', notifier_name: 'xiaomi' };
      const { text } = await lanying.call('PUT', '/user/token/bind', body, headers);
      expect(text).toBe(DONE);
      expect(await addresses()).toEqual(['xiaomi new']);
    });

    it('leave the device they were at, which is then reached while connected', async () => {
      await bind('shared');
      const other = await lanying.user(`${name}-other`);
      expect(await bind('shared', 'huawei', 1, lanying.admin({ user_id: String(other) }))).toBe(DONE);
      expect(await addresses(other)).toEqual(['huawei shared']);
      expect(await addresses()).toEqual([`live lanying:${id}:1`]);
    });

    it('that somebody registered without a device move to the device', async () => {
      const endpoint = { kind: 'push', vendor: 'vivo', address: `vv-${name}`, recipient: name };
      await lanying.native('POST', '/api/v1/endpoints', endpoint);
      expect(await bind(`vv-${name}`, 'vivo')).toBe(DONE);
      expect(await addresses()).toEqual([`vivo vv-${name}`]);
    });

    it('that many devices bind at once end at one', async () => {
      const replies = await Promise.all([1, 2, 3, 4].map((sn) => bind(`race-${name}`, 'oppo', sn)));
      expect(replies).toEqual([DONE, DONE, DONE, DONE]);
      expect((await addresses()).filter((line) => line === `oppo race-${name}`)).toHaveLength(1);
    });

    it('belong to the device the person signed in on, whatever its number', async () => {
      const phone = await lanying.signedIn(name, `phone-${name}`);
      expect(await addresses()).toEqual([`live phone-${name}`]);
      expect(await bind('hw-phone', 'huawei', 17, phone)).toBe(DONE);
      expect(await lanying.devices(id)).toMatchObject([{ device: `phone-${name}`, address: 'hw-phone' }]);
    });

    it('are unbound by the number in the query or the body, once and again', async () => {
      for (const [method, path, body] of [
        ['POST', '/user/token/unbind?deviceSn=1', undefined],
        ['DELETE', '/user/token/unbind?deviceSn=1', undefined],
        ['POST', '/user/token/unbind', { deviceSn: 1 }],
        ['POST', '/user/token/unbind', { device_sn: '1' }],
      ] as const) {
        await bind(`hw-${name}`);
        for (let times = 0; times < 2; times++)
          expect((await lanying.call(method, path, body, headers)).text).toBe(DONE);
        expect(await addresses()).toEqual([`live lanying:${id}:1`]);
      }
    });

    it('a device that many sign in on at once is one device, of one of them', async () => {
      const names = [name, `${name}-a`, `${name}-b`];
      for (const other of names.slice(1)) await lanying.user(other);
      const guid = `new-${name}`;
      await Promise.all([...names, ...names].map((one) => lanying.signedIn(one, guid)));
      expect(await lanying.query('SELECT FROM endpoint WHERE device = $1', [guid])).toHaveLength(1);
      const registered = ['c', 'd', 'e'].map((end) => lanying.user(`${name}-${end}`, { device_guid: `made-${name}` }));
      expect(new Set(await Promise.all(registered)).size).toBe(3);
      expect(await lanying.query('SELECT FROM endpoint WHERE device = $1', [`made-${name}`])).toHaveLength(1);
    });

    it("of others are out of a user's reach", async () => {
      const other = await lanying.user(`${name}-other`);
      await lanying.device(other, 1, 'meizu', `mz-${name}`);
      expect((await lanying.post('/user/token/unbind?deviceSn=1', undefined, headers)).text).toBe(DONE);
      expect(await addresses(other)).toEqual([`meizu mz-${name}`]);
    });

    it('a device that another person signs in on becomes theirs, without the token', async () => {
      const first = await lanying.signedIn(name, `pad-${name}`);
      await bind('hw-pad', 'huawei', 1, first);
      await post('/user/push/alias', { alias: `alias-${name}` }, first);
      const other = await lanying.user(`${name}-other`);
      await lanying.signedIn(`${name}-other`, `pad-${name}`);
      expect(await addresses()).toEqual([]);
      expect(await lanying.devices(other)).toMatchObject([{ vendor: 'live', address: `pad-${name}`, alias: null }]);
    });

    it('that were given up stay so until another comes', async () => {
      await bind(`dead-${name}`);
      await lanying.query(`UPDATE endpoint SET status = 'quarantined', quarantine_reason = 'gone' WHERE address = $1`, [
        `dead-${name}`,
      ]);
      await lanying.device(id, 1, 'huawei', `alive-${name}`);
      expect(await lanying.devices(id)).toMatchObject([{ address: `alive-${name}`, status: 'active' }]);
      const phone = await lanying.signedIn(name, `phone-${name}`);
      await bind(`dead2-${name}`, 'huawei', 1, phone);
      await lanying.query(`UPDATE endpoint SET status = 'quarantined', quarantine_reason = 'gone' WHERE address = $1`, [
        `dead2-${name}`,
      ]);
      await lanying.signedIn(name, `phone-${name}`);
      expect((await lanying.devices(id))[1]).toMatchObject({ address: `dead2-${name}`, status: 'quarantined' });
    });

    it.each<[object, string]>([
      [{}, 'device_sn: is required'],
      [{ device_sn: 'x' }, 'device_sn: must be a whole number from 0 to 2147483647'],
      [{ device_sn: 2 ** 31 }, 'device_sn: must be a whole number from 0 to 2147483647'],
      [{ device_sn: 1 }, 'device_token: is required'],
      [{ device_sn: 1, device_token: 'a\nb' }, 'device_token: must not hold control characters'],
      [{ device_sn: 1, device_token: '长'.repeat(1_000) }, 'device_token: must not be longer than 2000 bytes'],
      [{ device_sn: 1, device_token: 't' }, 'notifier_name: is required'],
      [{ device_sn: 1, device_token: 't', notifier_name: 'nobody' }, 'notifier_name: names no certificate'],
      // The account for connected devices gives out no tokens.
      [{ device_sn: 1, device_token: 't', notifier_name: 'live' }, 'notifier_name: names no certificate'],
    ])('are refused when %j', async (body, detail) => {
      expect(await post('/user/token/bind', body)).toBe(wrong(detail));
      expect(await addresses()).toEqual([]);
    });
  });

  describe('an admin', () => {
    it('acts for the person that the header user_id names, and must name one', async () => {
      expect(await bind(`hw-${name}`, 'huawei', 1, lanying.admin({ 'user-id': String(id) }))).toBe(DONE);
      expect(await addresses()).toEqual([`huawei hw-${name}`]);
      expect(await bind('x', 'huawei', 1, lanying.admin())).toBe(
        wrong('user_id: is required in the header with an admin token'),
      );
      for (const nobody of ['987654321', '0', '-5', '9999999999999999999'])
        expect(await bind('x', 'huawei', 1, lanying.admin({ user_id: nobody }))).toBe(UNKNOWN);
    });

    it('acts for nobody of another organisation, and sets nothing there', async () => {
      await bind(`hw-${name}`);
      const before = await lanying.devices(id);
      const other = await lanying.app.organisation();
      const token = await lanying.application('im', `app-${other.code}`, {}, other.code);
      const as = { app_id: `app-${other.code}`, 'access-token': token, user_id: String(id) };
      for (const [method, path] of [
        ['POST', '/user/token/bind'],
        ['POST', '/user/token/unbind?deviceSn=1'],
        ['POST', '/user/push/alias'],
        ['POST', '/user/push/tag'],
        ['GET', '/user/push/tag'],
        ['DELETE', '/user/push/tag/all'],
        ['POST', '/user/push/badge'],
        ['GET', '/user/push/badge'],
        ['POST', '/user/push?value=true'],
        ['GET', '/user/push/detail'],
        ['POST', '/user/push/limit'],
      ] as const)
        expect([path, (await lanying.call(method, path, undefined, as)).text]).toEqual([path, UNKNOWN]);
      expect(await lanying.devices(id)).toEqual(before);
    });

    it('may act for a person who never registered', async () => {
      const code = `staff-${name}`;
      const made = (await lanying.native('POST', '/api/v1/recipients', { code, name: code })) as { id: string };
      const as = lanying.admin({ user_id: made.id });
      expect(await bind(`staff-${name}`, 'fcm', 1, as)).toBe(DONE);
      expect((await lanying.post('/user/push?value=true', undefined, as)).text).toBe(DONE);
      expect(await reached({ user_id: [made.id] })).toEqual([]);
    });
  });
});
