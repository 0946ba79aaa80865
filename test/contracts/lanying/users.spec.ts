import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ID, failed, type Headers, LanyingFixture, ok, wrong } from './fixture.js';

const UNKNOWN = failed(10000, '用户不存在');
const TAKEN = failed(10004, '用户已存在');
const FORBIDDEN = failed(10010, '用户无权限');
const BOUND = failed(10011, 'user_id已绑定');
const MONTH = 30 * 86_400_000;

describe('people who register and sign in', () => {
  let lanying: LanyingFixture;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
  });
  afterAll(() => lanying.close());

  const app: Headers = { app_id: APP_ID };
  const register = async (body: object, headers = app): Promise<string> =>
    (await lanying.post('/user/register/push', body, headers)).text;
  const sign = async (path: string, body: object): Promise<string> =>
    (await lanying.post(`/token/${path}`, body, app)).text;

  describe('registering', () => {
    it('needs no token and returns the settings of the new user', async () => {
      const { text, body } = await lanying.post('/user/register/push', { username: 'anna', password: 'secret' }, app);
      const { user_id: id } = body.data as { user_id: number };
      expect(text).toBe(
        ok({
          id,
          no_push: false,
          no_push_detail: false,
          no_push_end_hour: null,
          no_push_start_hour: null,
          push_token: null,
          user_id: id,
        }),
      );
      const person = await lanying.native('GET', '/api/v1/recipients/anna');
      expect(person).toMatchObject({ id: String(id), code: 'anna', name: 'anna', enabled: true });
    });

    it('keeps no password that could be read', async () => {
      const rows = await lanying.query<{ hash: string }>(
        `SELECT u.password_hash AS hash FROM lanying_user u
           JOIN recipient r ON r.organisation_id = u.organisation_id AND r.id = u.recipient_id WHERE r.code = $1`,
        ['anna'],
      );
      expect(rows).toEqual([{ hash: expect.stringMatching(/^scrypt\$32768\$8\$1\$[\w+/=]{24}\$[\w+/=]{44}$/) }]);
      const { text } = await lanying.app.admin('GET', '/api/v1/recipients/anna', undefined, {
        organisation: 'lanying',
      });
      expect(text).not.toContain('scrypt');
    });

    it('takes a device and an alias along', async () => {
      const body = {
        username: 'ben',
        password: 'p',
        alias: 'ben-alias',
        device_guid: 'guid-ben',
        push_token: 'x',
        sign: 'y',
      };
      const { body: reply } = await lanying.post('/user/register/push', body, app);
      const { user_id: id, push_token: token } = reply.data as { user_id: number; push_token: string };
      expect(token).toMatch(/^tdp_[0-9a-z]+\.[\w-]{22}$/);
      expect(await lanying.devices(id)).toEqual([
        {
          person: 'ben',
          vendor: 'live',
          address: 'guid-ben',
          device: 'guid-ben',
          alias: 'ben-alias',
          platform: '',
          environment: 'production',
          status: 'active',
        },
      ]);
    });

    it('is refused for a name that is taken, however that came to be, and touches nobody', async () => {
      await lanying.native('POST', '/api/v1/recipients', { code: 'chief', name: 'Chief' });
      expect(await register({ username: 'anna', password: 'other' })).toBe(TAKEN);
      expect(await register({ username: 'chief', password: 'other', device_guid: 'thief' })).toBe(TAKEN);
      expect(await sign('user', { name: 'chief', password: 'other' })).toBe(FORBIDDEN);
      expect(await sign('user', { name: 'anna', password: 'other' })).toBe(FORBIDDEN);
      expect(await lanying.query('SELECT FROM endpoint WHERE device = $1', ['thief'])).toEqual([]);
    });

    it("is refused for an alias that is somebody else's, and then makes nobody", async () => {
      expect(await register({ username: 'cleo', password: 'p', alias: 'ben-alias' })).toBe(BOUND);
      expect(await lanying.query('SELECT FROM recipient WHERE code = $1', ['cleo'])).toEqual([]);
    });

    it('of one name by many at once makes one person', async () => {
      const calls = Array.from({ length: 5 }, () => register({ username: 'dora', password: 'p' }));
      const replies = await Promise.all(calls);
      expect(replies.filter((text) => text === TAKEN)).toHaveLength(4);
      expect(await lanying.query('SELECT FROM recipient WHERE code = $1', ['dora'])).toHaveLength(1);
    });

    it('may be kept to admins', async () => {
      const token = await lanying.application('closed', 'closed-app', { openRegistration: false });
      const body = { username: 'emil', password: 'p' };
      expect(await register(body, { app_id: 'closed-app' })).toBe(failed(10003, 'header中缺少access-token参数'));
      expect(await register(body, { app_id: 'closed-app', 'access-token': 'x' })).toBe(
        failed(10008, 'header中access-token无效'),
      );
      expect(await register(body, { app_id: 'closed-app', 'access-token': token })).toMatch(/^\{"code":200,/);
    });

    it.each<[object, string]>([
      [{}, 'username: is required'],
      [{ username: 'x' }, 'password: is required'],
      [{ username: '', password: 'p' }, 'username: is required'],
      [{ username: 'x', password: '' }, 'password: is required'],
      [
        { username: 'a b', password: 'p' },
        'username: must not hold blanks, "/", "?" or "#", nor start with "~" or ":"',
      ],
      [{ username: '~1', password: 'p' }, 'username: must not hold blanks, "/", "?" or "#", nor start with "~" or ":"'],
      [
        { username: 'a/b', password: 'p' },
        'username: must not hold blanks, "/", "?" or "#", nor start with "~" or ":"',
      ],
      [{ username: 'x'.repeat(65), password: 'p' }, 'username: must not be longer than 64 characters'],
      [{ username: 'x', password: 'p'.repeat(129) }, 'password: must not be longer than 128 characters'],
      [{ username: 'x', password: 'p', device_guid: 'lanying:1:1' }, 'device_guid: must not start with lanying:'],
      [{ username: 'x', password: 'p', device_guid: 'a\u0007' }, 'device_guid: must not hold control characters'],
      [{ username: 'x', password: 'p', alias: 'x'.repeat(129) }, 'alias: must not be longer than 128 characters'],
      [{ username: ['x'], password: 'p' }, 'username: must be a string'],
    ])('%j is refused', async (body, detail) => {
      expect(await register(body)).toBe(wrong(detail));
    });
  });

  describe('signing in', () => {
    it('returns a token, by user id, user name or login name', async () => {
      const { body } = await lanying.post('/user/register/push', { username: 'fred', password: 'pass word' }, app);
      const { user_id: id } = body.data as { user_id: number };
      const expire = lanying.app.clock.now().getTime() + MONTH;
      for (const [path, name] of [
        ['id', { user_id: id }],
        ['id', { user_id: String(id) }],
        ['user', { name: 'fred' }],
        ['login', { login_name: 'fred' }],
      ] as const) {
        const { text, body: reply } = await lanying.post(`/token/${path}`, { ...name, password: 'pass word' }, app);
        const { token } = reply.data as { token: string };
        expect(text).toBe(ok({ expire, token, user_id: id }));
        const headers = { app_id: APP_ID, 'access-token': token };
        expect((await lanying.call('GET', '/user/push/tag', undefined, headers)).text).toBe(ok([]));
      }
    });

    it('by a phone number or mailbox that one person has', async () => {
      await lanying.native('PATCH', '/api/v1/recipients/fred', { phone: '139 0000 0001', email: 'fred@example.com' });
      await lanying.native('PATCH', '/api/v1/recipients/anna', { email: 'shared@example.com' });
      await lanying.native('PATCH', '/api/v1/recipients/ben', { email: 'shared@example.com' });
      for (const name of ['13900000001', '139-0000-0001', 'fred@EXAMPLE.com'])
        expect(await sign('login', { login_name: name, password: 'pass word' })).toMatch(/^\{"code":200,/);
      expect(await sign('login', { login_name: 'shared@example.com', password: 'secret' })).toBe(UNKNOWN);
      expect(await sign('user', { name: '13900000001', password: 'pass word' })).toBe(UNKNOWN);
    });

    it('on a device returns its push token, the same each time', async () => {
      const body = { name: 'fred', password: 'pass word', device_guid: 'phone' };
      const tokens = [];
      for (let call = 0; call < 2; call++) {
        const { body: reply } = await lanying.post('/token/user', body, app);
        const data = reply.data as Record<string, unknown>;
        expect(Object.keys(data)).toEqual(['expire', 'push_token', 'token', 'user_id']);
        tokens.push(data.push_token);
      }
      expect(tokens[0]).toBe(tokens[1]);
    });

    it('of nobody is 10000, with another password 10010', async () => {
      expect(await sign('user', { name: 'nobody', password: 'p' })).toBe(UNKNOWN);
      expect(await sign('id', { user_id: 987654321, password: 'p' })).toBe(UNKNOWN);
      expect(await sign('login', { login_name: 'nobody@example.com', password: 'p' })).toBe(UNKNOWN);
      expect(await sign('user', { name: 'fred', password: 'pass  word' })).toBe(FORBIDDEN);
      expect(await sign('user', { name: 'fred', password: 'PASS WORD' })).toBe(FORBIDDEN);
    });

    it('is not to be guessed: after twenty wrong passwords in five minutes the right one is 10010 as well, for a while', async () => {
      await lanying.user('guessed');
      const attempt = (password: string): Promise<string> => sign('user', { name: 'guessed', password });
      expect(await attempt('pw-guessed')).toMatch(/^\{"code":200,/);
      const wrong = await Promise.all(Array.from({ length: 24 }, (_, n) => attempt(`guess ${n}`)));
      expect(new Set(wrong)).toEqual(new Set([FORBIDDEN]));
      expect(await attempt('pw-guessed')).toBe(FORBIDDEN);
      expect(await sign('user', { name: 'fred', password: 'pass word' })).toMatch(/^\{"code":200,/);
      await lanying.app.clock.advance(300_001);
      expect(await attempt('pw-guessed')).toMatch(/^\{"code":200,/);
    });

    it('of somebody who is switched off is 10010', async () => {
      await lanying.user('gone');
      await lanying.native('PATCH', '/api/v1/recipients/gone', { enabled: false });
      expect(await sign('user', { name: 'gone', password: 'pw-gone' })).toBe(FORBIDDEN);
    });

    it("finds only the organisation's own people", async () => {
      const other = await lanying.app.organisation('other');
      await lanying.application('im', 'other-app', {}, other.code);
      const body = { name: 'fred', password: 'pass word' };
      expect((await lanying.post('/token/user', body, { app_id: 'other-app' })).text).toBe(UNKNOWN);
    });

    it.each<[string, object, string]>([
      ['user', {}, 'name: is required'],
      ['login', { password: 'p' }, 'login_name: is required'],
      ['id', { password: 'p' }, 'user_id: is required'],
      ['id', { user_id: 'fred', password: 'p' }, 'user_id: must be a whole number above 0'],
      ['id', { user_id: -1, password: 'p' }, 'user_id: must be a whole number above 0'],
      ['user', { name: 'fred' }, 'password: is required'],
      ['user', { name: 'fred', password: {} }, 'password: must be a string'],
      [
        'user',
        { name: 'fred', password: 'p', device_guid: 'x'.repeat(129) },
        'device_guid: must not be longer than 128 characters',
      ],
    ])('%s with %j is refused', async (path, body, detail) => {
      expect(await sign(path, body)).toBe(wrong(detail));
    });
  });

  describe('an id of their own from another system', () => {
    const create = async (id: unknown, code: string) =>
      lanying.app.admin('POST', '/api/v1/recipients', { id, code, name: code }, { organisation: 'lanying' });

    it('can be kept, as a number or as digits', async () => {
      for (const [id, code] of [
        [6_597_271_104_001, 'kept-1'],
        ['6597271104002', 'kept-2'],
      ] as const) {
        const { status, body } = await create(id, code);
        expect([status, (body as { id: string }).id]).toEqual([201, String(id)]);
      }
      const { body } = await lanying.post(
        '/user/push/badge',
        { badge: 1 },
        lanying.admin({ user_id: '6597271104001' }),
      );
      expect(body).toEqual({ code: 200, data: true, message: null });
    });

    it('is never given out again', async () => {
      const next = await lanying.user('after-kept');
      expect(next).toBeGreaterThan(6_597_271_104_002);
      expect((await create(next + 2, 'near')).status).toBe(201);
      for (const name of ['after-1', 'after-2', 'after-3']) expect(await lanying.user(name)).toBeGreaterThan(next + 2);
      // One far behind takes nothing back.
      expect((await create(5, 'behind')).status).toBe(201);
      expect(await lanying.user('after-4')).toBeGreaterThan(next + 2);
    });

    it('is refused when it is taken, and leaves nothing', async () => {
      const { status, body } = await create('6597271104002', 'thief');
      expect([status, (body as { code: string }).code]).toEqual([409, 'already_exists']);
      expect(await lanying.query('SELECT FROM recipient WHERE code = $1', ['thief'])).toEqual([]);
    });

    it.each([0, -1, 1.5, 'x', '', null, '01', 1e15, '1000000000000000', [1]])('%j is none', async (id) => {
      const { status, body } = await create(id, 'wrong');
      expect([status, (body as { errors: unknown[] }).errors]).toEqual([
        400,
        [{ path: 'id', message: 'must be a whole number from 1 to 999999999999999' }],
      ]);
    });
  });
});
