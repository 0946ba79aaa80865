import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp } from '../support/test-app.js';

type TestApp = Awaited<ReturnType<typeof startTestApp>>;
type TestOrganisation = Awaited<ReturnType<TestApp['organisation']>>;

const MAIL_SETTINGS = { host: '127.0.0.1', port: 9, requireTLS: false, from: 'News <news@example.com>', user: 'news' };

describe('channels and vendor accounts', () => {
  let app: TestApp;
  let acme: TestOrganisation;
  let globex: TestOrganisation;

  beforeAll(async () => {
    app = await startTestApp();
    acme = await app.organisation();
    globex = await app.organisation();
  });
  afterAll(() => app.close());

  const sandbox = async (code: string, settings: Record<string, unknown> = {}): Promise<void> => {
    const { status } = await acme.call('POST', '/api/v1/vendor-accounts', { code, vendor: 'sandbox', settings });
    expect(status).toBe(201);
  };

  describe('vendors', () => {
    it('are listed with what an account needs', async () => {
      const { status, body } = await acme.call('GET', '/api/v1/vendors');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        items: expect.arrayContaining([
          expect.objectContaining({
            code: 'smtp',
            kind: 'email',
            settings: expect.arrayContaining([
              expect.objectContaining({ name: 'host', required: true, sensitive: false }),
              expect.objectContaining({ name: 'password', required: false, sensitive: true }),
            ]),
          }),
          expect.objectContaining({ code: 'sandbox', kind: 'any' }),
        ]),
        nextCursor: null,
      });
    });
  });

  describe('a vendor account', () => {
    it('keeps its secrets to itself', async () => {
      const created = await acme.call('POST', '/api/v1/vendor-accounts', {
        code: 'mail',
        vendor: 'smtp',
        settings: { ...MAIL_SETTINGS, password: 'open-sesame' },
      });
      expect(created.status).toBe(201);
      expect(created.body).toMatchObject({
        code: 'mail',
        name: 'mail',
        vendor: 'smtp',
        environment: 'production',
        serves: '',
        enabled: true,
        settings: { ...MAIL_SETTINGS, maxConnections: 5 },
        secrets: ['password'],
        problem: null,
      });
      const read = await acme.call('GET', '/api/v1/vendor-accounts/mail');
      expect(read.body).toEqual(created.body);
      expect(JSON.stringify(read.body)).not.toContain('open-sesame');
    });

    it('keeps the settings that a change does not name, and loses those set to null', async () => {
      const { body } = await acme.call('PATCH', '/api/v1/vendor-accounts/mail', {
        name: 'Mail',
        settings: { host: '127.0.0.2', user: null },
      });
      const { user: _, ...rest } = MAIL_SETTINGS;
      expect(body).toMatchObject({ name: 'Mail', settings: { ...rest, host: '127.0.0.2' }, secrets: ['password'] });
      expect(body).not.toHaveProperty('settings.user');

      const without = await acme.call('PATCH', '/api/v1/vendor-accounts/mail', { settings: { password: null } });
      expect(without.body).toMatchObject({ secrets: [] });
    });

    it('is refused with every wrong setting named', async () => {
      const { status, body } = await acme.call('POST', '/api/v1/vendor-accounts', {
        code: 'wrong',
        vendor: 'smtp',
        settings: { port: 'x', colour: 'red' },
      });
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'invalid_request' });
      const paths = (body as { errors: { path: string }[] }).errors.map(({ path }) => path).sort();
      expect(paths).toEqual(['settings.colour', 'settings.from', 'settings.host', 'settings.port']);
    });

    it('needs a vendor there is, and a code of its own', async () => {
      const noVendor = await acme.call('POST', '/api/v1/vendor-accounts', { code: 'x', vendor: 'pigeon' });
      expect(noVendor).toMatchObject({ status: 400, body: { errors: [{ path: 'vendor' }] } });
      await sandbox('once');
      const again = await acme.call('POST', '/api/v1/vendor-accounts', { code: 'once', vendor: 'sandbox' });
      expect(again).toMatchObject({ status: 409, body: { code: 'already_exists' } });
    });

    it('refuses null for what cannot be cleared', async () => {
      const { status, body } = await acme.call('PATCH', '/api/v1/vendor-accounts/mail', { name: null, enabled: null });
      expect(status).toBe(400);
      expect(body).toMatchObject({ errors: [{ path: 'name' }, { path: 'enabled' }] });
    });

    it('shows what verifying found, until it is well again', async () => {
      await sandbox('troubled', { accountProblem: 'quota' });
      const failed = await acme.call('POST', '/api/v1/vendor-accounts/troubled/verify');
      expect(failed).toMatchObject({ status: 200, body: { ok: false } });
      const detail = (failed.body as { detail: string }).detail;
      const troubled = await acme.call('GET', '/api/v1/vendor-accounts/troubled');
      expect(troubled.body).toMatchObject({ problem: 'verify-failed', problemDetail: detail });

      await acme.call('PATCH', '/api/v1/vendor-accounts/troubled', { settings: { accountProblem: 'none' } });
      const well = await acme.call('POST', '/api/v1/vendor-accounts/troubled/verify');
      expect(well).toMatchObject({ status: 200, body: { ok: true } });
      const fine = await acme.call('GET', '/api/v1/vendor-accounts/troubled');
      expect(fine.body).toMatchObject({ problem: null, problemDetail: null, pausedUntil: null });
    });

    it('belongs to its organisation alone', async () => {
      for (const [method, path] of [
        ['GET', '/api/v1/vendor-accounts/mail'],
        ['POST', '/api/v1/vendor-accounts/mail/verify'],
        ['GET', '/api/v1/vendor-accounts/mail/sandbox-messages'],
        ['DELETE', '/api/v1/vendor-accounts/mail'],
      ] as const) {
        expect(await globex.call(method, path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
      }
      const list = await globex.call('GET', '/api/v1/vendor-accounts');
      expect(list.body).toEqual({ items: [], nextCursor: null });
    });

    it('is found by its id, page by page', async () => {
      const first = await acme.call('GET', '/api/v1/vendor-accounts?limit=1');
      const { items, nextCursor } = first.body as { items: { id: string; code: string }[]; nextCursor: string };
      expect(items).toHaveLength(1);
      const byId = await acme.call('GET', `/api/v1/vendor-accounts/~${items[0]?.id}`);
      expect(byId.body).toMatchObject({ code: items[0]?.code });
      const second = await acme.call('GET', `/api/v1/vendor-accounts?limit=1&cursor=${nextCursor}`);
      expect((second.body as { items: { id: string }[] }).items[0]?.id).not.toBe(items[0]?.id);
      const beyond = Buffer.from('9999999999').toString('base64url');
      const refused = await acme.call('GET', `/api/v1/vendor-accounts?cursor=${beyond}`);
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'cursor' }] } });
    });

    it('of the sandbox lists nothing before anything was sent', async () => {
      await sandbox('quiet');
      const { status, body } = await acme.call('GET', '/api/v1/vendor-accounts/quiet/sandbox-messages?address=1');
      expect({ status, body }).toEqual({ status: 200, body: { items: [], nextCursor: null } });
    });

    it('is deleted, unless a channel needs it', async () => {
      await sandbox('needed');
      await acme.call('POST', '/api/v1/channels', { code: 'needs-1', kind: 'sms', route: ['needed'] });
      await acme.call('POST', '/api/v1/channels', { code: 'needs-2', kind: 'push', route: ['needed'] });
      const refused = await acme.call('DELETE', '/api/v1/vendor-accounts/needed');
      expect(refused).toMatchObject({ status: 409, body: { code: 'in_use' } });
      expect((refused.body as { detail: string }).detail).toContain('needs-1, needs-2');

      await acme.call('DELETE', '/api/v1/channels/needs-1');
      await acme.call('DELETE', '/api/v1/channels/needs-2');
      expect(await acme.call('DELETE', '/api/v1/vendor-accounts/needed')).toMatchObject({ status: 204 });
      expect(await acme.call('GET', '/api/v1/vendor-accounts/needed')).toMatchObject({ status: 404 });
    });
  });

  describe('a channel', () => {
    beforeAll(async () => {
      await sandbox('first');
      await sandbox('second');
    });

    it('keeps the order of its route', async () => {
      const created = await acme.call('POST', '/api/v1/channels', {
        code: '1001',
        name: 'Verification codes',
        kind: 'sms',
        route: ['second', 'first'],
      });
      expect(created).toMatchObject({
        status: 201,
        body: { code: '1001', kind: 'sms', enabled: true, unknownPolicy: 'hold', route: ['second', 'first'] },
      });
      const turned = await acme.call('PATCH', '/api/v1/channels/1001', { route: ['first', 'second'] });
      expect(turned.body).toMatchObject({ name: 'Verification codes', route: ['first', 'second'] });
      const list = await acme.call('GET', '/api/v1/channels');
      expect(list.body).toMatchObject({ items: [{ code: '1001', route: ['first', 'second'] }], nextCursor: null });
    });

    it('resends unless it is for sms', async () => {
      const { body } = await acme.call('POST', '/api/v1/channels', { code: 'push', kind: 'push', route: ['first'] });
      expect(body).toMatchObject({ unknownPolicy: 'resend' });
    });

    it('refuses accounts that are unknown, repeated or of another kind, each by its place', async () => {
      const { status, body } = await acme.call('POST', '/api/v1/channels', {
        code: 'wrong',
        kind: 'sms',
        route: ['mail', 'first', 'nowhere', 'first'],
      });
      expect(status).toBe(400);
      expect(body).toMatchObject({
        errors: [
          { path: 'route[0]', message: 'the vendor smtp of this account serves email, not sms' },
          { path: 'route[2]', message: 'there is no vendor account nowhere' },
          { path: 'route[3]', message: 'is on the route twice' },
        ],
      });
      expect(await acme.call('GET', '/api/v1/channels/wrong')).toMatchObject({ status: 404 });
    });

    it('needs a route, except the inbox, which is built in', async () => {
      const sms = await acme.call('POST', '/api/v1/channels', { code: 'routeless', kind: 'sms' });
      expect(sms).toMatchObject({ status: 400, body: { errors: [{ path: 'route' }] } });

      const inboxes = await Promise.all(
        ['1002', '1003'].map((code) => globex.call('POST', '/api/v1/channels', { code, kind: 'inbox' })),
      );
      for (const inbox of inboxes) expect(inbox).toMatchObject({ status: 201, body: { route: ['inbox'] } });
      const accounts = await globex.call('GET', '/api/v1/vendor-accounts');
      expect(accounts.body).toMatchObject({ items: [{ code: 'inbox', vendor: 'inbox' }], nextCursor: null });
    });

    it('cannot use the accounts of another organisation', async () => {
      const { status, body } = await globex.call('POST', '/api/v1/channels', {
        code: 'theirs',
        kind: 'sms',
        route: ['first'],
      });
      expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ path: 'route[0]' }] } });
    });

    it('is deleted when nothing names it', async () => {
      await acme.call('POST', '/api/v1/channels', { code: 'gone', kind: 'webhook', route: ['first'] });
      expect(await acme.call('DELETE', '/api/v1/channels/gone')).toMatchObject({ status: 204 });
      expect(await acme.call('DELETE', '/api/v1/channels/gone')).toMatchObject({ status: 404 });
    });
  });
});
