import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp } from '../support/test-app.js';

type TestApp = Awaited<ReturnType<typeof startTestApp>>;
type Tenant = Awaited<ReturnType<TestApp['organisation']>>;

interface Reply {
  status: number;
  body: unknown;
}
interface Made {
  id: string;
  secret: string | null;
}
interface Listed {
  items: Record<string, unknown>[];
  nextCursor: string | null;
}

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
/** Longer than a credential found before may be remembered. */
const REMEMBERED = 2_500;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('organisations', () => {
  it('are created with defaults, read by code and id, changed and deleted', async () => {
    const created = await app.admin('POST', '/api/v1/organisations', { code: 'north', name: 'North' });
    expect(created).toMatchObject({
      status: 201,
      body: { code: 'north', name: 'North', locale: 'zh-CN', timeZone: 'Asia/Shanghai', enabled: true },
    });
    const { id } = created.body as { id: string };
    const changed = await app.admin('PATCH', '/api/v1/organisations/north', { timeZone: 'Europe/Berlin' });
    expect(changed).toMatchObject({ status: 200, body: { id, name: 'North', timeZone: 'Europe/Berlin' } });
    const read = await app.admin('GET', `/api/v1/organisations/~${id}`);
    expect(read).toMatchObject({ status: 200, body: changed.body });
    expect((await app.admin('DELETE', '/api/v1/organisations/north')).status).toBe(204);
    expect(await app.admin('GET', '/api/v1/organisations/north')).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
  });

  it.each([
    [{ code: '~1', name: 'x' }, 'code'],
    [{ code: 'a/b', name: 'x' }, 'code'],
    [{ code: 'x'.repeat(65), name: 'x' }, 'code'],
    [{ code: 'ok', name: '' }, 'name'],
    [{ code: 'ok', name: 'x', timeZone: 'Asia/Nowhere' }, 'timeZone'],
    [{ code: 'ok', name: 'x', timeZone: '+08:00' }, 'timeZone'],
    [{ code: 'ok', name: 'x', locale: 'not a locale' }, 'locale'],
    [{ code: 'ok', name: 'x', enabled: null }, 'enabled'],
  ])('refuse %j', async (body, path) => {
    const reply = await app.admin('POST', '/api/v1/organisations', body);
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });

  it('never change their code, nor take one twice', async () => {
    const { code } = await app.organisation();
    const renamed = await app.admin('PATCH', `/api/v1/organisations/${code}`, { code: 'other' });
    expect(renamed).toMatchObject({ status: 400, body: { errors: [{ path: 'code' }] } });
    const again = await app.admin('POST', '/api/v1/organisations', { code, name: 'x' });
    expect(again).toMatchObject({ status: 409, body: { code: 'already_exists', errors: [{ path: 'code' }] } });
  });

  it('are not deleted while they have something', async () => {
    const { code } = await app.organisation();
    const reply = await app.admin('DELETE', `/api/v1/organisations/${code}`);
    expect(reply).toMatchObject({ status: 409, body: { code: 'in_use' } });
    expect((reply.body as { detail: string }).detail).toContain('applications');
    expect((await app.admin('GET', `/api/v1/organisations/${code}`)).status).toBe(200);
  });

  it('are listed page by page, each once', async () => {
    const codes = ['page-1', 'page-2', 'page-3'];
    for (const code of codes) await app.admin('POST', '/api/v1/organisations', { code, name: code });
    const seen: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await app.admin('GET', `/api/v1/organisations?limit=2&cursor=${cursor}`);
      const page = body as Listed;
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((item) => item.code));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(codes));
  });

  it('are out of reach of every application', async () => {
    const { call, code } = await app.organisation();
    expect((await call('GET', '/api/v1/organisations')).status).toBe(403);
    expect((await call('PATCH', `/api/v1/organisations/${code}`, { name: 'mine' })).status).toBe(403);
  });

  it('shut their applications out when switched off', async () => {
    const tenant = await app.organisation();
    expect((await tenant.call('GET', '/api/v1/applications')).status).toBe(200);
    await app.admin('PATCH', `/api/v1/organisations/${tenant.code}`, { enabled: false });
    await app.clock.advance(REMEMBERED);
    expect((await tenant.call('GET', '/api/v1/applications')).status).toBe(401);
  });
});

