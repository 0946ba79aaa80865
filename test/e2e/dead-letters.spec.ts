import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { atOnce, hearOf, passTries, phones, sendUntilGivenUp } from '../support/dead-deliveries.js';
import {
  type DeliveryReport,
  NOTHING,
  reportsOf,
  secondApplication,
  totalOf,
  totalToday,
} from '../support/delivery-reports.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { type Reply, startTestApp, type TestApp } from '../support/test-app.js';

const PATH = '/api/v1/dead-letters';
const START = new Date('2026-12-01T02:00:00Z');
const ALL = { users: ['U1', 'U2', 'U3'] };

let app: TestApp;
let org: SmallOrganisation;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.clock.set(START);
  org = await smallOrganisation(app);
});

const givenUp = (audience: Record<string, unknown> = ALL, more?: Record<string, unknown>): Promise<string> =>
  sendUntilGivenUp(app, org, audience, more);

/** How many the sandbox took. */
const taken = async (): Promise<number> =>
  (await org.sandbox()).filter((entry) => (entry as { status?: string }).status === 'accepted').length;

const replay = (body: Record<string, unknown>): Promise<Reply> => org.call('POST', `${PATH}/replay`, body);

async function letters(query = ''): Promise<DeliveryReport[]> {
  const reply = await org.call('GET', `${PATH}?limit=200${query}`);
  expect([reply.status, reply.text]).toEqual([200, reply.text]);
  return (reply.body as { items: DeliveryReport[] }).items;
}

describe('dead letters', () => {
  it('are listed newest first, page by page, by message, channel, account, reason and day', async () => {
    const first = await givenUp({ users: ['U1', 'U2'] });
    const second = await givenUp({ users: ['U1'] });
    expect((await letters()).map(({ messageId, recipient, reason }) => [messageId, recipient, reason])).toEqual([
      [second, 'U1', 'gave-up: busy'],
      [first, 'U2', 'gave-up: busy'],
      [first, 'U1', 'gave-up: busy'],
    ]);
    const page = (await org.call('GET', `${PATH}?limit=2`)).body as { items: DeliveryReport[]; nextCursor: string };
    expect(page.items).toHaveLength(2);
    const next = (await org.call('GET', `${PATH}?limit=2&cursor=${page.nextCursor}`)).body;
    expect(next).toMatchObject({ items: [{ messageId: first, recipient: 'U1' }], nextCursor: null });
    for (const [query, count] of [
      [`&message=${first}`, 2],
      [`&message=${first}&from=2026-12-01&to=2027-12-01`, 2],
      [`&message=${first}&from=2026-12-02`, 0],
      ['&channel=sms&account=sandbox&reason=gave-up', 3],
      ['&channel=email', 0],
      ['&reason=expired', 0],
      ['&account=~2147483647', 0],
      ['&from=2026-12-01&to=2026-12-01', 3],
      ['&from=2026-12-02', 0],
    ] as const) {
      expect([query, (await letters(query)).length]).toEqual([query, count]);
    }
  });

  it('are none of what a vendor took or refused for good', async () => {
    await org.setSandbox({ rules: [{ match: '*1', status: 'rejected', code: 'gave-up' }] });
    const refused = await org.send({ audience: { users: ['U1'] }, content: { sms: { text: 'hello' } } });
    await app.drain();
    expect(await letters(`&message=${refused}`)).toEqual([]);
    await org.setSandbox({ rules: [] });
    const accepted = await org.send({ audience: { users: ['U2'] }, content: { sms: { text: 'hello' } } });
    await app.drain();
    await hearOf(app, org, [(await reportsOf(org, accepted))[0]?.reference], 'failed');
    expect(await letters()).toEqual([]);
  });

  it('ask for what can be looked through', async () => {
    const wrong: [string, number][] = [
      ['?from=2026-11-01&to=2026-12-02', 400],
      ['?from=2026-12-02&to=2026-12-01', 400],
      ['?from=yesterday', 400],
      ['?message=999999', 404],
      ['?channel=none', 400],
      ['?account=none', 400],
      ['?cursor=xx', 400],
    ];
    for (const [query, status] of wrong) {
      expect([query, (await org.call('GET', PATH + query)).status]).toEqual([query, status]);
    }
    expect((await replay({})).body).toMatchObject({ errors: [{ path: 'from' }] });
    expect((await replay({ from: '2026-12-01', limit: 0 })).body).toMatchObject({ errors: [{ path: 'limit' }] });
    expect((await replay({ from: '2026-12-01', expiresAt: '2020-01-01T00:00:00Z' })).body).toMatchObject({
      errors: [{ path: 'expiresAt' }],
    });
  });

  it("of another application's messages stay hidden and dead", async () => {
    const id = await givenUp();
    const other = await secondApplication(app, org);
    expect((await other('GET', PATH)).body).toMatchObject({ items: [] });
    expect((await other('GET', `${PATH}?message=${id}`)).status).toBe(404);
    expect((await other('POST', `${PATH}/replay`, { message: id })).status).toBe(404);
    const reply = await other('POST', `${PATH}/replay`, { from: '2026-12-01' });
    expect(reply.body).toEqual({ replayed: 0, skipped: [] });
    expect(await letters()).toHaveLength(3);
  });
});

