import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
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

const invalid = (message: string): unknown => ({
  error: { code: 'invalid_request', message: expect.stringContaining(message) },
});

describe('a hostile client', () => {
  it('is told what is wrong with each request, and nothing is half done', async () => {
    const client = await live.connect('U1');
    const id = await live.send('a');
    await client.got(1);
    const good = client.messages[0]?.id ?? '';
    const deep = JSON.parse('['.repeat(200) + ']'.repeat(200)) as unknown;
    const wrong: [event: string, parameters: unknown[], message: string][] = [
      ['read', [], 'ids'],
      ['read', [null], 'ids'],
      ['read', ['x'], 'request: must be an object'],
      ['read', [[good]], 'request: must be an object'],
      ['read', [7], 'request: must be an object'],
      ['read', [{ ids: good }], 'ids'],
      ['read', [{ ids: [] }], 'ids'],
      ['read', [{ ids: Array.from({ length: 201 }, () => good) }], 'ids'],
      ['read', [{ ids: [good, 'nonsense'] }], 'ids[1]'],
      ['read', [{ ids: [good, 7, null, { id: good }] }], 'ids[3]'],
      ['read', [{ ids: [good, 'a\0b'] }], 'ids[1]'],
      ['read', [{ ids: [good, '\ud800'] }], 'ids[1]'],
      ['read', [{ ids: [good, 'x'.repeat(10_000)] }], 'ids[1]'],
      ['read', [{ ids: [good], extra: 1 }], 'extra'],
      ['read', [JSON.parse(`{"ids":["${good}"],"__proto__":{"a":1}}`)], '__proto__'],
      ['read', [{ ids: [good], constructor: 1 }], 'constructor'],
      ['read', [{ ids: [good] }, 'more'], 'request'],
      ['read', [{ ids: deep }], 'ids[0]'],
      ['read', [{ ids: Buffer.from(good) }], 'ids'],
    ];
    for (const [event, parameters, message] of wrong) {
      expect([parameters, await client.ask(event, ...parameters)]).toEqual([parameters, invalid(message)]);
      await app.clock.advance(1_000);
    }
    expect((await live.org.message(id)).statistics.read).toBe(0);
    expect(await client.ask('read', { ids: [good] })).toEqual({ read: 1 });
  });

  it('gets no page for a wrong place or size', async () => {
    const client = await live.connect('U1');
    const wrong: [request: unknown, message: string][] = [
      [{ limit: 0 }, 'limit'],
      [{ limit: 101 }, 'limit'],
      [{ limit: 1.5 }, 'limit'],
      [{ limit: '10' }, 'limit'],
      [{ limit: null }, 'limit'],
      [{ limit: [1] }, 'limit'],
      [{ cursor: 'MQ' }, 'cursor'],
      [{ cursor: 7 }, 'cursor'],
      [{ cursor: 'x'.repeat(10_000) }, 'cursor'],
      [{ cursor: '\0' }, 'cursor'],
      [{ cursor: Buffer.from('999999999999999 zzzzzzzzzzzzz-zzzzzzz-zzzzzzzzzzzzz').toString('base64url') }, 'cursor'],
      [{ offset: 1 }, 'offset'],
    ];
    for (const [request, message] of wrong) {
      expect([request, await client.ask('list', request)]).toEqual([request, invalid(message)]);
      await app.clock.advance(1_000);
    }
    const late = Buffer.from('999999999999999 zzzzzzzzzz-zz-zzzzzzzzzz').toString('base64url');
    expect(await client.ask('list', { cursor: late })).toEqual({ items: [], nextCursor: null, unread: 0 });
  });

  it('finds no event by a name that it made up', async () => {
    const client = await live.connect('U1');
    for (const event of ['write', '', 'constructor', '__proto__', 'toString', 'READ', 'message', 'x'.repeat(10_000)]) {
      expect(await client.ask(event, {})).toMatchObject({ error: { code: 'unknown_event' } });
    }
  });

  it('is held to 20 requests at once and 5 a second after, and cut off when it goes on', async () => {
    const client = await live.connect('U1');
    const ask = (count: number): Promise<Record<string, unknown>[]> =>
      Promise.all(Array.from({ length: count }, () => client.ask('list', { limit: 1 })));
    const refused = (answers: Record<string, unknown>[]): number =>
      answers.filter(({ error }) => error !== undefined).length;
    const answers = await ask(25);
    expect(refused(answers)).toBe(5);
    expect(answers.at(-1)).toMatchObject({ error: { code: 'too_many_requests' } });
    await app.clock.advance(1_000);
    expect(refused(await ask(10))).toBe(5);
    for (let count = 0; count < 200; count++) client.socket.emit('read-all', {}, () => undefined);
    expect(await client.end()).toBe('io server disconnect');
  });

  it('is cut off when what it sends is too large', async () => {
    const client = await live.connect('U1');
    client.socket.emit('read', { ids: ['x'.repeat(100_000)] }, () => undefined);
    await client.end();
    expect(client.socket.connected).toBe(false);
  });

  it('that leaves everything unacknowledged is cut off in the end, as by a broken network', async () => {
    const { ready } = await live.connect('U1');
    await app.clock.advance(60_000);
    const content = { inbox: { title: 'x', text: 'x' } };
    for (let count = 0; count < 40; count++) await live.org.send({ audience: { users: ['U1'] }, content });
    await app.drain();
    const client = await live.connect('U1', { cursor: ready.cursor, acknowledges: false });
    await client.got(40);
    for (let round = 0; round < 12; round++) {
      for (let count = 0; count < 40; count++) await live.org.send({ audience: { users: ['U1'] }, content });
      await app.drain();
    }
    expect(await client.end()).toBe('transport close');
  });

  it('speaking nonsense on the socket does no harm', async () => {
    const { port, hostname } = new URL(await app.nest.getUrl());
    const nonsense = [
      'GET /live/socket/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /live/socket/?EIO=4&transport=nonsense HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'POST /live/socket/?EIO=4&transport=polling&sid=unknown HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n42',
      'GET /live/socket/..%2f..%2fsecrets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ];
    for (const text of nonsense) {
      const answer = await new Promise<string>((resolve) => {
        let got = '';
        const socket = connect(Number(port), hostname, () => socket.write(text));
        socket.on('data', (data) => {
          got += data.toString();
          socket.end();
        });
        socket.on('close', () => resolve(got));
      });
      expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
    }
    const client = await live.connect('U1');
    await live.send('still here');
    expect(await client.got(1)).toEqual(['still here']);
  });

  it('who sends garbage to the database channel is not heard', async () => {
    const client = await live.connect('U1');
    const database = app.nest.get((await import('typeorm')).DataSource);
    for (const text of ['', 'x', '["', '["inbox"]', '["inbox",1,7]', '["other",1]', '[]', '{"a":1}'])
      await database.query("SELECT pg_notify('tidings_live', $1)", [text]);
    await live.send('heard');
    expect(await client.got(1)).toEqual(['heard']);
  });
});
