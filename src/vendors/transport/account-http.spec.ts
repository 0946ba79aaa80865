import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import type { VendorAccountConfig } from '../vendor.js';
import { AccountHttp, type HttpReply, judgeNoAnswer } from './account-http.js';

let clock: FakeClock;
let http: AccountHttp;
let server: Server;
let base: string;
let seen: { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }[];
let answer: (response: ServerResponse) => void;
/** Connections that the server has taken. */
let connections: number;

beforeEach(async () => {
  clock = new FakeClock();
  http = new AccountHttp(clock);
  seen = [];
  connections = 0;
  answer = (response) => response.end('done');
  server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
  server.on('connection', () => connections++);
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await http.close();
});

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { method, url, headers } = request;
  seen.push({ method, url, headers, body: Buffer.concat(parts).toString() });
  answer(response);
}

function account(settings: Record<string, unknown> = {}, id = 7): VendorAccountConfig {
  return { id, organisationId: 3, code: 'pigeon', settings: { allowPrivateNetwork: true, ...settings } };
}

function post(from = account(), signal = new AbortController().signal, url = base): Promise<HttpReply> {
  return http.call(from, { url, body: '{}', signal });
}

/** Resolves when the server has read so many requests. */
async function seenSoMany(count: number): Promise<void> {
  while (seen.length < count) await new Promise((resolve) => setImmediate(resolve));
}

const never = (): void => undefined;
const { signal } = new AbortController();

describe('a call', () => {
  it('is made as it is told', async () => {
    answer = (response) => response.writeHead(418, { 'x-pot': ['tea', 'short'], 'retry-after': '3' }).end('Grüße');
    const reply = await http.call(account(), {
      method: 'PUT',
      url: `${base}/a?b=c`,
      headers: { 'content-type': 'text/plain', 'user-agent': 'Pigeon' },
      body: 'schön',
      signal,
    });
    expect(reply).toMatchObject({ answered: true, status: 418, text: 'Grüße' });
    expect(reply).toMatchObject({ headers: { 'x-pot': 'tea,short', 'retry-after': '3' } });
    expect(seen).toMatchObject([{ method: 'PUT', url: '/a?b=c', body: 'schön' }]);
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'text/plain',
      'content-length': '6',
      'user-agent': 'Pigeon',
    });
    expect(seen[0]?.headers).not.toHaveProperty('transfer-encoding');
  });

  it('is a POST by Tidings unless told, and needs no body', async () => {
    await post();
    await http.call(account(), { method: 'GET', url: base, signal });
    expect(seen.map(({ method, body }) => [method, body])).toEqual([
      ['POST', '{}'],
      ['GET', ''],
    ]);
    expect(seen[0]?.headers['user-agent']).toBe('Tidings');
  });

  it('follows no redirect', async () => {
    answer = (response) => response.writeHead(307, { location: `${base}/elsewhere` }).end();
    expect(await post()).toMatchObject({ answered: true, status: 307 });
    expect(seen).toHaveLength(1);
  });

  it.each([['not an address'], ['ftp://example.com/'], ['http://[/'], ['http://127.0.0.1:99999/']])(
    'to %j is told, not thrown',
    async (url) => {
      const reply = await post(account(), signal, url);
      expect(reply).toMatchObject({ answered: false, handedOver: false, code: expect.stringMatching(/^[A-Z_]+$/) });
    },
  );

  it('with a header that would break out of its line is told, not thrown', async () => {
    const reply = await http.call(account(), { url: base, headers: { token: 'a\r\nb: c' }, body: '', signal });
    expect(reply).toMatchObject({ answered: false, handedOver: false });
    expect(seen).toHaveLength(0);
  });
});

describe('the connections of an account', () => {
  it('are as many as it may have, and used again', async () => {
    answer = (response) => void setTimeout(() => response.end(), 5);
    const narrow = account({ connections: 2 });
    await Promise.all(Array.from({ length: 10 }, () => post(narrow)));
    expect(seen).toHaveLength(10);
    expect(connections).toBe(2);
  });

  it('are its own: a vendor that hangs holds up nobody else', async () => {
    answer = (response) => void (seen.length > 1 && response.end());
    const hanging = post(account({ connections: 1 }));
    await seenSoMany(1);
    expect(await post(account({ connections: 1 }, 8))).toMatchObject({ answered: true });
    server.closeAllConnections();
    await hanging;
  });

  it('are new ones after its settings have changed, and the old ones end after what they are sending', async () => {
    let finish = never;
    answer = (response) => void (finish = () => response.end('late'));
    const before = post(account({ connections: 1 }));
    await seenSoMany(1);
    answer = (response) => response.end('early');
    expect(await post(account({ connections: 2 }))).toMatchObject({ text: 'early' });
    finish();
    expect(await before).toMatchObject({ text: 'late' });
    expect(connections).toBe(2);
  });

  it('end when the process stops, after what they are sending', async () => {
    let finish = never;
    answer = (response) => void (finish = () => response.end('late'));
    const running = post();
    await seenSoMany(1);
    const closed = http.close();
    finish();
    await closed;
    expect(await running).toMatchObject({ text: 'late' });
  });

  it('never lead into a private network, unless the account allows it', async () => {
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '169.254.169.254']) {
      const { port } = new URL(base);
      const reply = await post(account({ allowPrivateNetwork: false }), signal, `http://${host}:${port}/`);
      expect(reply).toMatchObject({ answered: false, handedOver: false, code: 'private-address' });
    }
    expect(connections).toBe(0);
  });
});

