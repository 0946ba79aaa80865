import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../common/clock.js';
import { checkSettings } from '../account-settings.js';
import type { Outcome, VendorAccountConfig, VendorRequest } from '../vendor.js';
import { WEBHOOK } from './definition.js';
import { WebhookVendor } from './webhook.js';

const SECRET = 'a-secret-of-the-tests';

interface Seen {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

let server: Server;
let base: string;
let vendor: WebhookVendor;
let seen: Seen[];
/** What the gateway does with a request it has read. */
let answer: (response: ServerResponse, seen: Seen) => void;

beforeEach(async () => {
  seen = [];
  answer = (response) => response.end();
  vendor = new WebhookVendor(new SystemClock());
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, path: url, headers, body: Buffer.concat(parts).toString() };
      seen.push(one);
      answer(response, one);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await vendor.close();
  server.close();
});

function account(settings: Record<string, unknown> = {}): VendorAccountConfig {
  const given = { url: `${base}/push`, secret: SECRET, allowPrivateNetwork: true, ...settings };
  const checked = checkSettings(WEBHOOK, given);
  return { id: 1, organisationId: 1, code: 'gateway', settings: { ...checked.settings, ...checked.secrets } };
}

function request(change: Partial<VendorRequest> = {}): VendorRequest {
  return {
    account: account(),
    content: { text: 'Hello' },
    targets: [
      { reference: '1-1-1', address: '13800000001' },
      { reference: '1-1-2', address: '13800000002', content: { text: 'Hello Two' } },
    ],
    tag: '1-1',
    priority: 'normal',
    category: 'notice',
    attempt: 1,
    options: { colour: 'red' },
    signal: new AbortController().signal,
    ...change,
  };
}

const statuses = (outcomes: Outcome[]): string[] =>
  outcomes.map((outcome) => ('code' in outcome ? `${outcome.status} ${outcome.code}` : outcome.status));

describe('a batch', () => {
  it('is posted once, with every target, and accepted by an empty 2xx', async () => {
    const { outcomes, account: verdict } = await vendor.send(
      request({ sender: { code: 'HIS', name: 'Hospital' }, expiresAt: new Date('2030-01-01T00:00:00Z') }),
    );
    expect(outcomes).toEqual([{ status: 'accepted' }, { status: 'accepted' }]);
    expect(verdict).toBeUndefined();
    expect(seen.map(({ method, path }) => [method, path])).toEqual([['POST', '/push']]);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      message: {
        category: 'notice',
        priority: 'normal',
        attempt: 1,
        content: { text: 'Hello' },
        sender: { code: 'HIS', name: 'Hospital' },
        options: { colour: 'red' },
        expiresAt: '2030-01-01T00:00:00.000Z',
      },
      targets: [
        { reference: '1-1-1', address: '13800000001' },
        { reference: '1-1-2', address: '13800000002', content: { text: 'Hello Two' } },
      ],
    });
  });

  it('carries a signature that only the secret makes', async () => {
    await vendor.send(request());
    const { headers, body } = seen[0] as Seen;
    const timestamp = String(headers['x-tidings-timestamp']);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(10);
    const mac = createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex');
    expect(headers['x-tidings-signature']).toBe(`v1=${mac}`);
  });

  it('has the same idempotency key when it is repeated, and another at the next attempt', async () => {
    for (const attempt of [1, 1, 2]) await vendor.send(request({ attempt }));
    const keys = seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('reuses its connection', async () => {
    let connections = 0;
    server.on('connection', () => connections++);
    const narrow = account({ connections: 1 });
    for (let call = 0; call < 20; call++) await vendor.send(request({ account: narrow }));
    expect(connections).toBe(1);
  });
});

