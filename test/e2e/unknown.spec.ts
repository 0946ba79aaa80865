import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RecurringJobs } from '../../src/scheduler/recurring-jobs.js';
import { atOnce, hearOf, phones } from '../support/dead-deliveries.js';
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

const PATH = '/api/v1/deliveries';
const START = new Date('2026-12-01T02:00:00Z');
const HOUR = 3_600_000;
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

/** Sends an SMS whose answers are lost. */
async function lost(audience: Record<string, unknown> = ALL, more: Record<string, unknown> = {}): Promise<string> {
  await org.setSandbox({ rules: [{ match: '1*', status: 'unknown', code: 'lost' }] });
  const id = await org.send({ audience, content: { sms: { text: 'hello' } }, ...more });
  await app.drain();
  await org.setSandbox({ rules: [] });
  return id;
}

const resolve = (body: Record<string, unknown>): Promise<Reply> => org.call('POST', `${PATH}/resolve`, body);

const itemsOf = async (message: string): Promise<Record<string, unknown>[]> =>
  (await reportsOf(org, message)).map(({ endpointId }) => ({ message, channel: 'sms', endpoint: endpointId }));

const states = async (message: string): Promise<[string, string | null][]> =>
  (await reportsOf(org, message)).map(({ state, reason }) => [state, reason]);

async function settleOverdue(): Promise<void> {
  const job = app.nest.get(RecurringJobs).list.find(({ name }) => name === 'settle-unknown');
  if (job === undefined) throw new Error('There is no such job');
  await job.run();
}

