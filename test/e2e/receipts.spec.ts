import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { SecretBox } from '../../src/access/secret-box.js';
import { ReceiptService } from '../../src/deliveries/receipt-service.js';
import { type DeliveryReport, NOTHING, reportsOf, totalOf, totalToday } from '../support/delivery-reports.js';
import { type Counters, type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { type Reply, startTestApp, type TestApp } from '../support/test-app.js';

const SMS = { sms: { text: 'hello' } };

let app: TestApp;
let org: SmallOrganisation;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  org = await smallOrganisation(app);
});

/** Has receipts applied as they come, in place of the moments they are collected for. */
async function applied<T>(work: Promise<T>): Promise<T> {
  const state = { done: false };
  const ended = work.finally(() => (state.done = true));
  while (!state.done) {
    await app.nest.get(ReceiptService).flush();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return ended;
}

async function callbackPath(organisation: SmallOrganisation, account = 'sandbox'): Promise<string> {
  const rows: { id: number; sealed: Buffer }[] = await app.nest
    .get(DataSource)
    .query('SELECT id, receipt_secret_sealed AS sealed FROM vendor_account WHERE organisation_id = $1 AND code = $2', [
      organisation.id,
      account,
    ]);
  const [row] = rows;
  if (row === undefined) throw new Error(`no account ${account}`);
  return `/api/v1/receipts/${organisation.id}-${row.id}/${app.nest.get(SecretBox).open(row.sealed)}`;
}

const submit = async (receipts: Record<string, unknown>[], organisation = org): Promise<Reply> =>
  applied(app.call('POST', await callbackPath(organisation), { receipts }));

const deliveries = (message: string): Promise<DeliveryReport[]> => reportsOf(org, message);
const total = (message: string): Promise<Counters> => totalOf(org, message);
const ofToday = (): Promise<Counters> => totalToday(app, org);

async function only(message: string): Promise<DeliveryReport> {
  const [delivery] = await deliveries(message);
  if (delivery === undefined) throw new Error('no delivery');
  return delivery;
}

async function sent(audience: Record<string, unknown> = { users: ['U1'] }): Promise<string> {
  const id = await org.send({ audience, content: SMS });
  await app.drain();
  return id;
}

describe('receipts', () => {
  it('move a delivery forward, with the times the vendor says', async () => {
    const id = await sent();
    const { reference } = await only(id);
    const reply = await submit([{ reference, status: 'delivered', at: '2026-12-01T09:59:00+08:00' }]);
    expect(reply.status).toBe(204);
    expect(await only(id)).toMatchObject({ state: 'delivered', deliveredAt: '2026-12-01T01:59:00.000Z', readAt: null });
    await submit([{ reference, status: 'read' }]);
    expect(await only(id)).toMatchObject({
      state: 'read',
      deliveredAt: '2026-12-01T01:59:00.000Z',
      readAt: app.clock.now().toISOString(),
    });
    const counted = { ...NOTHING, target: 1, sent: 1, delivered: 1, read: 1 };
    expect(await total(id)).toEqual(counted);
    expect(await ofToday()).toEqual(counted);
  });

  it('that are repeated or late change nothing, nor are they counted again', async () => {
    const id = await sent();
    const { reference } = await only(id);
    await submit([{ reference, status: 'read' }]);
    const before = await only(id);
    await submit([
      { reference, status: 'delivered' },
      { reference, status: 'failed', code: 'late' },
    ]);
    await submit([{ reference, status: 'read' }]);
    expect(await only(id)).toEqual(before);
    expect(await total(id)).toEqual({ ...NOTHING, target: 1, sent: 1, delivered: 1, read: 1 });
    expect(await ofToday()).toEqual({ ...NOTHING, target: 1, sent: 1, delivered: 1, read: 1 });
  });

  it('of one delivery in one call: the furthest wins', async () => {
    const id = await sent();
    const { reference } = await only(id);
    await submit([
      { reference, status: 'read' },
      { reference, status: 'failed' },
      { reference, status: 'delivered' },
    ]);
    expect(await only(id)).toMatchObject({ state: 'read', reason: null, failedAt: null });
    expect(await total(id)).toEqual({ ...NOTHING, target: 1, sent: 1, delivered: 1, read: 1 });
  });

  it('of failure say why; what was handed over stays counted as sent', async () => {
    const id = await sent();
    const { reference } = await only(id);
    await submit([{ reference, status: 'failed', code: 'blocked' }]);
    expect(await only(id)).toMatchObject({
      state: 'failed',
      reason: 'blocked',
      failedAt: app.clock.now().toISOString(),
    });
    expect(await total(id)).toEqual({ ...NOTHING, target: 1, sent: 1, failed: 1 });
    await submit([{ reference, status: 'delivered' }]);
    expect(await only(id)).toMatchObject({ state: 'failed' });
  });

  it('settle what was unknown, and correct the counters', async () => {
    await org.setSandbox({ rules: [{ match: '138*', status: 'unknown', code: 'lost' }] });
    const id = await sent({ users: ['U1', 'U2', 'U3'] });
    expect(await total(id)).toEqual({ ...NOTHING, target: 3, unknown: 3 });
    const [first, second, third] = await deliveries(id);
    await submit([
      { reference: first?.reference, status: 'delivered' },
      { reference: second?.reference, status: 'read' },
      { reference: third?.reference, status: 'failed' },
    ]);
    expect((await deliveries(id)).map(({ state, reason }) => [state, reason])).toEqual([
      ['delivered', null],
      ['read', null],
      ['failed', 'failed'],
    ]);
    expect((await deliveries(id))[0]?.sentAt).not.toBeNull();
    const counted = { ...NOTHING, target: 3, sent: 2, delivered: 2, read: 1, failed: 1 };
    expect(await total(id)).toEqual(counted);
    expect(await ofToday()).toEqual(counted);
  });

  it('of a dead address quarantine it', async () => {
    const id = await sent();
    const { reference, endpointId } = await only(id);
    await submit([{ reference, status: 'address-gone', code: 'unregistered' }]);
    expect(await only(id)).toMatchObject({ state: 'failed', reason: 'unregistered' });
    const endpoint = await org.call('GET', `/api/v1/endpoints/${endpointId}`);
    expect(endpoint.body).toMatchObject({ status: 'quarantined', quarantineReason: 'unregistered' });
  });

  it('that call most of a broadcast dead blame the account, not the addresses', async () => {
    const addresses = Array.from({ length: 25 }, (_, index) => String(13_900_000_000 + index));
    const id = await sent({ addresses: { sms: addresses } });
    const items = await deliveries(id);
    await submit(items.map(({ reference }) => ({ reference, status: 'address-gone' })));
    expect(await total(id)).toEqual({ ...NOTHING, target: 25, sent: 25, failed: 25 });
    const endpoints = await org.call('GET', '/api/v1/endpoints?status=quarantined');
    expect(endpoints.body).toMatchObject({ items: [] });
  });

  it('that name nothing of the account are ignored, and the others applied', async () => {
    const stranger = await smallOrganisation(app);
    const id = await sent();
    const { reference } = await only(id);
    const other = await submit([{ reference, status: 'read' }], stranger);
    expect(other.status).toBe(204);
    expect(await only(id)).toMatchObject({ state: 'sent' });
    await org.call('POST', '/api/v1/vendor-accounts', { code: 'second', vendor: 'sandbox', settings: {} });
    const path = await callbackPath(org, 'second');
    await applied(app.call('POST', path, { receipts: [{ reference, status: 'read' }] }));
    expect(await only(id)).toMatchObject({ state: 'sent' });
    await submit([
      { reference: 'nonsense', status: 'read' },
      { reference: '1-1-1', status: 'read' },
      { reference, status: 'delivered' },
    ]);
    expect(await only(id)).toMatchObject({ state: 'delivered' });
  });

  it('that come before the delivery is recorded are applied once it is', async () => {
    const id = await sent();
    const { reference } = await only(id);
    const database = app.nest.get(DataSource);
    // The delivery as it was before it was recorded.
    const [[row]] = await database.query<[Record<string, unknown>[], number]>(
      'DELETE FROM delivery WHERE organisation_id = $1 AND message_id = $2 RETURNING *',
      [org.id, id],
    );
    expect((await submit([{ reference, status: 'delivered' }])).status).toBe(204);
    expect(await deliveries(id)).toEqual([]);
    const columns = Object.keys(row ?? {});
    await database.query(
      `INSERT INTO delivery (${columns.join(', ')}) SELECT ${columns.map((_, index) => `$${index + 1}`).join(', ')}`,
      Object.values(row ?? {}),
    );
    await applied(app.clock.advance(250));
    await app.nest.get(ReceiptService).flush();
    expect(await only(id)).toMatchObject({ state: 'delivered' });
    expect(await total(id)).toEqual({ ...NOTHING, target: 1, sent: 1, delivered: 1 });
  });

  it('come from the sandbox as its settings script them', async () => {
    await org.setSandbox({ receipts: { delivered: 1, read: 1, afterMs: 500 } });
    const id = await sent();
    await app.clock.advance(500);
    await app.nest.get(ReceiptService).flush();
    expect(await only(id)).toMatchObject({ state: 'read' });
  });

  it('are counted exactly, also when many processes hand in the same ones at once', async () => {
    const addresses = Array.from({ length: 60 }, (_, index) => String(13_700_000_000 + index));
    const id = await sent({ addresses: { sms: addresses } });
    const references = (await deliveries(id)).map(({ reference }) => reference);
    const { ReceiptRecorder } = await import('../../src/deliveries/receipt-recorder.js');
    const { readReceipt } = await import('../../src/deliveries/delivery-receipt.js');
    const recorder = app.nest.get(ReceiptRecorder);
    const account = Number(/-(\d+)\//.exec(await callbackPath(org))?.[1]);
    await Promise.all(
      Array.from({ length: 12 }, (_, round) => {
        const status = round % 2 === 0 ? 'delivered' : 'read';
        const order = round % 3 === 0 ? references : references.toReversed();
        const receipts = order
          .map((reference) => readReceipt(account, { reference, status, at: app.clock.now() }, app.clock.now()))
          .filter((receipt) => receipt !== undefined);
        return recorder.apply(Number(org.id), receipts);
      }),
    );
    const counted = { ...NOTHING, target: 60, sent: 60, delivered: 60, read: 60 };
    expect(await total(id)).toEqual(counted);
    expect(await ofToday()).toEqual(counted);
  });
});

describe('the callback', () => {
  it('tells nobody whether the account or the secret is wrong', async () => {
    const path = await callbackPath(org);
    const settings = { host: '127.0.0.1', port: 9, requireTLS: false, from: 'News <news@example.com>' };
    const mail = await org.call('POST', '/api/v1/vendor-accounts', { code: 'mail', vendor: 'smtp', settings });
    expect(mail.status).toBe(201);
    const wrong = [
      path.replace(/[^/]+$/, 'guess'),
      path.replace(/\/\d+-/, '/2147483647-'),
      path.replace(/-\d+\//, '-99999999999/'),
      path.replace(/\/\d+-\d+\//, '/x/'),
      await callbackPath(org, 'inbox'),
    ];
    for (const one of wrong) {
      const reply = await app.call('POST', one, { receipts: [] });
      expect([one, reply.status]).toEqual([one, 404]);
    }
  });

  it('names what it cannot read', async () => {
    const path = await callbackPath(org);
    const eaten = await app.call('POST', path, { receipts: [{ reference: '1-1-1', status: 'eaten' }] });
    expect(eaten.status).toBe(400);
    expect(eaten.body).toMatchObject({ errors: [{ path: 'receipts[0].status' }] });
    const subjects = [{ reference: '1-1-1' }, {}, { tag: '1-1' }, { address: 'x' }, { reference: '1-1-1', tag: '1-1' }];
    const receipts = subjects.map((subject) => ({ ...subject, status: 'read' }));
    const unclear = await app.call('POST', path, { receipts });
    expect(unclear.status).toBe(400);
    const paths = [1, 2, 3, 4].map((index) => ({ path: `receipts[${index}]` }));
    expect(unclear.body).toMatchObject({ errors: paths });
    const many = Array.from({ length: 10_001 }, () => ({ reference: '1-1-1', status: 'read' }));
    expect((await app.call('POST', path, { receipts: many })).status).toBe(400);
  });

  it('knows a delivery by its message’s tag and its address as well', async () => {
    const id = await sent();
    const { reference } = await only(id);
    const tag = reference.split('-').slice(0, 2).join('-');
    const phones = ['13800000001', '13800000002', '0'];
    const work = submit(phones.map((address) => ({ tag, address, status: 'read' })));
    expect((await work).status).toBe(204);
    expect(await only(id)).toMatchObject({ state: 'read' });
    expect(await total(id)).toEqual({ ...NOTHING, target: 1, sent: 1, delivered: 1, read: 1 });
  });

  it('takes 10 000 at once', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ reference: `${index + 1}-1-1`, status: 'read' }));
    expect((await submit(many)).status).toBe(204);
  });
});