describe('applications', () => {
  let tenant: Tenant;
  let admin: (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<Reply>;
  beforeAll(async () => {
    tenant = await app.organisation();
    admin = (method, path, body) => app.admin(method, path, body, { organisation: tenant.code });
  });

  it('are created, changed and deleted by the admin', async () => {
    const settings = { mediway: { auth: 'token', allowedAddresses: ['10.0.0.0/8'] } };
    const created = await admin('POST', '/api/v1/applications', { code: 'clinic', name: 'Clinic', settings });
    expect(created).toMatchObject({ status: 201, body: { code: 'clinic', enabled: true, settings } });
    const changed = await admin('PATCH', '/api/v1/applications/clinic', { name: 'Ward', settings: {} });
    expect(changed).toMatchObject({ status: 200, body: { code: 'clinic', name: 'Ward', settings: {} } });
    const { id } = created.body as Made;
    expect(await admin('GET', `/api/v1/applications/~${id}`)).toMatchObject({ status: 200, body: changed.body });
    expect((await admin('DELETE', '/api/v1/applications/clinic')).status).toBe(204);
    expect((await admin('DELETE', '/api/v1/applications/clinic')).status).toBe(404);
  });

  it('refuse settings above 16 KiB and settings that are no object', async () => {
    const big = { code: 'big', name: 'Big', settings: { text: 'x'.repeat(16 * 1024) } };
    const wrong = { status: 400, body: { errors: [{ path: 'settings' }] } };
    expect(await admin('POST', '/api/v1/applications', big)).toMatchObject(wrong);
    expect(await admin('POST', '/api/v1/applications', { ...big, settings: [] })).toMatchObject(wrong);
  });

  it('are read by an application with operate, and changed by none', async () => {
    const list = await tenant.call('GET', '/api/v1/applications');
    expect((list.body as Listed).items.length).toBeGreaterThan(0);
    const refused = { status: 403, body: { detail: 'Only the admin key may do this.' } };
    expect(await tenant.call('POST', '/api/v1/applications', { code: 'mine', name: 'x' })).toMatchObject(refused);
    const key = `/api/v1/applications/${String((list.body as Listed).items[0]?.code)}`;
    expect(await tenant.call('PATCH', key, { enabled: true })).toMatchObject(refused);
    expect(await tenant.call('DELETE', key)).toMatchObject(refused);
    const wanted = { kind: 'api-key', scopes: ['operate'] };
    expect(await tenant.call('POST', `${key}/credentials`, wanted)).toMatchObject(refused);
    expect(await tenant.call('DELETE', `${key}/credentials/1`)).toMatchObject(refused);
  });

  it('stay within their organisation', async () => {
    const { body } = await admin('POST', '/api/v1/applications', { code: 'hidden', name: 'Hidden' });
    const { id } = body as Made;
    const other = await app.organisation();
    expect((await other.call('GET', '/api/v1/applications/hidden')).status).toBe(404);
    expect((await other.call('GET', `/api/v1/applications/~${id}`)).status).toBe(404);
    const named = { 'x-organisation': tenant.code };
    expect((await other.call('GET', '/api/v1/applications', undefined, named)).status).toBe(403);
    const asOther = await app.admin(
      'PATCH',
      '/api/v1/applications/hidden',
      { name: 'x' },
      { organisation: other.code },
    );
    expect(asOther.status).toBe(404);
  });

  it('need the admin to name an organisation', async () => {
    expect(await app.admin('GET', '/api/v1/applications')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'X-Organisation' }] },
    });
  });
});

