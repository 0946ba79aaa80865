import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { Caller } from '../../src/access/principal.js';
import { InboxService } from '../../src/realtime/inbox/inbox.service.js';
import { secondApplication, totalOf } from '../support/delivery-reports.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { type Reply, startTestApp, type TestApp } from '../support/test-app.js';

interface Item {
  id: string;
  messageId: string;
  channel: string;
  title: string | null;
  html: string | null;
  text: string | null;
  url: string | null;
  category: string;
  sender: unknown;
  sentAt: string;
  readAt: string | null;
}

let app: TestApp;
let org: SmallOrganisation;
let caller: Caller;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  org = await smallOrganisation(app);
  caller = { organisationId: Number(org.id), applicationId: Number(org.applicationId) };
});

async function send(title: string, more: Record<string, unknown> = {}): Promise<string> {
  const id = await org.send({ audience: { users: ['U1'] }, content: { inbox: { title, html: 'x' } }, ...more });
  await app.drain();
  return id;
}

async function page(query = '', person = 'U1'): Promise<{ items: Item[]; nextCursor: string | null }> {
  const { status, body } = await org.call('GET', `/api/v1/recipients/${person}/inbox${query}`);
  expect(status).toBe(200);
  return body as { items: Item[]; nextCursor: string | null };
}

const titles = async (query = '', person = 'U1'): Promise<(string | null)[]> =>
  (await page(query, person)).items.map(({ title }) => title);

async function unread(person = 'U1'): Promise<number> {
  const { body } = await org.call('GET', `/api/v1/recipients/${person}/inbox/unread-count`);
  return (body as { unread: number }).unread;
}

const read = async (message: string): Promise<number> => (await totalOf(org, message)).read;

const mark = (item: Item | undefined, person = 'U1'): Promise<Reply> =>
  org.call('POST', `/api/v1/recipients/${person}/inbox/${item?.id}/read`);

describe('an inbox', () => {
  it('shows what came, safe to be shown', async () => {
    const id = await org.send({
      audience: { users: ['U1'] },
      content: {
        inbox: { title: 'Hello', html: '<p onclick="x()">Hi<script>x()</script></p>', url: 'https://example.com/a' },
      },
      category: 'reminder',
      sender: { code: 'HR', name: 'People' },
    });
    await app.drain();
    expect((await page()).items).toEqual([
      {
        id: expect.any(String),
        messageId: id,
        channel: 'inbox',
        title: 'Hello',
        html: '<p>Hi</p>',
        text: null,
        ext: null,
        url: 'https://example.com/a',
        category: 'reminder',
        sender: { code: 'HR', name: 'People' },
        sentAt: app.clock.now().toISOString(),
        readAt: null,
      },
    ]);
    expect(await titles('', 'U2')).toEqual([]);
  });

  it('is paged newest first by when messages came, not when they were asked for', async () => {
    const sendAt = new Date(app.clock.now().getTime() + 60_000).toISOString();
    await send('scheduled first, comes last', { sendAt });
    await send('one');
    await send('two');
    await app.clock.advance(60_000);
    await app.drain();
    const first = await page('?limit=2');
    expect(first.items.map(({ title }) => title)).toEqual(['scheduled first, comes last', 'two']);
    const second = await page(`?limit=2&cursor=${first.nextCursor}`);
    expect(second.items.map(({ title }) => title)).toEqual(['one']);
    expect(second.nextCursor).toBeNull();
  });

  it('is filtered by category, and by what is unread', async () => {
    await send('a', { category: 'notice' });
    await send('b', { category: 'reminder' });
    const [newest] = (await page()).items;
    expect(await titles('?category=notice')).toEqual(['a']);
    expect((await mark(newest)).status).toBe(204);
    expect(await titles('?unread=true')).toEqual(['a']);
    expect(await titles('?unread=false')).toEqual(['b', 'a']);
    const wrong = await org.call('GET', '/api/v1/recipients/U1/inbox?unread=perhaps');
    expect(wrong.body).toMatchObject({ errors: [{ path: 'unread' }] });
  });

  it('leaves out what has expired', async () => {
    const expiresAt = new Date(app.clock.now().getTime() + 60_000).toISOString();
    const id = await send('short-lived', { expiresAt });
    await send('lasting');
    expect(await unread()).toBe(2);
    await app.clock.advance(60_000);
    expect(await titles()).toEqual(['lasting']);
    expect(await unread()).toBe(1);
    expect((await org.call('POST', '/api/v1/recipients/U1/inbox/read-all')).body).toEqual({ read: 1 });
    expect(await read(id)).toBe(0);
  });

  it('speaks in the words of a template, in the language of the person', async () => {
    await org.call('PATCH', '/api/v1/recipients/U2', { locale: 'en' });
    await template('greeting', {
      'zh-CN': { title: '你好', html: '<p>{{ what }}</p>' },
      en: { title: 'Hello', html: '<p>{{ what }}</p>' },
    });
    await template('personal', { 'zh-CN': { title: 'Dear {{ recipient.name }}', html: '{{ what }}' } });
    for (const code of ['greeting', 'personal']) {
      await org.send({ audience: { users: ['U1', 'U2'] }, template: { code, params: { what: '1 < 2' } } });
      await app.drain();
    }
    expect((await page('', 'U1')).items).toMatchObject([
      { title: 'Dear One', html: '1 &lt; 2' },
      { title: '你好', html: '<p>1 &lt; 2</p>' },
    ]);
    expect(await titles('', 'U2')).toEqual(['Dear Two', 'Hello']);
  });

  it('costs no more queries for a full page than for one item', async () => {
    await send('one');
    await page();
    const single = await queriesOf(() => page());
    for (let count = 2; count <= 12; count++) await send(`message ${count}`);
    const full = await queriesOf(() => page());
    expect((await page()).items).toHaveLength(12);
    expect(single).toBeGreaterThan(0);
    expect(full).toBe(single);
  });

  it('belongs to somebody', async () => {
    for (const path of ['', '/unread-count']) {
      expect((await org.call('GET', `/api/v1/recipients/nobody/inbox${path}`)).status).toBe(404);
    }
    expect((await org.call('POST', '/api/v1/recipients/nobody/inbox/read-all')).status).toBe(404);
    expect((await org.call('GET', '/api/v1/recipients/U1/inbox?cursor=MQ')).status).toBe(400);
  });
});