describe('a replay of dead letters', () => {
  it('sends them again, and the counters forget their failure', async () => {
    const id = await givenUp();
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 3, failed: 3 });
    expect(await org.message(id)).toMatchObject({ state: 'done' });
    await org.setSandbox({ rules: [] });
    expect((await replay({ message: id })).body).toEqual({ replayed: 3, skipped: [] });
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 3 });
    expect(await totalToday(app, org)).toEqual({ ...NOTHING, target: 3 });
    expect(await org.message(id)).toMatchObject({ state: 'sending', finishedAt: null });
    expect((await reportsOf(org, id)).map(({ state, failedAt }) => [state, failedAt])).toEqual(
      Array.from({ length: 3 }, () => ['retrying', null]),
    );
    await app.drain();
    const counted = { ...NOTHING, target: 3, sent: 3 };
    expect(await totalOf(org, id)).toEqual(counted);
    expect(await totalToday(app, org)).toEqual(counted);
    expect(await org.message(id)).toMatchObject({ state: 'done', finishedAt: app.clock.now().toISOString() });
    expect(await taken()).toBe(3);
    expect((await replay({ message: id })).body).toEqual({ replayed: 0, skipped: [] });
    expect(await letters()).toEqual([]);
  });

  it('that is in vain makes dead letters of them once more', async () => {
    const id = await givenUp();
    await replay({ from: '2026-12-01' });
    await passTries(app, org, id);
    expect(await letters(`&message=${id}`)).toHaveLength(3);
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 3, failed: 3 });
  });

  it('takes many messages at once, made into batches as their vendor takes them', async () => {
    const large = await givenUp({ addresses: { sms: phones(2_300) } });
    const small = await givenUp();
    const reply = await replay({ from: '2026-12-01', channel: 'sms', account: 'sandbox', reason: 'gave-up: busy' });
    expect(reply.body).toEqual({ replayed: 2_303, skipped: [] });
    const batches: unknown = await app.nest.get(DataSource).query(
      `SELECT message_id AS message, attempt, cardinality(endpoint_ids) AS size FROM batch WHERE organisation_id = $1
        ORDER BY message_id, size`,
      [org.id],
    );
    expect(batches).toEqual([
      { message: large, attempt: 1, size: 300 },
      { message: large, attempt: 1, size: 1_000 },
      { message: large, attempt: 1, size: 1_000 },
      { message: small, attempt: 1, size: 3 },
    ]);
    await org.setSandbox({ rules: [] });
    await app.drain();
    expect(await totalOf(org, large)).toEqual({ ...NOTHING, target: 2_300, sent: 2_300 });
    expect(await org.message(small)).toMatchObject({ state: 'done' });
  });

  it('stops at its limit, oldest message first', async () => {
    const first = await givenUp();
    const second = await givenUp();
    await org.setSandbox({ rules: [] });
    expect((await replay({ from: '2026-12-01', limit: 4 })).body).toEqual({ replayed: 4, skipped: [] });
    await app.drain();
    expect(await totalOf(org, first)).toEqual({ ...NOTHING, target: 3, sent: 3 });
    expect(await totalOf(org, second)).toEqual({ ...NOTHING, target: 3, sent: 1, failed: 2 });
    const [, dead] = await letters();
    await org.call('POST', `/api/v1/endpoints/${dead?.endpointId}/quarantine`, { reason: 'wrong number' });
    expect((await replay({ from: '2026-12-01', limit: 1 })).body).toEqual({
      replayed: 1,
      skipped: [{ reason: 'quarantined', count: 1 }],
    });
  });

  it('made several times at once sends each letter again once', async () => {
    const id = await givenUp({ addresses: { sms: phones(60) } });
    await org.setSandbox({ rules: [] });
    const replies = await atOnce(6, () => replay({ message: id }));
    const replayed = replies.map(({ body }) => (body as { replayed: number }).replayed);
    expect(replayed.reduce((sum, one) => sum + one, 0)).toBe(60);
    await app.drain();
    expect(await taken()).toBe(60);
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 60, sent: 60 });
    expect(await totalToday(app, org)).toEqual({ ...NOTHING, target: 60, sent: 60 });
    expect(await org.message(id)).toMatchObject({ state: 'done' });
  });

  it('leaves and counts what would only fail again', async () => {
    const id = await givenUp();
    const [, second, third] = await reportsOf(org, id);
    await org.call('POST', `/api/v1/endpoints/${second?.endpointId}/quarantine`, { reason: 'wrong number' });
    await org.call('DELETE', `/api/v1/endpoints/${third?.endpointId}`);
    await org.call('PATCH', '/api/v1/vendor-accounts/sandbox', { enabled: false });
    const off = [
      { reason: 'no-account', count: 1 },
      { reason: 'quarantined', count: 1 },
      { reason: 'endpoint-deleted', count: 1 },
    ];
    const skipped = async (): Promise<unknown[]> => {
      const { body } = await replay({ message: id });
      expect(body).toMatchObject({ replayed: 0 });
      return (body as { skipped: unknown[] }).skipped;
    };
    expect(await skipped()).toEqual(expect.arrayContaining(off));
    await org.call('PATCH', '/api/v1/channels/sms', { enabled: false });
    expect(await skipped()).toEqual([{ reason: 'channel-disabled', count: 3 }]);
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 3, failed: 3 });
    expect(await org.message(id)).toMatchObject({ state: 'done' });
  });

  it('leaves a message that was cancelled', async () => {
    const id = await givenUp();
    await replay({ message: id, limit: 1 });
    expect((await org.call('POST', `/api/v1/messages/${id}/cancel`)).status).toBeLessThan(300);
    expect((await replay({ message: id })).body).toEqual({
      replayed: 0,
      skipped: [{ reason: 'cancelled', count: 2 }],
    });
  });

  it('of an expired message needs a new expiry', async () => {
    const expiresAt = new Date(START.getTime() + 2 * 3_600_000).toISOString();
    const id = await givenUp(ALL, { expiresAt });
    expect((await letters()).map(({ reason }) => reason)).toEqual(Array(3).fill(expect.stringMatching(/^expired/)));
    const refused = await replay({ message: id });
    expect([refused.status, refused.body]).toEqual([409, expect.objectContaining({ code: 'message_expired' })]);
    expect((await replay({ from: '2026-12-01' })).body).toEqual({
      replayed: 0,
      skipped: [{ reason: 'message-expired', count: 3 }],
    });
    await org.setSandbox({ rules: [] });
    const until = new Date(app.clock.now().getTime() + 3_600_000).toISOString();
    expect((await replay({ message: id, expiresAt: until })).body).toEqual({ replayed: 3, skipped: [] });
    expect(await org.message(id)).toMatchObject({ expiresAt: until });
    await app.drain();
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 3, sent: 3 });
  });

  it('of a message without expiry gives it as long as a new one', async () => {
    const id = await givenUp();
    await app.clock.set(new Date(START.getTime() + 10 * 86_400_000));
    expect((await replay({ from: '2026-12-01' })).body).toEqual({ replayed: 3, skipped: [] });
    await app.drain();
    expect((await reportsOf(org, id)).map(({ state }) => state)).toEqual(Array(3).fill('retrying'));
    await org.setSandbox({ rules: [] });
    await passTries(app, org, id);
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 3, sent: 3 });
  });

  it('bears a receipt that comes before it is sent, and one that comes after', async () => {
    const id = await givenUp({ users: ['U1', 'U2'] });
    await org.setSandbox({ rules: [] });
    await replay({ message: id });
    const [early, late] = await reportsOf(org, id);
    await hearOf(app, org, [early?.reference], 'delivered');
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 2, sent: 1, delivered: 1 });
    await app.drain();
    await hearOf(app, org, [late?.reference, early?.reference], 'read');
    expect((await reportsOf(org, id)).map(({ state }) => state)).toEqual(['read', 'read']);
    const counted = { ...NOTHING, target: 2, sent: 2, delivered: 2, read: 2 };
    expect(await totalOf(org, id)).toEqual(counted);
    expect(await totalToday(app, org)).toEqual(counted);
    expect(await org.message(id)).toMatchObject({ state: 'done' });
  });
});
