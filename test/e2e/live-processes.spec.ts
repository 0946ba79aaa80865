import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { DataSource } from 'typeorm';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { LiveClient } from '../support/live-client.js';
import { LiveOrganisation, startLiveApp } from '../support/live-organisation.js';
import { pause } from '../support/pause.js';
import type { TestApp } from '../support/test-app.js';

/** The process that the message comes to, and the one that the client is at. */
let app: TestApp;
let beside: TestApp;
let live: LiveOrganisation;

beforeAll(async () => {
  app = await startLiveApp();
  beside = await startLiveApp(app);
});
afterAll(async () => {
  await beside.close();
  await app.close();
});
beforeEach(async () => {
  live = await LiveOrganisation.make(app);
});
afterEach(() => live.leave());

const advance = async (milliseconds: number): Promise<void> => {
  await Promise.all([app, beside].map(({ clock }) => clock.advance(milliseconds)));
};
const CONNECTIONS = 'SELECT count(*) = $2::int AS yes FROM live_connection WHERE organisation_id = $1';

describe('two processes over one database', () => {
  it('show a person at one what the other one sends', async () => {
    const [here, there] = [await live.connect('U1'), await live.connect('U1', { app: beside })];
    await live.send('to both');
    expect(await here.got(1)).toEqual(['to both']);
    expect(await there.got(1)).toEqual(['to both']);
    expect(there.messages).toEqual(here.messages);
  });

  it('show a whole crowd, in notifications as large as Postgres takes', async () => {
    const people = 2_000;
    const database = app.nest.get(DataSource);
    await database.query(
      `WITH person AS (
         INSERT INTO recipient (organisation_id, code, name, attributes, enabled, created_at, updated_at)
         SELECT $1, 'P' || n, 'Person', '{}', true, $2, $2 FROM generate_series(1, $3::int) n RETURNING id, code),
       inbox AS (
         INSERT INTO endpoint (organisation_id, recipient_id, kind, vendor, platform, environment, address, status, created_at, updated_at)
         SELECT $1, id, 'inbox', '', '', 'production', code, 'active', $2, $2 FROM person RETURNING id, recipient_id)
       INSERT INTO live_connection (organisation_id, recipient_id, inbox_id, process, platform, connected_at)
       SELECT $1, recipient_id, id, (SELECT id FROM live_process LIMIT 1), '', $2 FROM inbox`,
      [live.org.id, app.clock.now(), people],
    );
    const first = await live.connect('P1', { app: beside });
    const last = await live.connect(`P${people}`, { app: beside });
    await live.org.send({ audience: { all: true }, content: { inbox: { title: 'to all', text: 'x' } } });
    await app.drain();
    expect(await first.got(1)).toEqual(['to all']);
    expect(await last.got(1)).toEqual(['to all']);
  });

  it('find a connection that the other one did not know of yet, some moments later', async () => {
    // It asks, and remembers for a second that nobody is connected.
    await live.send('nobody there');
    const client = await live.connect('U1', { app: beside });
    await live.send('early');
    await client.ask('list', {});
    await advance(2_000);
    expect(await client.got(1)).toEqual(['early']);
  });

  it('push to a device that is connected to the other one, and record its acknowledgement', async () => {
    const create = (path: string, body: unknown) => live.org.call('POST', `/api/v1/${path}`, body);
    await create('vendor-accounts', { code: 'live', name: 'Live', vendor: 'live', settings: {} });
    await create('channels', { code: 'push', name: 'Push', kind: 'push', route: ['live', 'sandbox'] });
    const client = await live.connect('U1', { app: beside, token: { device: 'phone-1' } });
    const id = await live.org.send({ audience: { users: ['U1'] }, content: { push: { title: 'hello', text: 'x' } } });
    await app.drain();
    expect(await client.gotPushes(1)).toMatchObject([{ title: 'hello' }]);
    while ((await live.org.message(id)).statistics.delivered === 0) {
      await beside.drain();
      await pause(5);
    }
    expect(await live.org.deliveries(id)).toMatchObject([{ state: 'delivered', account: 'live' }]);
  });

  it('give the latest device to one of them only', async () => {
    const [older, newer] = [await live.connect('U1'), await live.connect('U1', { app: beside })];
    await live.send('latest', ['U1'], { audience: { users: ['U1'], devices: { latestOnly: true } } });
    await live.send('all');
    expect(await newer.got(2)).toEqual(['latest', 'all']);
    expect(await older.got(1)).toEqual(['all']);
  });

  it('count the connections of a person together', async () => {
    const first = await live.connect('U1');
    for (let count = 0; count < 20; count++) await live.connect('U1', { app: beside });
    expect(await first.end()).toBe('io server disconnect');
    await live.until(CONNECTIONS, [live.org.id, 20]);
  });
});

