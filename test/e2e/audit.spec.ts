import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp } from '../support/test-app.js';

type TestApp = Awaited<ReturnType<typeof startTestApp>>;

interface Entry {
  id: string;
  actor: string;
  method: string;
  path: string;
  status: number;
  request: unknown;
  address: string | null;
}
interface Page {
  items: Entry[];
  nextCursor: string | null;
}

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function audit(organisation?: string, query = ''): Promise<Page> {
  const reply = await app.admin('GET', `/api/v1/audit?${query}`, undefined, organisation ? { organisation } : {});
  expect(reply.status).toBe(200);
  return reply.body as Page;
}

describe('the audit', () => {
  it('tells who changed what, newest first, without secrets', async () => {
    const { code } = await app.organisation();
    const admin = { organisation: code };
    await app.admin('POST', '/api/v1/applications?why=none', { code: 'kiosk', name: 'Kiosk' }, admin);
    const wanted = { kind: 'app-secret', publicId: `kiosk-${code}`, secret: 'known-to-the-kiosk' };
    const { body } = await app.admin('POST', '/api/v1/applications/kiosk/credentials', wanted, admin);
    await app.admin('DELETE', '/api/v1/applications/kiosk', undefined, admin);

    const { items } = await audit(code, 'path=/api/v1/applications&limit=3');
    expect(items).toMatchObject([
      { actor: 'admin', method: 'DELETE', path: '/api/v1/applications/kiosk', status: 204, request: null },
      {
        method: 'POST',
        path: '/api/v1/applications/kiosk/credentials',
        status: 201,
        request: { kind: 'app-secret', publicId: `kiosk-${code}`, secret: '[redacted]' },
      },
      { method: 'POST', path: '/api/v1/applications', request: { code: 'kiosk', name: 'Kiosk' } },
    ]);
    expect(items[0]?.address).toMatch(/^[\d.:a-f]+$/);
    expect(JSON.stringify(items)).not.toContain('known-to-the-kiosk');
    expect(body).toMatchObject({ secret: 'known-to-the-kiosk' });
  });

  it('keeps changes to the installation apart from those in an organisation, and outlives it', async () => {
    const created = await app.admin('POST', '/api/v1/organisations', { code: 'brief', name: 'Brief' });
    const { id } = created.body as { id: string };
    const admin = { organisation: 'brief' };
    await app.admin('POST', '/api/v1/applications', { code: 'only', name: 'Only' }, admin);
    expect((await audit('brief')).items.map(({ path }) => path)).toEqual(['/api/v1/applications']);
    await app.admin('DELETE', '/api/v1/applications/only', undefined, admin);
    await app.admin('DELETE', '/api/v1/organisations/brief');

    const ofInstallation = await audit(undefined, 'path=/api/v1/organisations');
    expect(ofInstallation.items.slice(0, 2)).toMatchObject([
      { method: 'DELETE', path: '/api/v1/organisations/brief' },
      { method: 'POST', request: { code: 'brief' } },
    ]);
    expect((await audit(undefined, 'path=/api/v1/applications')).items).toEqual([]);
    expect((await audit(`~${id}`)).items.map(({ method }) => method)).toEqual(['DELETE', 'POST']);
  });

  it('records neither reading nor what failed', async () => {
    const { code } = await app.organisation();
    const before = await audit(code);
    await app.admin('GET', '/api/v1/applications', undefined, { organisation: code });
    const refused = await app.admin('POST', '/api/v1/applications', { code: 'a b' }, { organisation: code });
    expect(refused.status).toBe(400);
    const missing = await app.admin('DELETE', '/api/v1/applications/none', undefined, { organisation: code });
    expect(missing.status).toBe(404);
    expect(await audit(code)).toEqual(before);
  });

  it('names the application that changed something', async () => {
    const { code, call } = await app.organisation();
    const recipient = { code: 'P1', name: 'Person' };
    expect((await call('POST', '/api/v1/recipients', recipient)).status).toBe(201);
    const { items } = await audit(code, 'path=/api/v1/recipients');
    expect(items).toMatchObject([{ method: 'POST', path: '/api/v1/recipients', request: recipient }]);
    expect(items[0]?.actor).toMatch(/^application:./);
    expect((await audit(code, `actor=${items[0]?.actor}`)).items).toEqual(items);
    expect((await audit(code, 'actor=admin&path=/api/v1/recipients')).items).toEqual([]);
  });

  it('turns its pages without gap or repetition', async () => {
    const { code } = await app.organisation();
    for (let n = 1; n <= 5; n++)
      await app.admin('POST', '/api/v1/applications', { code: `a${n}`, name: 'A' }, { organisation: code });
    const filter = 'path=/api/v1/applications&actor=admin';
    const all = (await audit(code, filter)).items.map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = await audit(code, `${filter}&limit=2&cursor=${cursor}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(all.length).toBeGreaterThanOrEqual(5);
    expect(seen).toEqual(all);
  });

  it('takes a prefix as it is written', async () => {
    const { code } = await app.organisation();
    await app.admin('POST', '/api/v1/applications', { code: 'p', name: 'P' }, { organisation: code });
    expect((await audit(code, `path=${encodeURIComponent('/api/v1/%')}`)).items).toEqual([]);
  });

  it('is for the admin only', async () => {
    const { call } = await app.organisation();
    expect((await call('GET', '/api/v1/audit')).status).toBe(403);
    const unknown = await app.admin('GET', '/api/v1/audit', undefined, { organisation: 'nobody' });
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ path: 'X-Organisation' }] } });
  });
});