describe('the outcomes', () => {
  const withBody = (body: string) => (response: ServerResponse) => response.end(body);

  it('are those the gateway names, and accepted for the others, whatever their order', async () => {
    const entries = ['rejected', 'address-gone', 'unreachable', 'retry', 'unknown', 'accepted', 'nonsense'].map(
      (status, index) => ({ reference: `1-1-${index}`, status, code: 'c', afterSeconds: 7, vendorReference: 'v' }),
    );
    answer = withBody(JSON.stringify({ outcomes: entries.toReversed() }));
    const targets = [...entries, { reference: '1-1-z' }].map(({ reference }) => ({ reference, address: 'a' }));
    const { outcomes } = await vendor.send(request({ targets }));
    expect(statuses(outcomes)).toEqual([
      'rejected c',
      'address-gone c',
      'unreachable c',
      'retry c',
      'unknown c',
      'accepted',
      'unknown unreadable-answer',
      'accepted',
    ]);
    expect(outcomes[3]).toMatchObject({ afterSeconds: 7 });
    expect(outcomes[5]).toEqual({ status: 'accepted', vendorReference: 'v' });
  });

  it.each(['OK', '[]', '{"outcomes":{}}', '{"outcomes":[1]}', '{"outcomes":', `"${'x'.repeat(5_000_000)}"`])(
    'are unknown when the answer cannot be read (%#)',
    async (body) => {
      answer = withBody(body);
      expect(statuses((await vendor.send(request())).outcomes)).toEqual([
        'unknown unreadable-answer',
        'unknown unreadable-answer',
      ]);
    },
  );

  it('are unknown when the answer breaks off', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"outcomes":[', () => response.destroy());
    };
    expect(statuses((await vendor.send(request())).outcomes)).toEqual(['unknown answer-lost', 'unknown answer-lost']);
  });
});

describe('an error status', () => {
  it.each([
    [400, 'rejected http-400', undefined],
    [404, 'rejected http-404', undefined],
    [408, 'retry http-408', undefined],
    [500, 'retry http-500', undefined],
    [502, 'unknown http-502', undefined],
    [504, 'unknown http-504', undefined],
    [401, 'retry http-401', 'credentials'],
    [403, 'retry http-403', 'credentials'],
    [429, 'retry http-429', 'throttled'],
    [503, 'retry http-503', 'throttled'],
    [302, 'retry http-302', 'unreachable'],
  ])('%i becomes %s and the account is %s', async (status, outcome, problem) => {
    answer = (response) => response.writeHead(status, { location: `${base}/elsewhere` }).end('why\n it is so');
    const { outcomes, account: verdict } = await vendor.send(request());
    expect(statuses(outcomes)).toEqual([outcome, outcome]);
    expect(verdict?.problem).toBe(problem);
    expect(verdict?.detail ?? (outcomes[0] as { detail: string }).detail).toContain('why it is so');
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['30', 30],
    ['999999', 3600],
    ['soon', undefined],
  ])('with Retry-After %s makes the account rest for %p seconds', async (header, seconds) => {
    answer = (response) => response.writeHead(429, { 'retry-after': header }).end();
    expect((await vendor.send(request())).account?.afterSeconds).toBe(seconds);
  });

  it('understands a Retry-After that is a date', async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    answer = (response) => response.writeHead(503, { 'retry-after': date }).end();
    const seconds = (await vendor.send(request())).account?.afterSeconds ?? 0;
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);
  });
});

describe('a gateway that is away', () => {
  it('pauses the account, since nothing went out', async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    const { outcomes, account: verdict } = await vendor.send(request());
    expect(statuses(outcomes)).toEqual(['retry ECONNREFUSED', 'retry ECONNREFUSED']);
    expect(verdict).toMatchObject({ problem: 'unreachable', code: 'ECONNREFUSED' });
  });

  it('or whose name is not known, the same', async () => {
    const { outcomes, account: verdict } = await vendor.send(
      request({ account: account({ url: 'http://gateway.invalid/' }) }),
    );
    expect(outcomes[0]?.status).toBe('retry');
    expect(verdict?.problem).toBe('unreachable');
  });
});