describe('a process that serves live clients', () => {
  it('lets go of them in good order when it stops, so that they connect to another one', async () => {
    const third = await startLiveApp(app);
    const [client, other] = [await live.connect('U1', { app: third }), await live.connect('U2', { app: third })];
    await live.send('before');
    await client.got(1);
    const cursor = client.messages[0]?.cursor ?? '';
    await third.close();
    expect(await client.end()).toBe('transport close');
    expect(await other.end()).toBe('transport close');
    await live.until(CONNECTIONS, [live.org.id, 0]);
    await live.until('SELECT count(*) = 2 AS yes FROM live_process');
    await advance(10_000);
    await live.send('meanwhile');
    const again = await live.connect('U1', { app: beside, cursor });
    expect(await again.got(1)).toEqual(['meanwhile']);
  });

  it('stops although a client keeps asking', async () => {
    const third = await startLiveApp(app);
    const { port, hostname } = new URL(await third.nest.getUrl());
    const ask = (): unknown => socket.write('GET /live/socket/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n');
    const socket = connect(Number(port), hostname, ask);
    const ended = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    socket.on('data', ask);
    socket.on('error', () => undefined);
    await new Promise((resolve) => {
      socket.once('data', resolve);
    });
    await Promise.all([third.close(), ended]);
  });

  it('clears away what a dead one left behind', async () => {
    const database = app.nest.get(DataSource);
    const dead = '00000000-0000-4000-8000-00000000dead';
    await database.query('INSERT INTO live_process (id, seen_at) VALUES ($1, $2)', [dead, app.clock.now()]);
    await database.query(
      `INSERT INTO live_connection (organisation_id, recipient_id, process, platform, connected_at)
       SELECT organisation_id, id, $2, '', $3 FROM recipient WHERE organisation_id = $1 AND code = 'U1'`,
      [live.org.id, dead, app.clock.now()],
    );
    for (let beats = 0; beats < 3; beats++) await advance(5_000);
    expect(await database.query('SELECT 1 FROM live_connection WHERE process = $1', [dead])).toHaveLength(1);
    for (let beats = 0; beats < 2; beats++) await advance(5_000);
    await live.until(CONNECTIONS, [live.org.id, 0]);
    await live.until('SELECT count(*) = 2 AS yes FROM live_process');
  });

  it('that was taken for dead makes its clients known again', async () => {
    const client = await live.connect('U1');
    const database = app.nest.get(DataSource);
    await database.query('DELETE FROM live_process');
    await database.query('DELETE FROM live_connection');
    await advance(5_000);
    await live.until(CONNECTIONS, [live.org.id, 1]);
    await advance(1_000);
    await live.send('found again');
    expect(await client.got(1)).toEqual(['found again']);
  });

  it('sends what came while it did not hear the others', async () => {
    const { proxy, url } = await CuttableProxy.before(app.databaseUrl);
    const shaky = await startLiveApp(app, { DATABASE_URL: url });
    const client = await live.connect('U1', { app: shaky });
    await live.send('before');
    await client.got(1);
    await proxy.cut();
    await advance(3_000);
    await live.send('meanwhile');
    await proxy.restore();
    for (let tries = 0; client.messages.length < 2 && tries < 2_000; tries++) {
      await shaky.clock.advance(500);
      await pause(5);
    }
    expect(await client.got(2)).toEqual(['before', 'meanwhile']);
    await live.send('after');
    expect(await client.got(3)).toEqual(['before', 'meanwhile', 'after']);
    await shaky.close();
    await proxy.cut();
  });

  it('is the only one with the page and the socket', async () => {
    const page = await app.call('GET', '/live');
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.text).not.toMatch(/ on\w+=|javascript:|style="/);
    const script = await fetch(`${await app.nest.getUrl()}/live/socket/socket.io.min.js`);
    expect([script.status, script.headers.get('content-type')]).toEqual([200, expect.stringContaining('javascript')]);
    const elsewhere = { headers: { origin: 'https://intranet.example.com' } };
    const polled = await fetch(`${await app.nest.getUrl()}/live/socket/?EIO=4&transport=polling`, elsewhere);
    expect([polled.status, polled.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    const plain = await startLiveApp(app, { ROLES: 'api' });
    expect(await plain.call('GET', '/live')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await LiveClient.refusal(plain, await live.token('U1'))).toMatchObject({ code: 'none' });
    await plain.close();
  });

  it('runs on the page what the policy of the page allows, and nothing else', async () => {
    const { headers, text } = await app.call('GET', '/live');
    const { createHash } = await import('node:crypto');
    const hashed = (tag: string): string[] =>
      [...text.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(
        ([, inner = '']) => `'sha256-${createHash('sha256').update(inner).digest('base64')}'`,
      );
    const policy = String(headers['content-security-policy']);
    for (const hash of [...hashed('script'), ...hashed('style')]) expect(policy).toContain(hash);
    expect([hashed('script').length, hashed('style').length]).toEqual([1, 1]);
    expect([...text.matchAll(/<script src="([^"]*)"/g)].map(([, source]) => source)).toEqual([
      '/live/socket/socket.io.min.js',
    ]);
  });
});
