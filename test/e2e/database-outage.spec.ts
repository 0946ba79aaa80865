import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Dispatcher } from '../../src/messages/dispatcher.js';
import { Planner } from '../../src/messages/planner.js';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NEVER = new AbortController().signal;

let app: TestApp;
let proxy: CuttableProxy;
let org: SmallOrganisation;

beforeAll(async () => {
  app = await startTestApp({}, async (url) => {
    const opened = await CuttableProxy.before(url);
    proxy = opened.proxy;
    return opened.url;
  });
  org = await smallOrganisation(app);
});
afterAll(async () => {
  await app.close();
  await proxy.cut();
});

const request = { audience: { users: ['U1'] }, content: { sms: { text: 'x' } } };

describe('while the database is away', () => {
  it('requests are answered 503 with Retry-After, nothing is half done, and all goes on when it is back', async () => {
    await proxy.cut();
    await app.clock.advance(3_000);
    for (const [method, path, body] of [
      ['POST', '/api/v1/messages', request],
      ['GET', '/api/v1/recipients/U1', undefined],
      ['GET', '/health/ready', undefined],
    ] as const) {
      const reply = await org.call(method, path, body);
      expect([path, reply.status, reply.headers['content-type']]).toEqual([
        path,
        503,
        'application/problem+json; charset=utf-8',
      ]);
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
      expect(reply.body).toMatchObject({ status: 503, code: 'database_unavailable' });
    }
    expect((await app.call('GET', '/health/live')).status).toBe(200);
    expect(
      (
        await app.inject({
          method: 'POST',
          url: '/api/openApi/message/push/channel',
          headers: { 'content-type': 'application/json' },
          payload: '{"appId":"1"}',
        })
      ).json(),
    ).toEqual({ code: 500, msg: '服务器内部错误' });

    await proxy.restore();
    expect((await org.call('GET', '/health/ready')).status).toBe(200);
    expect((await org.call('GET', '/api/v1/messages')).body).toMatchObject({ items: [] });
    const id = await org.send(request);
    await app.drain();
    expect((await org.message(id)).state).toBe('done');
  });

  it('an outcome that cannot be recorded at once is recorded when the database is back, and sent once', async () => {
    // Without its journal the sandbox needs no database, as a real vendor does not.
    await org.setSandbox({ latencyMs: 1_000, journal: false });
    const id = await org.send(request);
    await app.nest.get(Planner).planDue(Number(org.id), 2);
    const sending = app.nest.get(Dispatcher).dispatchDue(Number(org.id), 2, NEVER, NEVER);
    for (let turn = 0; turn < 2_000 && !app.clock.isWaiting(1_000); turn++) await pause();
    await proxy.cut();
    await app.clock.advance(1_000);
    await pause();
    await proxy.restore();
    const finished = sending.then(() => true);
    for (let turn = 0; turn < 500; turn++) {
      await app.clock.advance(200);
      if (await Promise.race([finished, pause()])) break;
    }
    await finished;
    expect(await org.message(id)).toMatchObject({ state: 'done', statistics: { target: 1, sent: 1 } });
    expect((await org.deliveries(id)).map(({ state, attempts }) => [state, attempts])).toEqual([['sent', 1]]);
  });
});

function pause(): Promise<boolean> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), 5);
  });
}
