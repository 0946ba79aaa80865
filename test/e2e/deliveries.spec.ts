import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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

async function sent(audience: Record<string, unknown> = { users: ['U1'] }): Promise<string> {
  const id = await org.send({ audience, content: SMS });
  await app.drain();
  return id;
}

describe('deliveries', () => {
  it('are listed of a person or a message, newest first, page by page', async () => {
    const first = await sent({ users: ['U1', 'U2'] });
    const second = await sent();
    const path = '/api/v1/deliveries?recipient=U1&limit=1';
    const page = (await org.call('GET', path)).body as { items: DeliveryReport[]; nextCursor: string };
    expect(page.items).toMatchObject([
      { messageId: second, channel: 'sms', recipient: 'U1', vendorAccount: 'sandbox' },
    ]);
    const next = (await org.call('GET', `${path}&cursor=${page.nextCursor}`)).body;
    expect(next).toMatchObject({ items: [{ messageId: first, recipient: 'U1' }], nextCursor: null });
    expect((await reportsOf(org, first)).map(({ recipient }) => recipient)).toEqual(['U2', 'U1']);
    const both = await org.call('GET', `/api/v1/deliveries?recipient=U2&message=${second}`);
    expect(both.body).toMatchObject({ items: [] });
    const failed = await org.call('GET', `/api/v1/deliveries?recipient=U1&state=failed`);
    expect(failed.body).toMatchObject({ items: [] });
    const mails = await org.call('GET', `/api/v1/deliveries?recipient=U1&channel=email`);
    expect(mails.body).toMatchObject({ items: [] });
  });

  it('are not listed without saying of whom or what', async () => {
    expect((await org.call('GET', '/api/v1/deliveries')).body).toMatchObject({ errors: [{ path: 'recipient' }] });
    expect((await org.call('GET', '/api/v1/deliveries?recipient=nobody')).status).toBe(404);
    expect((await org.call('GET', '/api/v1/deliveries?message=999999')).status).toBe(404);
    expect((await org.call('GET', '/api/v1/deliveries?message=x')).status).toBe(400);
    expect((await org.call('GET', '/api/v1/deliveries?recipient=U1&channel=none')).status).toBe(400);
    expect((await org.call('GET', '/api/v1/deliveries?recipient=U1&cursor=xx')).status).toBe(400);
  });

  it('of a scheduled message are none yet', async () => {
    const sendAt = new Date(app.clock.now().getTime() + 3_600_000).toISOString();
    const id = await org.send({ audience: { users: ['U1'] }, content: SMS, sendAt });
    expect(await reportsOf(org, id)).toEqual([]);
  });

  it("of another application's messages stay hidden", async () => {
    const id = await sent();
    const other = await secondApplication(app, org);
    expect((await other('GET', `/api/v1/deliveries?message=${id}`)).status).toBe(404);
    expect((await other('GET', '/api/v1/deliveries?recipient=U1')).body).toMatchObject({ items: [] });
    expect((await other('GET', `/api/v1/statistics/messages/${id}`)).status).toBe(404);
    const admin = await app.admin('GET', `/api/v1/deliveries?message=${id}`, undefined, { organisation: org.code });
    expect(admin.body).toMatchObject({ items: [{ messageId: id }] });
  });

  it('that are unknown are settled by a person, once', async () => {
    await org.setSandbox({ rules: [{ match: '138*', status: 'unknown', code: 'lost' }] });
    const id = await sent({ users: ['U1', 'U2'] });
    const [first, second] = await reportsOf(org, id);
    const items = (one: DeliveryReport | undefined): Record<string, unknown>[] => [
      { message: id, channel: 'sms', endpoint: one?.endpointId },
      { message: id, channel: 'sms', endpoint: '999999' },
    ];
    const resolve = (one: DeliveryReport | undefined, as: string): Promise<Reply> =>
      org.call('POST', '/api/v1/deliveries/resolve', { items: items(one), as });
    const other = await secondApplication(app, org);
    const hidden = await other('POST', '/api/v1/deliveries/resolve', { items: items(first), as: 'sent' });
    expect(hidden.body).toEqual({ resolved: 0 });
    expect((await resolve(first, 'sent')).body).toEqual({ resolved: 1 });
    expect((await resolve(first, 'failed')).body).toEqual({ resolved: 0 });
    expect((await resolve(second, 'failed')).body).toEqual({ resolved: 1 });
    expect((await reportsOf(org, id)).map(({ state, reason }) => [state, reason])).toEqual([
      ['sent', null],
      ['failed', 'resolved-as-failed'],
    ]);
    const counted = { ...NOTHING, target: 2, sent: 1, failed: 1 };
    expect(await totalOf(org, id)).toEqual(counted);
    expect(await totalToday(app, org)).toEqual(counted);
    const unknown = await org.call('POST', '/api/v1/deliveries/resolve', {
      items: [{ message: id, channel: 'none', endpoint: '1' }],
      as: 'sent',
    });
    expect(unknown.body).toMatchObject({ errors: [{ path: 'items[0].channel' }] });
  });
});