describe('an answer that never comes', () => {
  it('leaves the batch unknown when the connection is reset', async () => {
    answer = (response) => response.socket?.resetAndDestroy();
    const { outcomes, account: verdict } = await vendor.send(request());
    expect(statuses(outcomes)).toEqual(['unknown answer-lost', 'unknown answer-lost']);
    expect(verdict).toBeUndefined();
  });

  it('leaves the batch unknown after the time-out', async () => {
    answer = () => undefined;
    const { outcomes } = await vendor.send(request({ account: account({ timeoutSeconds: 1 }) }));
    expect(statuses(outcomes)).toEqual(['unknown answer-lost', 'unknown answer-lost']);
  });

  it('leaves unknown what the stopping process had handed over, and not what still waited for a connection', async () => {
    const stop = new AbortController();
    answer = () => stop.abort();
    const narrow = account({ connections: 1 });
    const both = [1, 2].map((attempt) => vendor.send(request({ account: narrow, attempt, signal: stop.signal })));
    const [first, second] = await Promise.all(both);
    expect(statuses(first?.outcomes ?? [])).toEqual(['unknown answer-lost', 'unknown answer-lost']);
    expect(statuses(second?.outcomes ?? [])).toEqual(['retry aborted', 'retry aborted']);
    expect(seen).toHaveLength(1);
  });
});

describe('private networks', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '10.1.2.3', '169.254.169.254', '[fe80::1]'])(
    'are not connected to at %s, unless the account allows it',
    async (host) => {
      const { port } = new URL(base);
      const forbidden = account({ url: `http://${host}:${port}/`, allowPrivateNetwork: false });
      const { outcomes, account: verdict } = await vendor.send(request({ account: forbidden }));
      expect(statuses(outcomes)).toEqual(['retry private-address', 'retry private-address']);
      expect(verdict).toMatchObject({ problem: 'unreachable', code: 'private-address' });
      expect(seen).toHaveLength(0);
    },
  );
});

describe('settings that cannot be used', () => {
  it.each([
    [{ url: 'ftp://example.com/' }, 'settings.url: must be an http or https address'],
    [{ url: 'http://user:password@example.com/' }, 'settings.url: must hold no user and password'],
    [{ secret: 'short' }, 'settings.secret: must have at least 16 characters'],
    [{ connections: 0 }, 'settings.connections: must not be less than 1'],
    [{ timeoutSeconds: 31 }, 'settings.timeoutSeconds: must not be more than 30'],
  ])('%j are refused when they are saved', (settings, problem) => {
    expect(() => account(settings)).toThrow(problem);
  });

  it('and were saved before that was checked are told as trouble of the account', async () => {
    const old = { ...account(), settings: { ...account().settings, url: 'not an address', connections: 0 } };
    const result = await vendor.send(request({ account: old }));
    expect(statuses(result.outcomes)).toEqual(Array(2).fill(expect.stringMatching(/^retry /)));
    expect(result.account).toMatchObject({ problem: 'unreachable' });
    expect((await vendor.verify(old, new AbortController().signal)).ok).toBe(false);
    expect(seen).toHaveLength(0);
  });

  it('leave 8 connections and 20 seconds where nothing is said of them', () => {
    expect(checkSettings(WEBHOOK, { url: base, secret: SECRET })).toEqual({
      settings: { url: base, connections: 8, timeoutSeconds: 20, allowPrivateNetwork: false },
      secrets: { secret: SECRET },
    });
  });
});

describe('the check of an account', () => {
  const { signal } = new AbortController();

  it('posts no target and wants 2xx', async () => {
    expect(await vendor.verify(account(), signal)).toMatchObject({ ok: true });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ targets: [] });
    expect(seen[0]?.headers['x-tidings-signature']).toMatch(/^v1=[0-9a-f]{64}$/);
  });

  it('says what the gateway has against it', async () => {
    answer = (response) => response.writeHead(401).end('bad signature');
    expect(await vendor.verify(account(), signal)).toEqual({
      ok: false,
      detail: 'The gateway answered 401: bad signature',
    });
  });

  it('ends at its deadline', async () => {
    answer = () => undefined;
    expect((await vendor.verify(account(), AbortSignal.timeout(50))).ok).toBe(false);
  });
});
