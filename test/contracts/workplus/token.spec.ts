import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  APP_ID,
  CLIENT_SECRET,
  DOMAIN_ID,
  invalid,
  NOW,
  textPush,
  TOKEN_NOT_FOUND,
  tokenRequest,
  WorkPlusFixture,
} from './fixture.js';

const NO_APPLICATION = { status: 202102, message: '没有对应的应用' };
const REFUSED = { status: 202104, message: '应用认证失败' };
const UNSUPPORTED = { status: 202103, message: '不支持的应用操作' };
const DAYS_30 = 2_592_000_000;

describe('tokens', () => {
  let workplus: WorkPlusFixture;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start();
  });
  afterAll(() => workplus.close());

  const ask = async (change: object): Promise<unknown> => (await workplus.post('/v1/token', tokenRequest(change))).body;
  const pushWith = async (token: string): Promise<number> =>
    (await workplus.post(`/v1/apps/mbox?access_token=${token}`, textPush())).body.status;
  const liveTokens = async (): Promise<number> => {
    const rows = await workplus.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM credential WHERE kind = 'access-token' AND revoked_at IS NULL AND name = 'POST /v1/token'`,
      [],
    );
    return rows[0]?.count ?? 0;
  };

  it('W3: the reply is that of the document, with a token of 32 hexadecimal digits for 30 days', async () => {
    const { http, text } = await workplus.post('/v1/token', tokenRequest());
    expect(http).toBe(200);
    expect(text).toMatch(
      new RegExp(
        `^\\{"status":0,"message":"Everything is ok\\.","result":\\{"access_token":"([0-9a-f]{32})","refresh_token":"\\1",` +
          `"issued_time":${NOW},"expire_time":${NOW + DAYS_30},"client_id":"${APP_ID}"\\}\\}$`,
      ),
    );
  });

  it('an application of a domain names its owner instead of an organisation', async () => {
    expect(await ask({ org_id: undefined, owner_id: DOMAIN_ID })).toMatchObject({ status: 0 });
    expect(await ask({ org_id: '', owner_id: DOMAIN_ID })).toMatchObject({ status: 0 });
    expect(await ask({ org_id: undefined, owner_id: 'other' })).toEqual(NO_APPLICATION);
  });

  it('an unknown client is 202102, a wrong secret 202104', async () => {
    expect(await ask({ client_id: 'nobody' })).toEqual(NO_APPLICATION);
    expect(await ask({ client_secret: 'wrong' })).toEqual(REFUSED);
    expect(await ask({ client_secret: `${CLIENT_SECRET}x` })).toEqual(REFUSED);
  });

  it('another organisation or domain is 202102, told only to the holder of the secret', async () => {
    expect(await ask({ org_id: 'other' })).toEqual(NO_APPLICATION);
    expect(await ask({ domain_id: 'other' })).toEqual(NO_APPLICATION);
    expect(await ask({ org_id: 'other', client_secret: 'wrong' })).toEqual(REFUSED);
  });

  it.each([
    ['grant_type', { grant_type: 'password' }],
    ['grant_type', { grant_type: undefined }],
    ['scope', { scope: 'user' }],
    ['domain_id', { domain_id: ' ' }],
    ['org_id', { org_id: null }],
    ['client_id', { client_id: undefined }],
    ['client_secret', { client_secret: undefined }],
    ['client_id', { client_id: {} }],
    ['client_secret', { client_secret: [CLIENT_SECRET] }],
  ])('a wrong %s is refused by its name', async (field, change) => {
    expect(await ask(change)).toEqual(invalid(field));
  });

  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['no JSON', 'grant_type=client_credentials'],
  ])('%s for a body is refused', async (_name, body) => {
    expect((await workplus.post('/v1/token', body)).body).toEqual(invalid('body'));
  });

  it('a second token kills the first at once', async () => {
    const first = await workplus.grant();
    expect(await pushWith(first)).toBe(0);
    const second = await workplus.grant();
    expect(await pushWith(first)).toBe(10011);
    expect(await pushWith(second)).toBe(0);
    expect(await liveTokens()).toBe(1);
  });

  it('of twenty calls at the same time exactly one token lives', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => workplus.grant()));
    expect(new Set(tokens).size).toBe(20);
    expect(await liveTokens()).toBe(1);
    const answers = [];
    for (const token of tokens) answers.push(await pushWith(token));
    expect(answers.filter((status) => status === 0)).toHaveLength(1);
    expect(answers.filter((status) => status === 10011)).toHaveLength(19);
  });

  it('replaced tokens do not pile up', async () => {
    for (let round = 0; round < 5; round++) await workplus.grant();
    const rows = await workplus.query<{ name: string }>(
      `SELECT name FROM credential WHERE kind = 'access-token' AND name = 'POST /v1/token'`,
      [],
    );
    expect(rows.length).toBeLessThanOrEqual(2);
  });

  it('tokens of other applications, and those that an admin made, stay', async () => {
    await workplus.application('second', 'SecondKey', { appId: 'second-app' });
    const other = await workplus.grant('SecondKey');
    const made = await workplus.native('POST', '/api/v1/applications/portal/credentials', { kind: 'access-token' });
    await workplus.grant();
    expect(await pushWith(other)).toBe(0);
    expect(await pushWith((made as { secret: string }).secret)).toBe(0);
  });

  it('W35: a token that has run out is not found', async () => {
    const token = await workplus.grant();
    expect(await pushWith(token)).toBe(0);
    const then = workplus.app.clock.now();
    await workplus.app.clock.set(new Date(then.getTime() + DAYS_30 - 1));
    expect(await pushWith(token)).toBe(0);
    await workplus.app.clock.set(new Date(then.getTime() + DAYS_30 + 2_001));
    expect((await workplus.post(`/v1/apps/mbox?access_token=${token}`, textPush())).body).toEqual(TOKEN_NOT_FOUND);
    await workplus.app.clock.set(then);
  });

  it('the secret is kept in no readable form', async () => {
    const token = await workplus.grant();
    const rows = await workplus.query<{ text: string }>('SELECT credential::text AS text FROM credential', []);
    expect(rows.some(({ text }) => text.includes(token) || text.includes(CLIENT_SECRET))).toBe(false);
  });

  it('a switched-off application gets no token and its token opens nothing', async () => {
    await workplus.application('off', 'OffKey', {});
    const token = await workplus.grant('OffKey');
    await workplus.native('PATCH', '/api/v1/applications/off', { enabled: false });
    await workplus.app.clock.advance(2_001);
    expect(await ask({ client_id: 'OffKey' })).toEqual(NO_APPLICATION);
    expect(await pushWith(token)).toBe(10011);
  });

  it('an application that is not set up for WorkPlus is none here', async () => {
    await workplus.application('hospital', 'HospitalKey');
    const made = await workplus.native('POST', '/api/v1/applications/hospital/credentials', { kind: 'access-token' });
    expect(await ask({ client_id: 'HospitalKey' })).toEqual(NO_APPLICATION);
    const { secret } = made as { secret: string };
    expect((await workplus.post(`/v1/apps/mbox?access_token=${secret}`, textPush())).body).toEqual(UNSUPPORTED);
  });

  it('mistyped settings open nothing: they are our fault', async () => {
    await workplus.application('broken', 'BrokenKey', { orgId: 7 });
    const { http, body } = await workplus.post('/v1/token', tokenRequest({ client_id: 'BrokenKey' }));
    expect([http, body]).toEqual([500, { status: 500, message: 'Internal Server Error' }]);
  });
});