describe('the deadline of a call', () => {
  it('is 20 seconds for the whole answer, after which nobody knows', async () => {
    answer = (response) => response.write('half');
    let reply: HttpReply | undefined;
    const call = post().then((one) => (reply = one));
    await seenSoMany(1);
    await clock.advance(19_999);
    expect(reply).toBeUndefined();
    await clock.advance(1);
    await call;
    expect(reply).toEqual({ answered: false, handedOver: true, code: 'aborted', detail: 'No answer in time.' });
  });

  it('is what the account says, and no longer runs after an answer', async () => {
    await post(account({ timeoutSeconds: 3 }));
    expect(clock.isWaiting(3_000)).toBe(false);
    answer = never;
    const call = post(account({ timeoutSeconds: 3 }));
    await seenSoMany(2);
    expect(clock.isWaiting(3_000)).toBe(true);
    await clock.advance(3_000);
    expect(await call).toMatchObject({ answered: false });
  });

  it('leaves untouched what still waits for a connection', async () => {
    answer = never;
    const first = post(account({ connections: 1 }));
    await seenSoMany(1);
    const second = post(account({ connections: 1, timeoutSeconds: 3 }));
    await clock.advance(3_000);
    expect(await second).toEqual({ answered: false, handedOver: false, code: 'aborted', detail: 'No answer in time.' });
    await clock.advance(17_000);
    expect(await first).toMatchObject({ handedOver: true });
    expect(seen).toHaveLength(1);
  });

  it('is not waited for when the caller ends the call, for whatever reason', async () => {
    const reasons = [undefined, new DOMException('Time is up.', 'TimeoutError'), new Error('The process stops.')];
    for (const reason of reasons) {
      const reply = await post(account(), AbortSignal.abort(reason));
      expect(reply).toMatchObject({ answered: false, handedOver: false, code: 'aborted' });
    }
    expect(connections).toBe(0);
  });
});

describe('a call without a whole answer', () => {
  const judged = (reply: HttpReply): unknown => (reply.answered ? reply : judgeNoAnswer(reply));

  it('may have been taken when the connection broke after it was written', async () => {
    answer = (response) => response.socket?.resetAndDestroy();
    expect(judged(await post())).toMatchObject({ outcome: { status: 'unknown', code: 'answer-lost' } });
  });

  it('may have been taken when the answer breaks off, or is too long to be read', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{', () => response.destroy());
    };
    expect(judged(await post())).toMatchObject({ outcome: { status: 'unknown', code: 'answer-lost' } });
    answer = (response) => response.end('x'.repeat(5_000_000));
    expect(judged(await post())).toMatchObject({ outcome: { status: 'unknown', code: 'unreadable-answer' } });
  });

  it('is refused all the same when only the words of a refusal are lost', async () => {
    answer = (response) => {
      response.writeHead(401, { 'content-length': '1000' });
      response.write('{', () => response.destroy());
    };
    expect(await post()).toMatchObject({ answered: true, status: 401, text: '' });
    answer = (response) => response.writeHead(500).end('x'.repeat(5_000_000));
    expect(await post()).toMatchObject({ answered: true, status: 500, text: '' });
  });

  it('asked only, when it had no body', async () => {
    answer = (response) => response.socket?.resetAndDestroy();
    const reply = await http.call(account(), { method: 'GET', url: base, signal });
    expect(reply).toMatchObject({ answered: false, handedOver: false });
  });

  it('says that the vendor is away when there is nobody', async () => {
    const gone = createTcpServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    gone.close();
    await once(gone, 'close');
    expect(judged(await post(account(), signal, `http://127.0.0.1:${port}/`))).toEqual({
      outcome: { status: 'retry', code: 'ECONNREFUSED' },
      account: { problem: 'unreachable', code: 'ECONNREFUSED', detail: expect.stringContaining(String(port)) },
    });
  });

  it('leaves everybody untouched when there was no time', async () => {
    expect(judged(await post(account(), AbortSignal.abort()))).toMatchObject({
      outcome: { status: 'retry', code: 'aborted' },
    });
  });
});
