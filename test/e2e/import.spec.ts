import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp } from '../support/test-app.js';

type TestApp = Awaited<ReturnType<typeof startTestApp>>;
type TestOrganisation = Awaited<ReturnType<TestApp['organisation']>>;

interface Result {
  line: number;
  code: string | null;
  status: string;
  errors: { path: string; message: string }[];
}
interface Person {
  updatedAt: string;
  endpoints: { id: string; kind: string; address: string; status: string }[];
  groups: Record<string, string[]>;
}

const PATH = '/api/v1/recipients/import';

let app: TestApp;
let acme: TestOrganisation;

beforeAll(async () => {
  app = await startTestApp();
  await app.nest.listen(0, '127.0.0.1');
});
beforeEach(async () => {
  acme = await app.organisation();
});
afterAll(() => app.close());

const headers = (type = 'application/x-ndjson'): Record<string, string> => ({
  authorization: `Bearer ${acme.key}`,
  'content-type': type,
});

async function importBytes(payload: string | Buffer): Promise<Result[]> {
  const reply = await app.inject({ method: 'POST', url: PATH, headers: headers(), payload });
  expect(reply).toMatchObject({ statusCode: 200 });
  expect(reply.headers['content-type']).toMatch(/^application\/x-ndjson/);
  const lines = reply.payload.split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line) as Result);
}

const importLines = (...lines: unknown[]): Promise<Result[]> =>
  importBytes(lines.map((line) => JSON.stringify(line)).join('\n'));

/** `status code` of each result. */
const summary = (results: Result[]): string[] => results.map(({ status, code }) => `${status} ${String(code)}`);

async function person(code: string): Promise<Person> {
  const { status, body } = await acme.call('GET', `/api/v1/recipients/${code}`);
  expect(status).toBe(200);
  return body as Person;
}

async function group(kind: string, code: string): Promise<void> {
  expect(await acme.call('POST', '/api/v1/groups', { kind, code, name: code })).toMatchObject({ status: 201 });
}

/** An import over a real connection, written and read piece by piece. */
function openImport(): {
  write: (text: string) => void;
  end: () => void;
  reply: Promise<IncomingMessage>;
  abort: () => void;
} {
  const { port } = app.nest.getHttpServer().address() as AddressInfo;
  const outgoing = request({ host: '127.0.0.1', port, method: 'POST', path: PATH, headers: headers() });
  const reply = once(outgoing, 'response').then(([response]) => response as IncomingMessage);
  return {
    write: (text) => outgoing.write(text),
    end: () => outgoing.end(),
    abort: () => outgoing.destroy(),
    reply,
  };
}

const people = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `{"code":"P${from + index}","name":"${'P'.repeat(150)}"}\n`).join(
    '',
  );

const send = async (url: string, type: string): Promise<{ status: number; body: string }> => {
  const payload = '{"code":"U1","name":"Wei"}';
  const { statusCode, payload: body } = await app.inject({ method: 'POST', url, headers: headers(type), payload });
  return { status: statusCode, body };
};

