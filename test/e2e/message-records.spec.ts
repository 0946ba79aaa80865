import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Planner } from '../../src/messages/planner.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SMS = { sms: { text: 'hello' } };
const HOUR = 3_600_000;

let app: TestApp;
let org: SmallOrganisation;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  org = await smallOrganisation(app);
});

const get = async (path: string): Promise<unknown> => (await org.call('GET', `/api/v1/${path}`)).body;
const itemsOf = async (path: string): Promise<Record<string, unknown>[]> =>
  ((await get(path)) as { items: Record<string, unknown>[] }).items;
const later = (milliseconds: number): string => new Date(app.clock.now().getTime() + milliseconds).toISOString();

async function planOnly(): Promise<void> {
  await app.nest.get(Planner).planDue(Number(org.id), 2);
}

describe('deliveries', () => {
  it('are listed by channel and endpoint, page by page, by any filter', async () => {
    const id = await org.send({
      audience: { all: true, exclude: { users: ['U3'] } },
      content: { ...SMS, inbox: { title: 'T', text: 'x' } },
    });
    expect(await itemsOf(`messages/${id}/deliveries`)).toEqual([]);
    await app.drain();
    const all = await itemsOf(`messages/${id}/deliveries`);
    expect(all.map(({ channel, recipient }) => [channel, recipient])).toEqual([
      ['sms', 'U1'],
      ['sms', 'U2'],
      ['inbox', 'U1'],
      ['inbox', 'U2'],
    ]);
    expect(all[0]).toEqual({
      channel: 'sms',
      endpoint: expect.stringMatching(/^\d+$/),
      address: '13800000001',
      account: 'sandbox',
      recipient: 'U1',
      state: 'sent',
      reason: null,
      attempts: 1,
      vendorReference: null,
      createdAt: later(0),
      sentAt: later(0),
      deliveredAt: null,
      readAt: null,
      failedAt: null,
    });
    const by = (query: string) => itemsOf(`messages/${id}/deliveries?${query}`);
    expect(await by('state=delivered')).toEqual(all.slice(2));
    expect(await by('channel=sms')).toEqual(all.slice(0, 2));
    expect(await by('recipient=U2&channel=inbox')).toEqual([all[3]]);
    expect(await by('recipient=U3')).toEqual([]);
    expect(await by('recipient=NOBODY')).toEqual([]);
    expect(await by('channel=fax')).toEqual([]);
    const page = (await get(`messages/${id}/deliveries?limit=3`)) as { items: unknown[]; nextCursor: string };
    expect(page.items).toEqual(all.slice(0, 3));
    expect(await get(`messages/${id}/deliveries?limit=3&cursor=${page.nextCursor}`)).toEqual({
      items: all.slice(3),
      nextCursor: null,
    });
  });
});

describe('the timeline', () => {
  const events = async (id: string, query = ''): Promise<unknown[]> =>
    (await itemsOf(`messages/${id}/timeline${query}`)).map(({ at, event }) => [event, at]);

  it("tells a message's way, and one person's", async () => {
    const accepted = later(0);
    const due = later(HOUR);
    const id = await org.send({ audience: { users: ['U1', 'U2'] }, content: SMS, sendAt: due });
    expect(await events(id)).toEqual([
      ['accepted', accepted],
      ['scheduled', accepted],
    ]);
    await app.clock.advance(HOUR);
    await app.drain();
    const own = [
      ['accepted', accepted],
      ['scheduled', accepted],
      ['planned', due],
    ];
    expect(await events(id)).toEqual([...own, ['finished', due]]);
    expect(await events(id, '?recipient=U1')).toEqual([...own, ['sent', due], ['finished', due]]);
    expect(await events(id, '?recipient=U3')).toEqual([...own, ['finished', due]]);
    expect((await org.call('GET', `/api/v1/messages/${id}/timeline?recipient=NOBODY`)).status).toBe(404);
  });

  it('ends with a cancellation', async () => {
    const id = await org.send({ audience: { users: ['U1'] }, content: SMS, sendAt: later(HOUR) });
    await org.call('POST', `/api/v1/messages/${id}/cancel`);
    expect((await events(id)).at(-1)).toEqual(['cancelled', later(0)]);
  });
});

describe('explaining', () => {
  const explain = (id: string, recipient: string): Promise<unknown> =>
    get(`messages/${id}/explain?recipient=${recipient}`);

  it('says why a person got it, and on which channel', async () => {
    const id = await org.send({
      audience: { users: ['U1'], departments: ['D'], roles: ['R'], addresses: { sms: ['13800000001'] } },
      content: { ...SMS, email: { title: 'T', text: 'x' } },
    });
    expect(await explain(id, 'U1')).toMatchObject({
      channels: [
        { channel: 'sms', status: 'pending' },
        { channel: 'email', status: 'pending' },
      ],
    });
    await app.drain();
    expect(await explain(id, 'U1')).toEqual({
      recipient: 'U1',
      inAudience: true,
      via: ['user', 'department:D', 'role:R', 'address:sms'],
      excludedBy: [],
      channels: [
        {
          channel: 'sms',
          kind: 'sms',
          endpoint: expect.any(String),
          status: 'sent',
          reason: expect.stringContaining('Handed to sandbox'),
        },
        { channel: 'email', kind: 'email', endpoint: expect.any(String), status: 'sent', reason: expect.any(String) },
      ],
    });
    expect(await explain(id, 'U2')).toMatchObject({
      inAudience: true,
      via: ['department:D'],
      channels: [
        { channel: 'sms', status: 'sent' },
        { channel: 'email', status: 'not-targeted', reason: 'As of now the person has no email address.' },
      ],
    });
  });

  it('says why a person did not get it', async () => {
    await org.call('PATCH', '/api/v1/recipients/U2', { enabled: false });
    const id = await org.send({
      audience: { departments: ['D'], tags: ['T'], exclude: { roles: ['R'] } },
      content: SMS,
    });
    await app.drain();
    expect(await explain(id, 'U1')).toMatchObject({
      inAudience: false,
      via: ['department:D'],
      excludedBy: ['role:R'],
      channels: [{ status: 'not-targeted', reason: 'As of now the person is excluded by role:R.' }],
    });
    expect(await explain(id, 'U2')).toMatchObject({
      inAudience: false,
      via: ['department:D'],
      channels: [{ status: 'not-targeted', reason: 'As of now the person is switched off.' }],
    });
    expect((await org.call('GET', `/api/v1/messages/${id}/explain?recipient=NOBODY`)).status).toBe(404);
  });

  it('tells of a failure, and of what is planned', async () => {
    await org.setSandbox({ rules: [{ match: '13800000001', status: 'rejected', code: 'blocked' }] });
    await app.clock.advance(3_000);
    const id = await org.send({ audience: { all: true }, content: SMS });
    await planOnly();
    expect(await explain(id, 'U1')).toMatchObject({
      via: ['all'],
      channels: [{ status: 'pending', reason: expect.stringContaining('waits to be sent') }],
    });
    await app.drain();
    expect(await explain(id, 'U1')).toMatchObject({
      channels: [{ status: 'failed', reason: expect.stringContaining('blocked') }],
    });
  });
});