describe('marking read', () => {
  it('happens once, and is counted once', async () => {
    const id = await send('a');
    await send('b');
    const item = (await page()).items.find(({ messageId }) => messageId === id);
    expect(await unread()).toBe(2);
    const at = app.clock.now().toISOString();
    expect((await mark(item)).status).toBe(204);
    await app.clock.advance(1_000);
    expect((await mark(item)).status).toBe(204);
    expect(await unread()).toBe(1);
    expect((await page()).items.find(({ messageId }) => messageId === id)).toMatchObject({ readAt: at });
    expect(await read(id)).toBe(1);
    const day = at.slice(0, 10);
    const days = await org.call('GET', `/api/v1/statistics/days?from=${day}&to=${day}`);
    expect(days.body).toMatchObject({ total: { target: 2, sent: 2, delivered: 2, read: 1 } });
  });

  it('of everything empties the count', async () => {
    const ids = [await send('a'), await send('b')];
    expect((await org.call('POST', '/api/v1/recipients/U1/inbox/read-all')).body).toEqual({ read: 2 });
    expect((await org.call('POST', '/api/v1/recipients/U1/inbox/read-all')).body).toEqual({ read: 0 });
    expect(await unread()).toBe(0);
    expect(await Promise.all(ids.map(read))).toEqual([1, 1]);
  });

  it("is refused for what is not in this person's inbox", async () => {
    await send('a');
    await org.send({ audience: { users: ['U1'] }, content: { sms: { text: 'x' } } });
    await app.drain();
    const [item] = (await page()).items;
    expect((await mark(item, 'U2')).status).toBe(404);
    const { body } = await org.call('GET', '/api/v1/deliveries?recipient=U1&channel=sms');
    const [sms] = (body as { items: { reference: string }[] }).items;
    for (const id of ['nonsense', '1-1-1', sms?.reference]) {
      expect((await org.call('POST', `/api/v1/recipients/U1/inbox/${id}/read`)).status).toBe(404);
    }
  });

  it("leaves other applications' messages alone; the admin reaches all", async () => {
    const id = await send('a');
    const other = await secondApplication(app, org);
    expect((await other('GET', '/api/v1/recipients/U1/inbox')).body).toMatchObject({ items: [] });
    expect((await other('GET', '/api/v1/recipients/U1/inbox/unread-count')).body).toEqual({ unread: 0 });
    expect((await other('POST', '/api/v1/recipients/U1/inbox/read-all')).body).toEqual({ read: 0 });
    const [item] = (await page()).items;
    expect((await other('POST', `/api/v1/recipients/U1/inbox/${item?.id}/read`)).status).toBe(404);
    const path = '/api/v1/recipients/U1/inbox/read-all';
    expect((await app.admin('POST', path, undefined, { organisation: org.code })).body).toEqual({ read: 1 });
    expect(await read(id)).toBe(1);
  });

  it('of messages by name reaches everybody who has them, also when they have expired', async () => {
    const expiresAt = new Date(app.clock.now().getTime() + 60_000).toISOString();
    const content = { inbox: { title: 'T', html: 'x' }, sms: { text: 'x' } };
    const first = await org.send({ audience: { all: true }, content, expiresAt });
    const second = await org.send({ audience: { users: ['U1', 'U2'] }, content });
    await app.drain();
    await app.clock.advance(60_000);
    const inbox = app.nest.get(InboxService);
    expect(await inbox.markRead({ ...caller, applicationId: 0 }, { messageIds: [first, second] })).toBe(0);
    expect(await inbox.markRead(caller, {})).toBe(0);
    const { id } = (await org.call('GET', '/api/v1/recipients/U1')).body as { id: string };
    expect(await inbox.markRead(caller, { recipientIds: [id], messageIds: [first] })).toBe(1);
    expect(await inbox.markRead(caller, { messageIds: [second, first, '999999'] })).toBe(4);
    expect(await inbox.markRead(caller, { messageIds: [first, second] })).toBe(0);
    expect(await Promise.all([first, second].map(read))).toEqual([3, 2]);
  });

  it('of a broadcast goes on step by step until all of it is done', async () => {
    const id = await send('a');
    const endpoints = 12_000;
    await app.nest.get(DataSource).query(
      `INSERT INTO delivery (organisation_id, day, message_id, channel_id, endpoint_id, vendor_account_id, state, attempts, created_at,
                             sent_at, delivered_at)
       SELECT d.organisation_id, d.day, d.message_id, d.channel_id, d.endpoint_id + n, d.vendor_account_id, 'delivered', 1, d.created_at,
              d.sent_at, d.delivered_at
         FROM delivery d CROSS JOIN generate_series(1, $3::int) AS n
        WHERE d.organisation_id = $1 AND d.message_id = $2`,
      [org.id, id, endpoints - 1],
    );
    expect(await app.nest.get(InboxService).markRead(caller, { messageIds: [id] })).toBe(endpoints);
    expect(await read(id)).toBe(endpoints);
  });

  it('at the same moment is counted once', async () => {
    const id = await send('a');
    const [item] = (await page()).items;
    const replies = await Promise.all(Array.from({ length: 8 }, () => mark(item)));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 204));
    expect(await read(id)).toBe(1);
  });
});

async function template(code: string, inbox: Record<string, unknown>): Promise<void> {
  const variables = [{ name: 'what' }];
  const made = await org.call('POST', '/api/v1/templates', { code, name: code, contents: { inbox }, variables });
  const published = await org.call('POST', `/api/v1/templates/${code}/versions/1/publish`);
  if (published.status >= 300) throw new Error(`publishing failed: ${made.text} ${published.text}`);
}

/** How many statements some work sends to the database. */
async function queriesOf(work: () => Promise<unknown>): Promise<number> {
  const { manager } = app.nest.get(DataSource);
  const query = manager.query.bind(manager);
  let count = 0;
  manager.query = ((...parameters: Parameters<typeof query>) => {
    count++;
    return query(...parameters);
  }) as typeof manager.query;
  try {
    await work();
  } finally {
    manager.query = query;
  }
  return count;
}
