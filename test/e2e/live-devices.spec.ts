import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
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
  await ok('POST', 'vendor-accounts', { code: 'live', name: 'Live', vendor: 'live', settings: {} });
  await ok('POST', 'channels', { code: 'push', name: 'Push', kind: 'push', route: ['live', 'sandbox'] });
});
afterEach(() => live.leave());

const HOUR = 3_600_000;

async function ok(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const { status, text, body: answer } = await live.org.call(method, `/api/v1/${path}`, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return answer as Record<string, unknown>;
}

const connect = (person: string, device: string, more: Record<string, unknown> = {}): Promise<LiveClient> =>
  live.connect(person, { token: { device, platform: 'android' }, ...more });

async function push(title: string, users = ['U1'], more: Record<string, unknown> = {}): Promise<string> {
  const content = { push: { title, text: 'x', url: 'app://ward/7', ext: { ward: 7 } } };
  const id = await live.org.send({ audience: { users }, content, ...more });
  await app.drain();
  return id;
}

/** What became of a message, once what its devices acknowledged has come in. */
async function outcome(id: string, state: string): Promise<unknown[]> {
  for (;;) {
    await app.drain();
    const rows = await live.org.deliveries(id);
    if (rows.some((row) => row.state === state))
      return rows.map((row) => [row.address, row.account, row.state, row.attempts]);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

const endpoints = async (person: string): Promise<unknown[]> => {
  const { items } = await ok('GET', `endpoints?kind=push&recipient=${person}`);
  return (items as Record<string, string>[]).map(({ vendor, address, platform, status }) => ({
    vendor,
    address,
    platform,
    status,
  }));
};

describe('a push to a device that is online', () => {
  it('goes over its connection, and is delivered when the device acknowledges it', async () => {
    const client = await connect('U1', 'phone-1');
    const id = await push('Round at eight', ['U1'], { options: { push: { collapseKey: 'round' }, other: 'not told' } });
    expect(await client.gotPushes(1)).toEqual([
      {
        id: expect.stringMatching(/^\w+-\w+-\w+$/),
        title: 'Round at eight',
        text: 'x',
        url: 'app://ward/7',
        ext: { ward: 7 },
        options: { collapseKey: 'round' },
      },
    ]);
    expect(await outcome(id, 'delivered')).toEqual([['phone-1', 'live', 'delivered', 1]]);
    expect((await live.org.message(id)).statistics).toMatchObject({ target: 1, sent: 1, delivered: 1, failed: 0 });
    expect(client.messages).toEqual([]);
  });

  it('counts as sent only while it is not acknowledged, and is sent again when the device comes back', async () => {
    const deaf = await connect('U1', 'phone-1', { acknowledges: false });
    const id = await push('again');
    await deaf.gotPushes(1);
    expect(await outcome(id, 'sent')).toEqual([['phone-1', 'live', 'sent', 1]]);
    deaf.close();
    await app.clock.advance(HOUR);
    const back = await connect('U1', 'phone-1');
    expect(await back.gotPushes(1)).toEqual(deaf.pushes);
    expect(await outcome(id, 'delivered')).toEqual([['phone-1', 'live', 'delivered', 1]]);
    back.close();
    const third = await connect('U1', 'phone-1');
    await third.ask('list', {});
    await push('next');
    expect((await third.gotPushes(1)).map(({ title }) => title)).toEqual(['next']);
  });

  it('is not sent again after a day, nor when it has expired, and at most 100 at a time', async () => {
    const deaf = await connect('U1', 'phone-1', { acknowledges: false });
    const old = await push('old');
    await outcome(old, 'sent');
    await app.clock.advance(23 * HOUR);
    const expiresAt = new Date(app.clock.now().getTime() + HOUR).toISOString();
    const short = await push('short-lived', ['U1'], { expiresAt });
    await outcome(short, 'sent');
    deaf.close();
    await app.clock.advance(HOUR + 1);
    const again = await connect('U1', 'phone-1', { acknowledges: false });
    for (let count = 0; count < 105; count++)
      await live.org.send({ audience: { users: ['U1'] }, content: { push: { title: `n ${count}`, text: 'x' } } });
    await app.drain();
    await again.gotPushes(105);
    again.close();
    await app.clock.advance(1_000);
    const back = await connect('U1', 'phone-1', { acknowledges: false });
    await back.gotPushes(100);
    await back.ask('list', {});
    expect(back.pushes).toHaveLength(100);
    expect(back.pushes.filter(({ title }) => title === 'old' || title === 'short-lived')).toEqual([]);
  });

  it('says what the template says of the person', async () => {
    const contents = { push: { 'zh-CN': { title: 'Dear {{ recipient.name }}', text: '{{ what }}' } } };
    await ok('POST', 'templates', { code: 'news', name: 'News', contents, variables: [{ name: 'what' }] });
    await ok('POST', 'templates/news/versions/1/publish');
    const [one, two] = [await connect('U1', 'phone-1'), await connect('U2', 'phone-2')];
    await live.org.send({ audience: { users: ['U1', 'U2'] }, template: { code: 'news', params: { what: 'Cake' } } });
    await app.drain();
    expect(await one.gotPushes(1)).toMatchObject([{ title: 'Dear One', text: 'Cake' }]);
    expect(await two.gotPushes(1)).toMatchObject([{ title: 'Dear Two', text: 'Cake' }]);
  });

  it('reaches only that device of the person, and not a page of theirs', async () => {
    const [phone, pad, page] = [await connect('U1', 'phone-1'), await connect('U1', 'pad-1'), await live.connect('U1')];
    const { items } = await ok('GET', 'endpoints?kind=push&recipient=U1&address=pad-1');
    const content = { push: { title: 'pad only', text: 'x' } };
    await live.org.send({ audience: { endpoints: [(items as { id: string }[])[0]?.id] }, content });
    await app.drain();
    expect(await pad.gotPushes(1)).toMatchObject([{ title: 'pad only' }]);
    await phone.ask('list', {});
    await page.ask('list', {});
    expect([phone.pushes, page.pushes]).toEqual([[], []]);
  });
});

describe('a push to a device that is offline', () => {
  it('goes on to the next account of the route', async () => {
    const client = await connect('U1', 'phone-1');
    client.close();
    await live.until('SELECT count(*) = 0 AS yes FROM live_connection WHERE organisation_id = $1', [live.org.id]);
    const id = await push('by the sandbox');
    expect(await outcome(id, 'sent')).toEqual([['phone-1', 'sandbox', 'sent', 2]]);
    expect((await live.org.sandbox()).map(({ address }) => address)).toEqual(['phone-1']);
    expect(client.pushes).toEqual([]);
  });

  it('fails as offline where the route has no other account', async () => {
    await ok('POST', 'channels', { code: 'only', name: 'Only', kind: 'push', route: ['live'] });
    await live.token('U1', { device: 'phone-1' });
    const id = await live.org.send({ audience: { users: ['U1'] }, content: { only: { title: 't', text: 'x' } } });
    await app.drain();
    expect(await live.org.deliveries(id)).toMatchObject([{ state: 'failed', reason: 'offline', account: 'live' }]);
  });

  it('is not held to be online by a process that has died', async () => {
    await live.token('U1', { device: 'phone-1' });
    const database = app.nest.get(DataSource);
    const process = '00000000-0000-4000-8000-00000000dead';
    await database.query('INSERT INTO live_process (id, seen_at) VALUES ($1, $2)', [
      process,
      new Date(app.clock.now().getTime() - 21_000),
    ]);
    await database.query(
      `INSERT INTO live_connection (organisation_id, recipient_id, endpoint_id, process, platform, connected_at)
       SELECT organisation_id, recipient_id, id, $2, '', $3 FROM endpoint WHERE organisation_id = $1 AND device = 'phone-1'`,
      [live.org.id, process, app.clock.now()],
    );
    const id = await push('by the sandbox');
    expect(await outcome(id, 'sent')).toEqual([['phone-1', 'sandbox', 'sent', 2]]);
  });
});

describe('the device of a token', () => {
  it('is registered when it is new, and known from then on', async () => {
    await live.token('U1', { device: 'phone-1', platform: 'ios' });
    await live.token('U1', { device: 'phone-1' });
    expect(await endpoints('U1')).toEqual([{ vendor: 'live', address: 'phone-1', platform: 'ios', status: 'active' }]);
  });

  it('is registered once by requests at the same moment', async () => {
    await Promise.all(Array.from({ length: 8 }, () => live.token('U1', { device: 'phone-1' })));
    expect(await endpoints('U1')).toHaveLength(1);
  });

  it('may be an endpoint that a vendor knows by a token of its own', async () => {
    await ok('POST', 'endpoints', {
      recipient: 'U1',
      kind: 'push',
      vendor: 'fcm',
      platform: 'android',
      address: 'fcm-token',
    });
    await app.nest
      .get(DataSource)
      .query("UPDATE endpoint SET device = 'phone-1' WHERE organisation_id = $1 AND address = 'fcm-token'", [
        live.org.id,
      ]);
    const client = await connect('U1', 'phone-1');
    expect(await endpoints('U1')).toEqual([
      { vendor: 'fcm', address: 'fcm-token', platform: 'android', status: 'active' },
    ]);
    const id = await push('both ways');
    expect(await client.gotPushes(1)).toMatchObject([{ title: 'both ways' }]);
    expect(await outcome(id, 'delivered')).toEqual([['fcm-token', 'live', 'delivered', 1]]);
  });

  it('moves to whoever asks for a token with it, and the token from before is refused', async () => {
    const before = await live.token('U1', { device: 'phone-1' });
    await live.token('U2', { device: 'phone-1' });
    expect([await endpoints('U1'), await endpoints('U2')]).toMatchObject([[], [{ address: 'phone-1' }]]);
    expect(await LiveClient.refusal(app, before)).toMatchObject({ code: 'device_moved' });
  });

  it('gets nothing of its new owner over a connection of the one before, which soon ends', async () => {
    const before = await connect('U1', 'phone-1');
    await live.token('U2', { device: 'phone-1' });
    const id = await push('for U2', ['U2']);
    expect(await outcome(id, 'sent')).toEqual([['phone-1', 'sandbox', 'sent', 2]]);
    const after = await connect('U2', 'phone-1');
    await push('also for U2', ['U2']);
    expect(await after.gotPushes(1)).toMatchObject([{ title: 'also for U2' }]);
    await before.ask('list', {});
    expect(before.pushes).toEqual([]);
    await app.clock.advance(35_000);
    expect(await before.end()).toBe('io server disconnect');
    expect(after.socket.connected).toBe(true);
  });

  it('is no device when an endpoint of another kind has that id', async () => {
    await app.nest
      .get(DataSource)
      .query(
        "UPDATE endpoint SET device = 'x' WHERE organisation_id = $1 AND kind = 'sms' AND address = '13800000001'",
        [live.org.id],
      );
    const { status, body } = await live.org.call('POST', '/api/v1/recipients/U1/live-tokens', { device: 'x' });
    expect([status, body]).toMatchObject([409, { code: 'device_in_use' }]);
  });

  it('of the same id in another organisation is another device', async () => {
    const other = await LiveOrganisation.make(app);
    await other.token('U1', { device: 'phone-1' });
    const client = await connect('U1', 'phone-1');
    const id = await push('mine');
    await client.gotPushes(1);
    expect(await outcome(id, 'delivered')).toHaveLength(1);
  });
});