describe('unknown deliveries', () => {
  it('are listed of all messages within some days, newest first, page by page', async () => {
    const first = await lost({ users: ['U1', 'U2'] });
    await app.clock.set(new Date(START.getTime() + 24 * HOUR));
    const second = await lost({ users: ['U1'] });
    const list = async (query: string): Promise<{ items: DeliveryReport[]; nextCursor: string | null }> => {
      const { status, body, text } = await org.call('GET', `${PATH}?state=unknown${query}`);
      expect([status, text]).toEqual([200, text]);
      return body as { items: DeliveryReport[]; nextCursor: string | null };
    };
    const page = await list('&limit=2');
    expect(page.items.map(({ messageId, recipient }) => [messageId, recipient])).toEqual([
      [second, 'U1'],
      [first, 'U2'],
    ]);
    expect(await list(`&limit=2&cursor=${page.nextCursor}`)).toMatchObject({
      items: [{ messageId: first, recipient: 'U1', state: 'unknown', reason: 'lost' }],
      nextCursor: null,
    });
    expect((await list('&from=2026-12-02')).items).toHaveLength(1);
    expect((await list('&to=2026-12-01')).items).toHaveLength(2);
    expect((await list('&channel=email')).items).toEqual([]);
    const other = await secondApplication(app, org);
    expect((await other('GET', `${PATH}?state=unknown`)).body).toMatchObject({ items: [] });
    expect((await org.call('GET', `${PATH}?state=failed`)).body).toMatchObject({ errors: [{ path: 'recipient' }] });
    expect((await org.call('GET', `${PATH}?state=unknown&from=2026-10-01&to=2026-12-01`)).status).toBe(400);
    expect((await org.call('GET', `${PATH}?recipient=U1&from=2026-12-01`)).status).toBe(400);
  });

  it('named one by one are sent again, once', async () => {
    const id = await lost();
    const items = await itemsOf(id);
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 3, unknown: 3 });
    const other = await secondApplication(app, org);
    const hidden = await other('POST', `${PATH}/resolve`, { items, as: 'resend' });
    expect(hidden.body).toEqual({ resolved: 0, skipped: [] });
    expect((await resolve({ items: items.slice(0, 2), as: 'resend' })).body).toEqual({ resolved: 2, skipped: [] });
    expect((await resolve({ items: items.slice(0, 2), as: 'resend' })).body).toEqual({ resolved: 0, skipped: [] });
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 3, unknown: 1 });
    expect(await org.message(id)).toMatchObject({ state: 'sending' });
    await app.drain();
    const counted = { ...NOTHING, target: 3, sent: 2, unknown: 1 };
    expect(await totalOf(org, id)).toEqual(counted);
    expect(await totalToday(app, org)).toEqual(counted);
    expect(await org.message(id)).toMatchObject({ state: 'done' });
    expect((await states(id)).map(([state]) => state)).toEqual(['sent', 'sent', 'unknown']);
  });

  it('that match a filter are settled or sent again together', async () => {
    const first = await lost();
    const second = await lost();
    const third = await lost();
    expect((await resolve({ filter: { message: first, channel: 'sms' }, as: 'sent' })).body).toEqual({ resolved: 3 });
    expect((await resolve({ filter: { message: second, reason: 'los' }, as: 'failed' })).body).toEqual({ resolved: 3 });
    expect((await resolve({ filter: { from: '2026-12-01', account: 'sandbox' }, as: 'resend' })).body).toEqual({
      resolved: 3,
      skipped: [],
    });
    await app.drain();
    expect(await states(second)).toEqual(Array.from({ length: 3 }, () => ['failed', 'resolved-as-failed']));
    expect(await states(third)).toEqual(Array.from({ length: 3 }, () => ['sent', null]));
    expect(await totalToday(app, org)).toEqual({ ...NOTHING, target: 9, sent: 6, failed: 3 });
    const other = await secondApplication(app, org);
    const hidden = await other('POST', `${PATH}/resolve`, { filter: { message: first }, as: 'sent' });
    expect(hidden.status).toBe(404);
  });

  it('are settled only when it is said which, and how', async () => {
    const item = { message: '1', channel: 'sms', endpoint: '1' };
    const filter = { from: '2026-12-01' };
    const expiresAt = '2027-01-01T00:00:00Z';
    for (const [body, path] of [
      [{ as: 'sent' }, 'items'],
      [{ items: [item], filter, as: 'sent' }, 'items'],
      [{ filter: {}, as: 'sent' }, 'filter.from'],
      [{ filter: { from: '2026-12-01', channel: 'none' }, as: 'sent' }, 'filter.channel'],
      [{ filter: { from: 'x' }, as: 'sent' }, 'filter.from'],
      [{ filter: null, as: 'sent' }, 'filter'],
      [{ filter, as: 'lost' }, 'as'],
      [{ filter, as: 'sent', expiresAt }, 'expiresAt'],
      [{ filter, as: 'resend', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ] as const) {
      const reply = await resolve(body);
      expect([path, reply.status, reply.body]).toEqual([
        path,
        400,
        expect.objectContaining({ errors: expect.arrayContaining([expect.objectContaining({ path })]) }),
      ]);
    }
  });

  it('of an expired message are sent again only with a new expiry', async () => {
    const id = await lost(ALL, { expiresAt: new Date(START.getTime() + HOUR).toISOString() });
    await app.clock.advance(2 * HOUR);
    const items = await itemsOf(id);
    expect((await resolve({ items, as: 'resend' })).body).toEqual({
      resolved: 0,
      skipped: [{ reason: 'message-expired', count: 3 }],
    });
    const refused = await resolve({ filter: { message: id }, as: 'resend' });
    expect([refused.status, refused.body]).toEqual([409, expect.objectContaining({ code: 'message_expired' })]);
    const expiresAt = new Date(START.getTime() + 4 * HOUR).toISOString();
    expect((await resolve({ items, as: 'resend', expiresAt })).body).toEqual({ resolved: 3, skipped: [] });
    await app.drain();
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 3, sent: 3 });
  });

  it('are each settled once, however many settle them in different ways at once', async () => {
    const id = await lost({ addresses: { sms: phones(40) } });
    const ways = ['sent', 'failed', 'resend'];
    let turn = 0;
    const replies = await atOnce(6, () => resolve({ filter: { message: id }, as: ways[turn++ % ways.length] }));
    const resolved = replies.map(({ body }) => (body as { resolved: number }).resolved);
    expect(resolved.reduce((sum, one) => sum + one, 0)).toBe(40);
    await app.drain();
    const total = await totalOf(org, id);
    expect(total).toMatchObject({ target: 40, unknown: 0 });
    expect(total.sent + total.failed).toBe(40);
    expect(await totalToday(app, org)).toEqual(total);
    expect(await org.message(id)).toMatchObject({ state: 'done' });
  });

  it('that are being sent again bear a late receipt', async () => {
    const id = await lost({ users: ['U1', 'U2'] });
    const [early, failed] = await reportsOf(org, id);
    await resolve({ filter: { message: id }, as: 'resend' });
    await hearOf(app, org, [early?.reference], 'delivered');
    await hearOf(app, org, [failed?.reference], 'failed');
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 2, sent: 1, delivered: 1 });
    await app.drain();
    await hearOf(app, org, [early?.reference, failed?.reference], 'delivered');
    expect((await states(id)).map(([state]) => state)).toEqual(['delivered', 'delivered']);
    const counted = { ...NOTHING, target: 2, sent: 2, delivered: 2 };
    expect(await totalOf(org, id)).toEqual(counted);
    expect(await totalToday(app, org)).toEqual(counted);
  });
});

