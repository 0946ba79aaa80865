import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiDocuments } from '../../src/docs/api-documents.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp, type TestOrganisation } from '../support/test-app.js';

/** A word that stands in everything the victim owns, and so must stand in nothing that anybody else is answered. */
const MARK = 'victim-mark';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Route {
  method: string;
  path: string;
  operationId: string;
}

/** Bodies that pass validation, so that a route's answer tells of its access and not of its body. */
const BODIES: Record<string, unknown> = {
  quarantineEndpoint: { reason: 'attack' },
  createTemplateVersion: { contents: { sms: { 'zh-CN': { text: 'x' } } } },
  replaceTemplateVersion: { contents: { sms: { 'zh-CN': { text: 'x' } } } },
  testSendTemplate: { channel: 'sms', params: {}, to: { recipient: 'U1' } },
  rescheduleMessage: { sendAt: '2027-01-01T00:00:00Z' },
};

/** Query strings that such a route cannot do without. */
const QUERIES: Record<string, string> = { explainMessage: `?recipient=${MARK}` };

let app: TestApp;
let victim: SmallOrganisation;
let attacker: TestOrganisation;
let routes: Route[];
/** Values of path parameters that name the victim's things. */
let targets: Record<string, string>;

beforeAll(async () => {
  app = await startTestApp();
  victim = await smallOrganisation(app);
  attacker = await app.organisation();
  const created = async (path: string, body: unknown): Promise<Record<string, string>> => {
    const reply = await victim.call('POST', `/api/v1/${path}`, body);
    if (reply.status >= 300) throw new Error(`${path}: ${reply.status} ${reply.text}`);
    return reply.body as Record<string, string>;
  };
  await created('recipients', { code: MARK, name: MARK, phone: '13800000077' });
  const template = await created('templates', {
    code: MARK,
    name: MARK,
    contents: { sms: { 'zh-CN': { text: MARK } } },
  });
  const schedule = await created('schedules', {
    code: MARK,
    name: MARK,
    cron: '0 8 * * *',
    request: { audience: { users: [MARK] }, content: { sms: { text: MARK } } },
  });
  const message = await created('messages', {
    audience: { users: [MARK] },
    content: { sms: { text: MARK }, inbox: { title: MARK, text: MARK } },
    correlationId: MARK,
  });
  await app.drain();
  targets = { template: template['code'] ?? '', schedule: schedule['code'] ?? '', message: message['id'] ?? '' };
  routes = apiDocuments(app.nest).flatMap(({ document }) =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.flatMap((method): Route[] => {
        const operation = item[method];
        return operation === undefined
          ? []
          : [{ method: method.toUpperCase(), path, operationId: operation.operationId ?? '' }];
      }),
    ),
  );
});
afterAll(() => app.close());

/** The route's path with every parameter naming something of the victim's. */
function attackedPath({ path, operationId }: Route): string {
  const resource = /^\/api\/v1\/([^/]+)/.exec(path)?.[1] ?? '';
  const key: Record<string, string> = {
    recipients: MARK,
    templates: targets['template'] ?? '',
    schedules: targets['schedule'] ?? '',
    messages: targets['message'] ?? '',
    'vendor-accounts': 'sandbox',
    channels: 'sms',
    organisations: victim.code,
    applications: `~${victim.applicationId}`,
    endpoints: '1',
    groups: 'D',
    receipts: `${victim.id}-1`,
  };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'kind') return 'department';
    if (name === 'code') return 'D';
    if (name === 'version') return '1';
    if (name === 'secret') return 'guess';
    if (name === 'id' && resource !== 'messages' && resource !== 'endpoints') return '1';
    return encodeURIComponent(key[resource] ?? '1');
  });
  return filled + (QUERIES[operationId] ?? '');
}

const isPublic = ({ path }: Route): boolean => !path.startsWith('/api/v1/') || path.startsWith('/api/v1/receipts/');

const bodyOf = ({ method, operationId }: Route): unknown =>
  method === 'GET' || method === 'DELETE' ? undefined : (BODIES[operationId] ?? {});

