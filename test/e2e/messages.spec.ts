import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { type Reply, startTestApp, type TestApp } from '../support/test-app.js';

const SMS = { sms: { text: 'hello' } };
const HOUR = 3_600_000;

let app: TestApp;
let org: SmallOrganisation;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  org = await smallOrganisation(app);
});

const post = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply> =>
  org.call('POST', `/api/v1/${path}`, body, headers);
const get = async (path: string): Promise<unknown> => (await org.call('GET', `/api/v1/${path}`)).body;
const itemsOf = async (path: string): Promise<Record<string, unknown>[]> =>
  ((await get(path)) as { items: Record<string, unknown>[] }).items;
const later = (milliseconds: number): string => new Date(app.clock.now().getTime() + milliseconds).toISOString();

/** Another application of the organisation; answers how it asks. */
async function otherApplication(): Promise<(method: string, path: string) => Promise<Reply>> {
  const { code: organisation } = org;
  const made = await app.admin('POST', '/api/v1/applications', { code: 'other', name: 'Other' }, { organisation });
  const { id } = made.body as { id: string };
  const credential = { kind: 'api-key', scopes: ['send', 'read'] };
  const { body } = await app.admin('POST', `/api/v1/applications/~${id}/credentials`, credential, { organisation });
  const authorization = `Bearer ${(body as { secret: string }).secret}`;
  return (method, path) => app.call(method, `/api/v1/${path}`, undefined, { authorization });
}

describe('sending', () => {
  it('answers with the message, and with what of the audience names nobody', async () => {
    const audience = { users: ['U1', 'NOBODY'], tags: ['NONE'], endpoints: ['999999'] };
    const reply = await post('messages', { audience, content: SMS });
    expect(reply).toMatchObject({
      status: 202,
      body: {
        id: expect.stringMatching(/^\d+$/),
        state: 'accepted',
        unresolved: {
          users: ['NOBODY'],
          departments: [],
          posts: [],
          roles: [],
          tags: ['NONE'],
          scopes: [],
          endpoints: ['999999'],
          aliases: [],
        },
        replayed: false,
      },
    });
  });

  it('is safe to repeat under a key, in the body or the header', async () => {
    const request = { audience: { users: ['U1'] }, content: SMS };
    const first = await post('messages', { ...request, dedupKey: 'k' });
    const again = await post('messages', request, { 'idempotency-key': 'k' });
    expect(again).toMatchObject({ status: 202, body: { ...(first.body as object), replayed: true } });
    const another = await post('messages', { ...request, priority: 'high' }, { 'idempotency-key': 'k' });
    expect(another).toMatchObject({ status: 409, body: { code: 'dedup_key_reused' } });
    await app.drain();
    expect(await org.sandbox()).toHaveLength(1);
  });

  it('keeps all that was asked for, readable', async () => {
    const [phone] = await itemsOf('endpoints?recipient=U3&kind=sms');
    const id = await org.send({
      audience: {
        users: ['U1', 'NOBODY'],
        departments: ['D2'],
        roles: ['R'],
        tags: ['T'],
        endpoints: [phone?.id],
        addresses: { sms: ['13900000009'] },
        exclude: { users: ['U2'], departments: ['D'] },
      },
      content: SMS,
      priority: 'high',
      category: 'alarm',
      sendAt: later(HOUR),
      expiresAt: later(2 * HOUR),
      dedupKey: 'd',
      correlationId: 'c',
    });
    const one = (item: unknown): unknown => ({ count: 1, items: [item] });
    const none = { count: 0, items: [] };
    expect(await org.message(id)).toEqual({
      id,
      state: 'scheduled',
      api: 'native',
      application: 'tests',
      priority: 'high',
      category: 'alarm',
      correlationId: 'c',
      dedupKey: 'd',
      channels: ['sms'],
      template: null,
      sendAt: later(HOUR),
      expiresAt: later(2 * HOUR),
      createdAt: later(0),
      plannedAt: null,
      finishedAt: null,
      statistics: { target: 0, sent: 0, delivered: 0, read: 0, failed: 0, unknown: 0 },
      audience: {
        all: false,
        users: one('U1'),
        departments: one('D2'),
        posts: none,
        roles: one('R'),
        tags: one('T'),
        endpoints: one(phone?.id),
        aliases: none,
        addresses: { sms: one('13900000009') },
        devices: null,
        exclude: { users: one('U2'), departments: one('D'), posts: none, roles: none, tags: none },
      },
      content: SMS,
      params: null,
      unresolved: {
        users: ['NOBODY'],
        departments: [],
        posts: [],
        roles: [],
        tags: [],
        scopes: [],
        endpoints: [],
        aliases: [],
      },
    });
  });
});

describe('reading', () => {
  it("shows an application its own messages, and the admin everyone's", async () => {
    const id = await org.send({ audience: { users: ['U1'] }, content: SMS });
    await app.drain();
    const other = await otherApplication();
    for (const part of ['', '/deliveries', '/timeline', '/explain?recipient=U1']) {
      expect((await other('GET', `messages/${id}${part}`)).status).toBe(404);
      expect((await org.call('GET', `/api/v1/messages/${id}${part}`)).status).toBe(200);
    }
    expect((await other('POST', `messages/${id}/cancel`)).status).toBe(404);
    expect((await other('GET', 'messages')).body).toEqual({ items: [], nextCursor: null });
    const admin = await app.admin('GET', '/api/v1/messages', undefined, { organisation: org.code });
    expect(admin.body).toMatchObject({ items: [{ id, application: 'tests' }] });
  });

  it('lists newest first, page by page, by any filter', async () => {
    const base = { audience: { users: ['U1'] }, content: SMS };
    const first = await org.send({ ...base, correlationId: 'c' });
    await app.drain();
    await app.clock.advance(HOUR);
    const second = await org.send({ ...base, sendAt: later(HOUR) });
    const third = await org.send({ ...base, correlationId: 'c' });
    const ids = async (query: string): Promise<unknown[]> => (await itemsOf(`messages?${query}`)).map(({ id }) => id);
    expect(await ids('')).toEqual([third, second, first]);
    expect(await ids('state=scheduled')).toEqual([second]);
    expect(await ids('correlationId=c')).toEqual([third, first]);
    expect(await ids('correlationId=c&state=done')).toEqual([first]);
    expect(await ids(`from=${later(0)}`)).toEqual([third, second]);
    expect(await ids(`to=${later(0)}`)).toEqual([first]);
    expect(await ids('application=tests')).toHaveLength(3);
    expect(await ids('application=other')).toEqual([]);
    expect(await ids('template=T')).toEqual([]);
    const page = (await get('messages?limit=2')) as { items: { id: string }[]; nextCursor: string };
    expect(page.items.map(({ id }) => id)).toEqual([third, second]);
    expect(await get(`messages?limit=2&cursor=${page.nextCursor}`)).toMatchObject({
      items: [{ id: first, channels: ['sms'], statistics: { sent: 1 } }],
      nextCursor: null,
    });
  });
});