describe('an import', () => {
  it('makes people with inbox, phone, mailbox and groups, changes them and removes them', async () => {
    await group('department', 'D1');
    await group('department', 'D2');
    await group('tag', 'vip');
    const wei = {
      code: 'U1',
      name: 'Zhang Wei',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      clientId: 'c1',
      attributes: { title: 'Dr.' },
      phone: '186-6088-6275',
      email: 'wei@EXAMPLE.com',
      departments: ['D1'],
      tags: ['vip'],
    };
    expect(await importLines(wei, { code: 'U2', name: 'Li Na' })).toEqual([
      { line: 1, code: 'U1', status: 'created', errors: [] },
      { line: 2, code: 'U2', status: 'created', errors: [] },
    ]);
    expect(await person('U1')).toMatchObject({
      name: 'Zhang Wei',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      clientId: 'c1',
      attributes: { title: 'Dr.' },
      enabled: true,
      groups: { departments: ['D1'], posts: [], roles: [], tags: ['vip'] },
      endpoints: [
        { kind: 'inbox', vendor: '', platform: '', environment: 'production', address: 'U1', status: 'active' },
        { kind: 'sms', address: '18660886275' },
        { kind: 'email', address: 'wei@example.com' },
      ],
    });
    expect((await person('U2')).endpoints).toMatchObject([{ kind: 'inbox', address: 'U2' }]);

    expect(
      summary(
        await importLines(
          wei,
          { code: 'U1', name: 'Zhang Wei', departments: ['D2'] },
          { code: 'U2', name: 'Li Na', phone: '10086' },
          { code: 'U3', name: 'Wang Fang' },
          { code: 'U2', remove: true },
          { code: 'U9', remove: true },
        ),
      ),
    ).toEqual(['unchanged U1', 'updated U1', 'updated U2', 'created U3', 'removed U2', 'unchanged U9']);
    expect((await person('U1')).groups).toEqual({ departments: ['D2'], posts: [], roles: [], tags: ['vip'] });
    expect((await acme.call('GET', '/api/v1/recipients/U2')).status).toBe(404);
  });

  it('leaves what a line does not name, and clears what is null', async () => {
    await importLines({
      code: 'U1',
      name: 'Wei',
      locale: 'zh-CN',
      clientId: 'c1',
      attributes: { a: 1 },
      enabled: false,
    });
    const { updatedAt } = await person('U1');
    await app.clock.advance(60_000);
    expect(summary(await importLines({ code: 'U1', name: 'Wei' }))).toEqual(['unchanged U1']);
    expect(await person('U1')).toMatchObject({ locale: 'zh-CN', enabled: false, updatedAt });
    expect(summary(await importLines({ code: 'U1', name: 'Wei', locale: null, clientId: null }))).toEqual([
      'updated U1',
    ]);
    expect(await person('U1')).toMatchObject({ locale: null, clientId: null, attributes: { a: 1 }, enabled: false });
    expect((await person('U1')).updatedAt).not.toBe(updatedAt);
  });

  it('carries out lines of one code in their order', async () => {
    expect(
      summary(
        await importLines(
          { code: 'U1', name: 'One', locale: 'fr' },
          { code: 'U1', remove: true },
          { code: 'U2', name: 'Two' },
          { code: 'U1', name: 'Three' },
          { code: 'U1', name: 'Four', phone: '10086' },
        ),
      ),
    ).toEqual(['created U1', 'removed U1', 'created U2', 'created U1', 'updated U1']);
    expect(await person('U1')).toMatchObject({ name: 'Four', locale: null });
  });

  it('fails broken lines alone, and says what is wrong with each', async () => {
    await importLines({ code: 'U1', name: 'Wei', clientId: 'c1' });
    const results = await importBytes(
      Buffer.concat([
        Buffer.from('\ufeff{"code":"A","name":"first"}\r\n'),
        Buffer.from('{"code":\n\n[]\n  \r\n'),
        Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
        Buffer.from(`{"code":"B","name":"${'x'.repeat(65_536)}"}\n`),
        Buffer.from(
          '{"code":"C"}\n{"code":"D","name":"d","nick":"x"}\n{"code":"E","name":"e","phone":"1","timeZone":"x"}\n',
        ),
        Buffer.from('{"code":"F","name":"f","posts":[],"roles":["r1"],"tags":["t1","t2"]}\n'),
        Buffer.from('{"code":"G","name":"g","clientId":"c1"}\n{"code":"H","name":"\\u0000"}\n'),
        Buffer.from('{"code":"I","name":"i","attributes":{"a":"\\ud800"}}\n{"code":"J","name":"j","__proto__":{}}\n'),
        Buffer.from('{"code":"K","name":"k","clientId":"c2"}\n{"code":"L","name":"l","clientId":"c2"}\n'),
        Buffer.from('{"code":"M","name":"last"}'),
      ]),
    );
    expect(
      results.map(({ line, code, status, errors }) => [line, code, status, errors.map(({ path }) => path)]),
    ).toEqual([
      [1, 'A', 'created', []],
      [2, null, 'failed', ['']],
      [4, null, 'failed', ['']],
      [6, null, 'failed', ['']],
      [7, null, 'failed', ['']],
      [8, 'C', 'failed', ['name']],
      [9, 'D', 'failed', ['nick']],
      [10, 'E', 'failed', ['timeZone', 'phone']],
      [11, 'F', 'failed', ['roles[0]', 'tags[0]', 'tags[1]']],
      [12, 'G', 'failed', ['clientId']],
      [13, 'H', 'failed', ['']],
      [14, 'I', 'failed', ['']],
      [15, 'J', 'failed', ['__proto__']],
      [16, 'K', 'created', []],
      [17, 'L', 'failed', ['clientId']],
      [18, 'M', 'created', []],
    ]);
    const messages = results.flatMap(({ errors }) => errors.map(({ message }) => message));
    expect(messages).toEqual(
      expect.arrayContaining([
        'the line is not JSON',
        'the line must be a JSON object',
        'the line is not UTF-8',
        'the line is longer than 65536 bytes',
        'there is no role r1',
        'is already taken by U1',
        'holds a character that cannot be stored',
      ]),
    );
    const { body } = await acme.call('GET', '/api/v1/recipients');
    expect((body as { items: { code: string }[] }).items.map(({ code }) => code)).toEqual(['U1', 'A', 'K', 'M']);
  });

  it('leaves an address in quarantine', async () => {
    await importLines({ code: 'U1', name: 'Wei', phone: '10086' });
    const phone = (await person('U1')).endpoints.find(({ kind }) => kind === 'sms');
    await acme.call('POST', `/api/v1/endpoints/${String(phone?.id)}/quarantine`, { reason: 'dead' });
    expect(summary(await importLines({ code: 'U1', name: 'Wei', phone: '100-86' }))).toEqual(['unchanged U1']);
    expect((await person('U1')).endpoints).toMatchObject([{ kind: 'inbox' }, { kind: 'sms', status: 'quarantined' }]);
  });

  it('touches no other organisation', async () => {
    const globex = await app.organisation();
    await globex.call('POST', '/api/v1/recipients', { code: 'U1', name: 'Li Na', clientId: 'c1' });
    await globex.call('POST', '/api/v1/groups', { kind: 'tag', code: 'vip', name: 'VIP' });
    const results = await importLines(
      { code: 'U1', name: 'Wei', clientId: 'c1' },
      { code: 'U2', name: 'x', tags: ['vip'] },
    );
    expect(summary(results)).toEqual(['created U1', 'failed U2']);
    expect(summary(await importLines({ code: 'U1', remove: true }))).toEqual(['removed U1']);
    expect((await globex.call('GET', '/api/v1/recipients/U1')).body).toMatchObject({ name: 'Li Na' });
  });

  it('takes nothing but newline-delimited JSON, and that only here', async () => {
    expect((await send(PATH, 'application/ndjson')).status).toBe(200);
    const json = await send(PATH, 'application/json');
    expect(json.status).toBe(415);
    expect(JSON.parse(json.body)).toMatchObject({ code: 'unsupported_media_type' });
    expect((await send('/api/v1/recipients', 'application/x-ndjson')).status).toBe(415);
    expect(await importBytes('')).toEqual([]);
    expect(await importBytes('\n \n')).toEqual([]);
  });

  it('answers while it reads, whatever the length', async () => {
    const upload = openImport();
    upload.write(people(1, 1000));
    // The first thousand are answered before the request has ended.
    const response = await upload.reply;
    expect(response.statusCode).toBe(200);
    const results = createInterface(response)[Symbol.asyncIterator]();
    expect((await results.next()).value).toBe('{"line":1,"code":"P1","status":"created","errors":[]}');
    // More than any body limit, so that the request can only pass as a stream.
    upload.write(people(1001, 8000));
    upload.end();
    let lines = 1;
    let last = '';
    for await (const line of { [Symbol.asyncIterator]: () => results }) {
      lines++;
      last = line;
    }
    expect(lines).toBe(8000);
    expect(last).toBe('{"line":8000,"code":"P8000","status":"created","errors":[]}');
  });

  it('ends when its client goes away, keeping what is done', async () => {
    const closed = new Promise<void>((resolve) => {
      app.nest.getHttpServer().once('request', (incoming: IncomingMessage) => incoming.once('close', resolve));
    });
    const upload = openImport();
    upload.write(people(1, 1500));
    const response = await upload.reply;
    response.on('error', () => undefined);
    upload.abort();
    await closed;
    expect((await acme.call('GET', '/api/v1/recipients/P1000')).status).toBe(200);
    expect((await acme.call('GET', '/api/v1/recipients/P1001')).status).toBe(404);
  });
});