describe('the deadline of unknown deliveries', () => {
  it('is 72 hours on channels that hold, none on others, and can be changed', async () => {
    const deadline = async (code: string): Promise<unknown> =>
      ((await org.call('GET', `/api/v1/channels/${code}`)).body as { unknownAfterHours: unknown }).unknownAfterHours;
    expect([await deadline('sms'), await deadline('email')]).toEqual([72, null]);
    const change = (unknownAfterHours: unknown): Promise<Reply> =>
      org.call('PATCH', '/api/v1/channels/sms', { unknownAfterHours });
    expect((await change(null)).body).toMatchObject({ unknownAfterHours: null });
    expect((await change(2160)).body).toMatchObject({ unknownAfterHours: 2160 });
    for (const wrong of [0, 2161, 1.5, '72']) expect((await change(wrong)).status).toBe(400);
    const made = { code: 'hold', kind: 'email', unknownPolicy: 'hold', route: ['sandbox'] };
    await org.call('POST', '/api/v1/channels', made);
    expect(await deadline('hold')).toBe(72);
    await org.call('POST', '/api/v1/channels', { ...made, code: 'ever', unknownAfterHours: null });
    expect(await deadline('ever')).toBeNull();
  });

  it('calls them failed, and says why they were unknown; nothing else changes', async () => {
    const id = await lost();
    await app.clock.advance(24 * HOUR);
    const later = await lost({ users: ['U1'] });
    const [first] = await reportsOf(org, id);
    await hearOf(app, org, [first?.reference], 'delivered');
    await app.clock.advance(47 * HOUR);
    await settleOverdue();
    expect(await totalOf(org, id)).toEqual({ ...NOTHING, target: 3, sent: 1, delivered: 1, unknown: 2 });
    await app.clock.advance(HOUR);
    await settleOverdue();
    expect(await states(id)).toEqual([
      ['delivered', null],
      ['failed', 'unknown: lost'],
      ['failed', 'unknown: lost'],
    ]);
    const counted = { ...NOTHING, target: 3, sent: 1, delivered: 1, failed: 2 };
    expect(await totalOf(org, id)).toEqual(counted);
    expect(await states(later)).toEqual([['unknown', 'lost']]);
    await settleOverdue();
    expect(await totalOf(org, id)).toEqual(counted);
    const day = await org.call('GET', '/api/v1/statistics/days?from=2026-12-01&to=2026-12-01');
    expect((day.body as { total: unknown }).total).toEqual(counted);
  });

  it('does not run where a channel waits for ever, nor while a message is being sent', async () => {
    const waiting = await lost();
    await app.clock.advance(73 * HOUR);
    await resolve({ items: (await itemsOf(waiting)).slice(0, 1), as: 'resend' });
    await settleOverdue();
    expect((await states(waiting)).map(([state]) => state)).toEqual(['retrying', 'unknown', 'unknown']);
    await org.call('PATCH', '/api/v1/channels/sms', { unknownAfterHours: null });
    const kept = await lost();
    await app.clock.advance(1000 * HOUR);
    await settleOverdue();
    expect((await states(kept)).map(([state]) => state)).toEqual(Array(3).fill('unknown'));
    await org.call('PATCH', '/api/v1/channels/sms', { unknownAfterHours: 999 });
    await settleOverdue();
    expect((await states(kept)).map(([state]) => state)).toEqual(Array(3).fill('failed'));
  });
});