describe('credentials', () => {
  let tenant: Tenant;
  let admin: (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => Promise<Reply>;
  const path = '/api/v1/applications/caller/credentials';
  beforeAll(async () => {
    tenant = await app.organisation();
    admin = (method, to, body) => app.admin(method, to, body, { organisation: tenant.code });
    await admin('POST', '/api/v1/applications', { code: 'caller', name: 'Caller' });
  });

  async function make(body: Record<string, unknown>): Promise<Made> {
    const reply = await admin('POST', path, body);
    expect(reply.status).toBe(201);
    return reply.body as Made;
  }

  it('let an API key in with just its scopes, until it is revoked', async () => {
    const { id, secret } = await make({ kind: 'api-key', scopes: ['operate'] });
    expect(secret).toMatch(/^tdk_[\w-]{43}$/);
    const headers = bearer(String(secret));
    expect((await tenant.call('GET', path, undefined, headers)).status).toBe(200);
    const weak = await make({ kind: 'api-key', scopes: ['send'] });
    const refused = await tenant.call('GET', path, undefined, bearer(String(weak.secret)));
    expect(refused).toMatchObject({ status: 403, body: { code: 'missing_scope' } });
    expect((await admin('DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await admin('DELETE', `${path}/${id}`)).status).toBe(204);
    await app.clock.advance(REMEMBERED);
    expect((await tenant.call('GET', path, undefined, headers)).status).toBe(401);
  });

  it('end by themselves', async () => {
    const expiresAt = new Date(app.clock.now().getTime() + 60_000).toISOString();
    const { secret } = await make({ kind: 'api-key', scopes: ['operate'], expiresAt });
    expect((await tenant.call('GET', path, undefined, bearer(String(secret)))).status).toBe(200);
    await app.clock.advance(61_000);
    expect((await tenant.call('GET', path, undefined, bearer(String(secret)))).status).toBe(401);
  });

  it('show a secret once and never again', async () => {
    const given = 'given-by-the-callers';
    const secrets = [
      (await make({ kind: 'api-key', scopes: ['send', 'read'] })).secret,
      (await make({ kind: 'app-secret', publicId: 'once-1' })).secret,
      (await make({ kind: 'client-secret', publicId: 'once-1', secret: given })).secret,
      (await make({ kind: 'access-token' })).secret,
    ];
    expect(secrets[2]).toBe(given);
    expect((await make({ kind: 'app-id', publicId: 'once-1' })).secret).toBeNull();
    const list = await admin('GET', `${path}?limit=200`);
    expect((list.body as Listed).items.length).toBeGreaterThanOrEqual(5);
    for (const secret of secrets) expect(JSON.stringify(list.body)).not.toContain(secret);
    for (const item of (list.body as Listed).items) expect(Object.keys(item).join()).not.toMatch(/secret/i);
  });

  it('refuse a public id that any organisation has, and tell nothing of whose', async () => {
    const other = await app.organisation();
    const theirs = { organisation: other.code };
    await app.admin('POST', '/api/v1/applications', { code: 'caller', name: 'Caller' }, theirs);
    await app.admin('POST', path, { kind: 'app-id', publicId: 'taken' }, theirs);
    const reply = await admin('POST', path, { kind: 'app-id', publicId: 'taken' });
    expect(reply).toMatchObject({ status: 409, body: { code: 'already_exists', errors: [{ path: 'publicId' }] } });
    expect(JSON.stringify(reply.body)).not.toContain(other.code);
  });

  it('let go of their public id when revoked', async () => {
    const { id } = await make({ kind: 'app-secret', publicId: 'reused' });
    await admin('DELETE', `${path}/${id}`);
    const next = await make({ kind: 'app-secret', publicId: 'reused' });
    const { items } = (await admin('GET', `${path}?limit=200`)).body as Listed;
    expect(items.find((item) => item.id === id)).toMatchObject({ publicId: null, name: 'reused' });
    expect(items.find((item) => item.id === id)?.revokedAt).not.toBeNull();
    expect(items.find((item) => item.id === next.id)).toMatchObject({ publicId: 'reused', revokedAt: null });
  });

  it.each([
    [{ kind: 'api-key' }, 'scopes'],
    [{ kind: 'api-key', scopes: [] }, 'scopes'],
    [{ kind: 'api-key', scopes: ['everything'] }, 'scopes'],
    [{ kind: 'app-id' }, 'publicId'],
    [{ kind: 'app-id', publicId: 'a b' }, 'publicId'],
    [{ kind: 'access-token', secret: 'chosen-by-me' }, 'secret'],
    [{ kind: 'app-secret', publicId: 'x', secret: 'as' }, 'secret'],
    [{ kind: 'password' }, 'kind'],
    [{ kind: 'access-token', expiresAt: '2001-01-01T00:00:00Z' }, 'expiresAt'],
    [{ kind: 'access-token', expiresAt: '2099-01-01T00:00:00' }, 'expiresAt'],
  ])('refuse %j', async (body, field) => {
    const reply = await admin('POST', path, body);
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ path: field }] } });
  });

  it('are revoked only through their own application', async () => {
    const { id } = await make({ kind: 'access-token' });
    await admin('POST', '/api/v1/applications', { code: 'neighbour', name: 'Neighbour' });
    for (const wrong of [id, '0', '99999999999', 'x']) {
      const reply = await admin('DELETE', `/api/v1/applications/neighbour/credentials/${wrong}`);
      expect(reply.status).toBe(404);
    }
    const { items } = (await admin('GET', `${path}?limit=200`)).body as Listed;
    expect(items.find((item) => item.id === id)?.revokedAt).toBeNull();
  });
});
