import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LiveClient } from '../support/live-client.js';
import { LiveOrganisation, startLiveApp } from '../support/live-organisation.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;
let live: LiveOrganisation;

beforeAll(async () => {
  app = await startLiveApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  live = await LiveOrganisation.make(app);
});
afterEach(() => live.leave());

const MINUTE = 60_000;

describe('what comes into an inbox', () => {
  it('is shown to all devices of the person at once, and to nobody else', async () => {
    const [phone, page, other] = [await live.connect('U1'), await live.connect('U1'), await live.connect('U2')];
    const content = {
      inbox: {
        title: 'Hello 你好',
        html: '<p onclick="x()">Hi<script>x()</script></p>',
        url: 'https://example.com/a',
        ext: { ward: 7 },
      },
    };
    const request = {
      audience: { users: ['U1'] },
      content,
      category: 'reminder',
      sender: { code: 'HR', name: 'People' },
    };
    await live.org.send(request);
    await app.drain();
    await phone.got(1);
    await page.got(1);
    expect(phone.messages).toEqual([
      {
        id: expect.stringMatching(/^\w+-\w+-\w+$/),
        channel: 'inbox',
        title: 'Hello 你好',
        text: null,
        html: '<p>Hi</p>',
        url: 'https://example.com/a',
        ext: { ward: 7 },
        category: 'reminder',
        sender: { code: 'HR', name: 'People' },
        sentAt: app.clock.now().toISOString(),
        readAt: null,
        cursor: expect.stringMatching(/^[\w-]+$/),
      },
    ]);
    expect(page.messages).toEqual(phone.messages);
    const inbox = await live.org.call('GET', '/api/v1/recipients/U1/inbox');
    expect((inbox.body as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual(
      phone.messages.map(({ id }) => id),
    );
    await other.ask('list', {});
    expect(other.messages).toEqual([]);
  });

  it('comes in the words and the language of the person', async () => {
    await live.org.call('PATCH', '/api/v1/recipients/U2', { locale: 'en' });
    const inbox = {
      'zh-CN': { title: '{{ recipient.name }}，{{ what }}', text: 'x' },
      en: { title: '{{ what }} for {{ recipient.name }}', text: 'x' },
    };
    const variables = [{ name: 'what' }];
    await live.org.call('POST', '/api/v1/templates', { code: 'news', name: 'News', contents: { inbox }, variables });
    await live.org.call('POST', '/api/v1/templates/news/versions/1/publish');
    const [one, two] = [await live.connect('U1'), await live.connect('U2')];
    await live.org.send({ audience: { all: true }, template: { code: 'news', params: { what: 'Cake' } } });
    await app.drain();
    expect(await one.got(1)).toEqual(['One，Cake']);
    expect(await two.got(1)).toEqual(['Cake for Two']);
  });

  it('of another application is shown with the admin key only', async () => {
    const { body } = await app.admin('POST', '/api/v1/recipients/U1/live-tokens', {}, { organisation: live.org.code });
    const mine = await live.connect('U1');
    const everything = await LiveClient.connect(app, (body as { token: string }).token);
    const request = { audience: { users: ['U1'] }, content: { inbox: { title: 'by the admin', text: 'x' } } };
    await app.admin('POST', '/api/v1/messages', request, { organisation: live.org.code });
    await app.drain();
    await live.send('by the application');
    expect(await mine.got(1)).toEqual(['by the application']);
    expect(await everything.got(2)).toEqual(['by the admin', 'by the application']);
    everything.close();
  });

  it('of another organisation with people of the same codes is not shown', async () => {
    const other = await LiveOrganisation.make(app);
    const client = await live.connect('U1');
    await other.send('not for you');
    await live.send('for you');
    expect(await client.got(1)).toEqual(['for you']);
  });

  it('leaves other channels alone', async () => {
    const client = await live.connect('U1');
    await live.org.send({ audience: { users: ['U1'] }, content: { sms: { text: 'sms' } } });
    await live.send('inbox');
    expect(await client.got(1)).toEqual(['inbox']);
  });

  it('for the latest device only goes to the one that connected last', async () => {
    const [older, newer] = [await live.connect('U1'), await live.connect('U1')];
    await live.send('latest only', ['U1'], { audience: { users: ['U1'], devices: { latestOnly: true } } });
    expect(await newer.got(1)).toEqual(['latest only']);
    newer.close();
    await newer.until(() => !newer.socket.connected);
    await live.until('SELECT count(*) = 1 AS yes FROM live_connection WHERE organisation_id = $1', [live.org.id]);
    await live.send('then the other', ['U1'], { audience: { users: ['U1'], devices: { latestOnly: true } } });
    expect(await older.got(1)).toEqual(['then the other']);
  });

  it('of a broadcast reaches everybody who is connected', async () => {
    const clients = [await live.connect('U1'), await live.connect('U2'), await live.connect('U3')];
    await live.org.send({ audience: { all: true }, content: { inbox: { title: 'to all', text: 'x' } } });
    await app.drain();
    for (const client of clients) expect(await client.got(1)).toEqual(['to all']);
  });
});

describe('what was missed', () => {
  it('comes first, oldest first, and then what is new', async () => {
    const before = await live.connect('U1');
    await live.send('seen');
    await before.got(1);
    const cursor = before.messages[0]?.cursor ?? '';
    before.close();
    await app.clock.advance(MINUTE);
    for (const title of ['a', 'b', 'c']) {
      await live.send(title);
      await app.clock.advance(1_000);
    }
    const after = await live.connect('U1', { cursor });
    expect(after.ready.cursor).toBe(cursor);
    expect(await after.got(3)).toEqual(['a', 'b', 'c']);
    await live.send('new');
    expect(await after.got(4)).toEqual(['a', 'b', 'c', 'new']);
  });

  it('comes page by page, and each item once', async () => {
    const { ready } = await live.connect('U1');
    live.leave();
    await app.clock.advance(MINUTE);
    const titles = Array.from({ length: 120 }, (_, index) => `item ${index}`);
    for (const title of titles)
      await live.org.send({ audience: { users: ['U1'] }, content: { inbox: { title, text: 'x' } } });
    await app.drain();
    const client = await live.connect('U1', { cursor: ready.cursor });
    expect([...(await client.got(120))].sort()).toEqual([...titles].sort());
    await client.ask('list', {});
    expect(client.messages).toHaveLength(120);
  });

  it('waits after a page for a client that does not acknowledge, and goes on some seconds later', async () => {
    const { ready } = await live.connect('U1');
    await app.clock.advance(MINUTE);
    for (let count = 0; count < 60; count++)
      await live.org.send({ audience: { users: ['U1'] }, content: { inbox: { title: 'x', text: 'x' } } });
    await app.drain();
    const client = await live.connect('U1', { cursor: ready.cursor, acknowledges: false });
    await client.got(50);
    await client.ask('list', {});
    expect(client.messages).toHaveLength(50);
    await app.clock.advance(10_000);
    await client.got(60);
  });

  it('is not sent to who asks for nothing old', async () => {
    await live.send('old');
    const client = await live.connect('U1');
    await live.send('new');
    expect(await client.got(1)).toEqual(['new']);
  });

  it('leaves out what has expired', async () => {
    const { ready } = await live.connect('U1');
    await app.clock.advance(MINUTE);
    const expiresAt = new Date(app.clock.now().getTime() + MINUTE).toISOString();
    await live.send('short-lived', ['U1'], { expiresAt });
    await live.send('lasting');
    await app.clock.advance(MINUTE);
    const client = await live.connect('U1', { cursor: ready.cursor });
    expect(await client.got(1)).toEqual(['lasting']);
  });

  it('is sent again within seconds of the cursor, as its order was not settled yet', async () => {
    const first = await live.connect('U1');
    await live.send('a');
    await live.send('b');
    await first.got(2);
    const cursors = new Map(first.messages.map(({ title, cursor }) => [title, cursor]));
    const again = await live.connect('U1', { cursor: cursors.get('b') ?? '' });
    await live.send('c');
    expect((await again.got(2)).toSorted()).toEqual(['a', 'c']);
  });
});

describe('a connected client', () => {
  it('marks items read, which the statistics count', async () => {
    const client = await live.connect('U1');
    const id = await live.send('a');
    await live.send('b');
    await client.got(2);
    const item = client.messages.find(({ title }) => title === 'a');
    expect(await client.ask('list', {})).toMatchObject({ unread: 2 });
    expect(await client.ask('read', { ids: [item?.id] })).toEqual({ read: 1 });
    expect(await client.ask('read', { ids: [item?.id] })).toEqual({ read: 0 });
    expect((await live.org.message(id)).statistics).toMatchObject({ delivered: 1, read: 1 });
    const at = app.clock.now().toISOString();
    expect(await client.ask('list', {})).toMatchObject({
      unread: 1,
      items: expect.arrayContaining([expect.objectContaining({ id: item?.id, readAt: at })]),
    });
    expect(await client.ask('read-all', {})).toEqual({ read: 1 });
    expect(await client.ask('read-all')).toEqual({ read: 0 });
  });

  it("marks nothing of other people's, nor of other applications'", async () => {
    const [mine, other] = [await live.connect('U1'), await live.connect('U2')];
    const id = await live.send('a');
    await mine.got(1);
    const ids = mine.messages.map((item) => item.id);
    expect(await other.ask('read', { ids })).toEqual({ read: 0 });
    expect(await other.ask('read-all', {})).toEqual({ read: 0 });
    expect((await live.org.message(id)).statistics.read).toBe(0);
  });

  it('lists its inbox page by page, newest first', async () => {
    const client = await live.connect('U1');
    for (const title of ['a', 'b', 'c']) {
      await live.send(title);
      await app.clock.advance(1_000);
    }
    const titles = (page: Record<string, unknown>): unknown[] =>
      (page['items'] as { title: string }[]).map(({ title }) => title);
    const first = await client.ask('list', { limit: 2 });
    expect(titles(first)).toEqual(['c', 'b']);
    const second = await client.ask('list', { limit: 2, cursor: first['nextCursor'] });
    expect([titles(second), second['nextCursor'], second['unread']]).toEqual([['a'], null, 3]);
    await client.got(3);
    expect((first['items'] as unknown[])[0]).toEqual(client.messages.find(({ title }) => title === 'c'));
  });

  it('is answered also when it asks before it was let in', async () => {
    const client = await LiveClient.open(app, await live.token('U1'));
    expect(await client.ask('list', {})).toEqual({ items: [], nextCursor: null, unread: 0 });
    client.close();
  });
});