describe('organisations are kept apart on every route of the API document', () => {
  it('the document names the routes', () => {
    expect(routes.length).toBeGreaterThan(60);
    process.stdout.write(`isolation: ${routes.length} routes walked\n`);
  });

  it('without a key nothing is answered', async () => {
    for (const route of routes.filter((one) => !isPublic(one))) {
      const reply = await app.call(route.method, attackedPath(route), bodyOf(route));
      expect([route.method, route.path, reply.status]).toEqual([route.method, route.path, 401]);
    }
  });

  it("with another organisation's key and the victim's name in X-Organisation every route refuses", async () => {
    for (const route of routes.filter((one) => !isPublic(one))) {
      const reply = await attacker.call(route.method, attackedPath(route), bodyOf(route), {
        'x-organisation': victim.code,
      });
      expect([route.method, route.path, reply.status]).toEqual([route.method, route.path, 403]);
      expect(reply.text).not.toContain(MARK);
    }
  });

  it("with another organisation's key the victim's things do not exist", async () => {
    for (const route of routes.filter((one) => !isPublic(one))) {
      const path = attackedPath(route);
      const reply = await attacker.call(route.method, path, bodyOf(route));
      const named = route.path.includes('{');
      const allowed = named && !isPublic(route) ? [403, 404] : [200, 201, 202, 400, 403, 415];
      expect([
        route.method,
        path,
        allowed.includes(reply.status) ? 'refused' : `${reply.status} ${reply.text.slice(0, 200)}`,
      ]).toEqual([route.method, path, 'refused']);
      expect(
        reply.text
          .replaceAll(path, '')
          .replaceAll(`recipient ${MARK}`, '')
          .replaceAll(`template ${MARK}`, '')
          .replaceAll(`schedule ${MARK}`, ''),
      ).not.toContain(MARK);
    }
  });

  it("named in a request, the victim's things do not exist either", async () => {
    await attacker.call('POST', '/api/v1/channels', { code: 'inbox', name: 'Inbox', kind: 'inbox' });
    const { body } = await attacker.call('POST', '/api/v1/messages', {
      audience: { users: [MARK], departments: ['D'], endpoints: ['1', '2', '3'] },
      content: { inbox: { title: 'x', text: 'x' } },
    });
    expect(body).toMatchObject({ unresolved: { users: [MARK], departments: ['D'], endpoints: ['1', '2', '3'] } });
    await app.drain();
    const deliveries = await attacker.call('GET', `/api/v1/messages/${(body as { id: string }).id}/deliveries`);
    expect(deliveries.body).toEqual({ items: [], nextCursor: null });
    for (const part of [{ content: { sms: { text: 'x' } } }, { template: { code: MARK, params: {} } }]) {
      const reply = await attacker.call('POST', '/api/v1/messages', { audience: { all: true }, ...part });
      expect(reply.status).toBe(400);
    }
  });

  it('after all of this the victim has what it had', async () => {
    expect((await victim.call('GET', `/api/v1/recipients/${MARK}`)).body).toMatchObject({ code: MARK, name: MARK });
    expect((await victim.call('GET', `/api/v1/messages/${targets['message'] ?? ''}`)).body).toMatchObject({
      state: 'done',
    });
    expect((await victim.call('GET', `/api/v1/templates/${MARK}`)).status).toBe(200);
    expect((await victim.call('GET', `/api/v1/schedules/${MARK}`)).body).toMatchObject({ state: 'active' });
  });
});

describe('within one organisation', () => {
  it("an application sees its own messages only, and the admin everyone's", async () => {
    const other = (
      await app.admin('POST', '/api/v1/applications', { code: 'other', name: 'Other' }, { organisation: victim.code })
    ).body as { id: string };
    const credential = (
      await app.admin(
        'POST',
        `/api/v1/applications/~${other.id}/credentials`,
        { kind: 'api-key', scopes: ['send', 'read'] },
        { organisation: victim.code },
      )
    ).body as { secret: string };
    const headers = { authorization: `Bearer ${credential.secret}` };
    const path = `/api/v1/messages/${targets['message'] ?? ''}`;
    for (const part of ['', '/deliveries', '/timeline', `/explain?recipient=${MARK}`]) {
      expect((await app.call('GET', path + part, undefined, headers)).status).toBe(404);
    }
    expect((await app.call('POST', `${path}/cancel`, {}, headers)).status).toBe(404);
    expect((await app.call('GET', '/api/v1/messages', undefined, headers)).body).toEqual({
      items: [],
      nextCursor: null,
    });
    expect((await app.admin('GET', path, undefined, { organisation: victim.code })).status).toBe(200);
  });

  it('a key without the scope is refused', async () => {
    const credential = (
      await app.admin(
        'POST',
        `/api/v1/applications/~${victim.applicationId}/credentials`,
        { kind: 'api-key', scopes: ['read'] },
        { organisation: victim.code },
      )
    ).body as { secret: string };
    const reply = await app.call('POST', '/api/v1/messages', {}, { authorization: `Bearer ${credential.secret}` });
    expect(reply).toMatchObject({ status: 403, body: { code: 'missing_scope' } });
  });
});
