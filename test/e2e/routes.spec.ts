import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const TEXT = { push: { title: 'Hello', text: 'hello' } };

interface Statistic {
  account: string;
  target: number;
  sent: number;
  failed: number;
}

let app: TestApp;
let org: SmallOrganisation;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** `first` takes any device and reaches none; behind it `xiaomi` and `oppo` take their own, and `rest` any. */
beforeEach(async () => {
  org = await smallOrganisation(app);
  const account = async (code: string, serves: string | undefined, settings: object): Promise<void> => {
    const body = { code, name: code, vendor: 'sandbox', settings, ...(serves === undefined ? {} : { serves }) };
    const { status, text } = await org.call('POST', '/api/v1/vendor-accounts', body);
    if (status !== 201) throw new Error(text);
  };
  await account('first', undefined, { failureRate: 1, failureStatus: 'unreachable', failureCode: 'offline' });
  await account('xiaomi', 'xiaomi', {});
  await account('oppo', 'oppo', {});
  await account('rest', undefined, {});
  const route = ['first', 'xiaomi', 'oppo', 'rest'];
  await org.call('POST', '/api/v1/channels', { code: 'push', name: 'Push', kind: 'push', route });
  for (const [recipient, vendor] of [
    ['U1', 'xiaomi'],
    ['U2', 'oppo'],
    ['U3', 'honor'],
  ]) {
    const body = { recipient, kind: 'push', vendor, address: `token-${vendor}` };
    const { status, text } = await org.call('POST', '/api/v1/endpoints', body);
    if (status !== 201 && status !== 200) throw new Error(text);
  }
});

async function sendTo(users: string[], more: object = {}): Promise<string> {
  const id = await org.send({ audience: { users }, content: TEXT, ...more });
  await app.drain();
  return id;
}

async function routesTaken(id: string): Promise<string[]> {
  return (await org.deliveries(id)).map(({ address, state, account }) => `${address} ${state} ${account}`).sort();
}

describe('the route of a channel', () => {
  it('goes on, for each device, with the next account that takes its vendor', async () => {
    const id = await sendTo(['U1', 'U2', 'U3']);
    expect(await routesTaken(id)).toEqual([
      'token-honor sent rest',
      'token-oppo sent oppo',
      'token-xiaomi sent xiaomi',
    ]);
  });

  it('counts a device among the targets of the account that took over', async () => {
    const id = await sendTo(['U1', 'U2', 'U3']);
    const { body } = await org.call('GET', `/api/v1/statistics/messages/${id}`);
    const counters = (body as { items: (Statistic & { vendorAccount: string })[] }).items.map(
      ({ vendorAccount, target, sent, failed }) => [vendorAccount, target, sent, failed],
    );
    expect(counters.sort()).toEqual([
      ['first', 0, 0, 0],
      ['oppo', 1, 1, 0],
      ['rest', 1, 1, 0],
      ['xiaomi', 1, 1, 0],
    ]);
    const rows: unknown = await app.nest.get(DataSource).query(
      `SELECT a.code, sum(s.target)::int AS target, sum(s.sent)::int AS sent FROM daily_statistic s
         JOIN vendor_account a ON a.organisation_id = s.organisation_id AND a.id = s.vendor_account_id
        WHERE s.organisation_id = $1 GROUP BY 1 ORDER BY 1`,
      [org.id],
    );
    expect(rows).toEqual([
      { code: 'first', target: 0, sent: 0 },
      { code: 'oppo', target: 1, sent: 1 },
      { code: 'rest', target: 1, sent: 1 },
      { code: 'xiaomi', target: 1, sent: 1 },
    ]);
  });
});

describe('a message that names its routes', () => {
  it('tries those accounts only, in its own order', async () => {
    const straight = await sendTo(['U1', 'U3'], { routes: { push: ['rest', 'xiaomi'] } });
    expect(await routesTaken(straight)).toEqual(['token-honor sent rest', 'token-xiaomi sent rest']);
    const alone = await sendTo(['U1'], { routes: { push: ['first'] } });
    expect((await org.deliveries(alone)).map(({ state, account }) => [state, account])).toEqual([['failed', 'first']]);
    const ended = await sendTo(['U1', 'U2'], { routes: { push: ['first', 'xiaomi'] } });
    expect(await routesTaken(ended)).toEqual(['token-oppo failed first', 'token-xiaomi sent xiaomi']);
  });

  it.each([
    [{ push: ['sandbox'] }, 'routes.push[0]'],
    [{ push: [] }, 'routes.push'],
    [{ push: 'first' }, 'routes.push'],
    [{ sms: ['sandbox'] }, 'routes.sms'],
    [{ nowhere: ['first'] }, 'routes.nowhere'],
    [['first'], 'routes'],
  ])('is refused for %j', async (routes, path) => {
    const { status, body } = await org.call('POST', '/api/v1/messages', {
      audience: { users: ['U1'] },
      content: TEXT,
      routes,
    });
    expect(status).toBe(400);
    expect((body as { errors: { path: string }[] }).errors.map((error) => error.path)).toEqual([path]);
  });
});
