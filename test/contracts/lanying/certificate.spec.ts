import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failed, LanyingFixture, ok, wrong } from './fixture.js';

const SECRET = 'a secret of many characters';

describe('push certificates', () => {
  let lanying: LanyingFixture;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
    // A vendor with a secret setting stands in for the push vendors.
    const settings = { url: 'https://gateway.example.com/', secret: SECRET };
    const account = { vendor: 'webhook', serves: 'honor', settings };
    await lanying.native('POST', '/api/v1/vendor-accounts', { ...account, code: 'test', name: 'Test' });
    const honorless = { ...account, serves: 'huawei', environment: 'development' };
    await lanying.native('POST', '/api/v1/vendor-accounts', { ...honorless, code: 'hw-dev', name: 'com.example.dev' });
  });
  afterAll(() => lanying.close());

  const get = async (query: string, headers = lanying.admin()): Promise<string> =>
    (await lanying.call('GET', `/push/certificate${query}`, undefined, headers)).text;
  const empty = (name: string): object => ({
    app_id: null,
    app_key: null,
    app_secret: null,
    certificate: null,
    name,
  });

  it('L5: environment is 0 or 1, and 1 when left out', async () => {
    expect(await get('?provider=2')).toBe(ok(empty('huawei')));
    expect(await get('?provider=2&environment=1')).toBe(ok(empty('huawei')));
    expect(await get('?provider=2&environment=')).toBe(ok(empty('huawei')));
    expect(await get('?provider=2&environment=0')).toBe(ok({ ...empty('com.example.dev'), app_secret: SECRET }));
    for (const environment of ['2', '-1', 'production', '0&environment=1'])
      expect(await get(`?provider=2&environment=${environment}`)).toBe(
        wrong('environment: must be a whole number from 0 to 1'),
      );
  });

  it.each([
    [1, 'apns'],
    [2, 'huawei'],
    [3, 'xiaomi'],
    [4, 'meizu'],
    [5, 'vivo'],
    [6, 'oppo'],
    [7, 'fcm'],
  ])('L6: provider %i is %s', async (provider, name) => {
    expect(await get(`?provider=${provider}`)).toBe(ok(empty(name)));
  });

  it('L6: another provider, or none, is refused', async () => {
    expect(await get('')).toBe(wrong('provider: is required'));
    for (const provider of ['0', '8', 'apns', '1.5', '2&provider=3'])
      expect(await get(`?provider=${provider}`)).toBe(wrong('provider: must be a whole number from 1 to 7'));
  });

  const IDS = { one: '10001', two: '10002' };

  it('are those of the application’s own channel, in the environment that is asked for', async () => {
    for (const [app, environment] of [
      ['one', 'production'],
      ['one', 'development'],
      ['two', 'production'],
    ] as const) {
      const settings = { appId: IDS[app], appSecret: `secret-${app}`, appKey: `key-${app}` };
      const account = {
        code: `vivo-${app}-${environment}`,
        name: `vivo ${app}`,
        vendor: 'vivo',
        environment,
        settings,
      };
      await lanying.native('POST', '/api/v1/vendor-accounts', account);
    }
    const routes = { one: ['vivo-one-production', 'vivo-one-development'], two: ['vivo-two-production'] };
    for (const app of ['one', 'two'] as const) {
      const route = routes[app];
      await lanying.native('POST', '/api/v1/channels', { code: `push-${app}`, kind: 'push', route });
      const headers = {
        app_id: `app-${app}`,
        'access-token': await lanying.application(app, `app-${app}`, { channel: `push-${app}` }),
      };
      const own = ok({
        app_id: IDS[app],
        app_key: `key-${app}`,
        app_secret: `secret-${app}`,
        certificate: null,
        name: `vivo ${app}`,
      });
      expect(await get('?provider=5', headers)).toBe(own);
      if (app === 'one') expect(await get('?provider=5&environment=0', headers)).toBe(own);
    }
  });

  it("L7: data.app_id is the vendor's and has nothing to do with the header", async () => {
    expect(await get('?provider=2')).not.toContain('welovemaxim');
  });

  it('L8: without an account data is null, with one all five keys are there', async () => {
    expect(await get('?provider=1&environment=0')).toBe(ok(null));
    expect(await get('?provider=2&environment=0')).toBe(
      `{"code":200,"data":{"app_id":null,"app_key":null,"app_secret":"${SECRET}","certificate":null,"name":"com.example.dev"},"message":null}`,
    );
  });

  it('L9: secrets are for admin tokens only, and for nobody where the settings say so', async () => {
    await lanying.user('anna');
    const user = await lanying.signedIn('anna');
    expect(await get('?provider=2&environment=0', user)).toBe(failed(10010, '用户无权限'));
    const token = await lanying.application('careful', 'careful-app', { redactCertificates: true });
    const headers = { app_id: 'careful-app', 'access-token': token };
    expect(await get('?provider=2&environment=0', headers)).toBe(ok(empty('com.example.dev')));
  });

  it("another organisation's account is none", async () => {
    const other = await lanying.app.organisation('other');
    const token = await lanying.application('im', 'other-app', {}, other.code);
    expect(await get('?provider=2', { app_id: 'other-app', 'access-token': token })).toBe(ok(null));
  });

  it('L10: a success has message null', async () => {
    const { body } = await lanying.call('GET', '/push/certificate?provider=2');
    expect(Object.entries(body).at(-1)).toEqual(['message', null]);
  });
});
