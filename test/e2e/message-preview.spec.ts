import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SMS = { sms: { text: 'hello' } };
const ALL_CHANNELS = { ...SMS, email: { title: 'T', text: 'x' }, inbox: { title: 'T', text: 'x' } };

interface Preview {
  recipients: number;
  channels: { channel: string; account: string | null; vendor: string | null; target: number }[];
  dropped: { channel: string; reason: string; count: number }[];
  sample: unknown[];
  unresolved: { users: string[] };
}

let app: TestApp;
let org: SmallOrganisation;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  org = await smallOrganisation(app);
});

async function preview(body: unknown): Promise<Preview> {
  const reply = await org.call('POST', '/api/v1/messages/preview', body);
  expect(reply).toMatchObject({ status: 200 });
  return reply.body as Preview;
}

const targetsOf = ({ channels }: Preview): unknown =>
  Object.fromEntries(channels.map((one) => [one.channel, one.target]));
const droppedOf = ({ dropped }: Preview): unknown[] =>
  dropped.map(({ channel, reason, count }) => `${channel} ${reason} ${count}`).sort();

async function endpointOf(recipient: string, kind: string): Promise<string> {
  const { body } = await org.call('GET', `/api/v1/endpoints?recipient=${recipient}&kind=${kind}`);
  return (body as { items: { id: string }[] }).items[0]?.id ?? '';
}

describe('a preview', () => {
  it('counts by channel and account, and stores nothing', async () => {
    const result = await preview({ audience: { all: true, exclude: { users: ['U3', 'X'] } }, content: ALL_CHANNELS });
    expect(result).toEqual({
      recipients: 2,
      channels: [
        { channel: 'sms', kind: 'sms', account: 'sandbox', vendor: 'sandbox', target: 2 },
        { channel: 'email', kind: 'email', account: 'sandbox', vendor: 'sandbox', target: 1 },
        { channel: 'inbox', kind: 'inbox', account: expect.any(String), vendor: 'inbox', target: 2 },
      ],
      forecast: {
        accounts: [
          { account: 'sandbox', vendor: 'sandbox', target: 3 },
          { account: 'inbox', vendor: 'inbox', target: 2 },
        ],
        summary: [],
      },
      dropped: [
        { channel: 'sms', reason: 'excluded', count: 1 },
        { channel: 'email', reason: 'no-endpoint', count: 1 },
        { channel: 'email', reason: 'excluded', count: 1 },
        { channel: 'inbox', reason: 'excluded', count: 1 },
      ],
      unresolved: {
        users: ['X'],
        departments: [],
        posts: [],
        roles: [],
        tags: [],
        scopes: [],
        endpoints: [],
        aliases: [],
      },
      sample: [
        { channel: 'sms', locale: null, content: { text: 'hello' }, problem: null },
        { channel: 'email', locale: null, content: { title: 'T', text: 'x' }, problem: null },
        { channel: 'inbox', locale: null, content: { title: 'T', text: 'x' }, problem: null },
      ],
    });
    expect((await org.call('GET', '/api/v1/messages')).body).toMatchObject({ items: [] });
  });

  it('says who is left out, and why', async () => {
    await org.call('PATCH', '/api/v1/recipients/U2', { enabled: false });
    await org.call('POST', `/api/v1/endpoints/${await endpointOf('U3', 'sms')}/quarantine`, { reason: 'dead' });
    const result = await preview({ audience: { departments: ['D'], tags: ['T'] }, content: SMS });
    expect(result.recipients).toBe(2);
    expect(targetsOf(result)).toEqual({ sms: 1 });
    expect(droppedOf(result)).toEqual(['sms quarantined 1', 'sms recipient-disabled 1']);
  });

  it('says when no account takes a channel', async () => {
    await org.call('PATCH', '/api/v1/vendor-accounts/sandbox', { enabled: false });
    const result = await preview({ audience: { users: ['U1'], addresses: { sms: ['13900000009'] } }, content: SMS });
    expect(result.channels).toEqual([{ channel: 'sms', kind: 'sms', account: null, vendor: null, target: 0 }]);
    expect(droppedOf(result)).toEqual(['sms no-route 2']);
  });

  it('counts raw addresses and endpoints: known, new and impossible ones', async () => {
    const endpoints = [await endpointOf('U2', 'sms'), await endpointOf('U3', 'inbox')];
    const addresses = { sms: ['13800000001', '13900000009', 'nonsense', '13800000003'], inbox: ['NOBODY'] };
    const audience = { users: ['U1', 'U2'], endpoints, addresses, exclude: { users: ['U3'] } };
    const result = await preview({ audience, content: { ...SMS, inbox: { text: 'x' } } });
    expect(targetsOf(result)).toEqual({ sms: 3, inbox: 2 });
    expect(droppedOf(result)).toEqual([
      'inbox excluded 1',
      'inbox unknown-recipient 1',
      'sms excluded 1',
      'sms invalid-address 1',
    ]);
    const { body } = await org.call('GET', '/api/v1/endpoints?kind=sms&limit=200');
    expect(JSON.stringify(body)).not.toContain('13900000009');
  });

  it.each<[string, unknown]>([
    ['everyone', { all: true }],
    ['everyone but a role', { all: true, exclude: { roles: ['R'] } }],
    ['a union', { users: ['U1'], departments: ['D'], roles: ['R'], tags: ['T'] }],
    ['a department below', { departments: ['D'], exclude: { departments: ['D2'] } }],
    ['addresses of people named anyway', { users: ['U1', 'U2'], addresses: { sms: ['13800000001', '13900000009'] } }],
    ['nobody', { users: ['X'] }],
  ])('counts what is then sent: %s', async (_, audience) => {
    // A second phone, which a person is not written to as well, and one in quarantine, whose successor is used.
    await org.call('POST', '/api/v1/endpoints', { recipient: 'U1', kind: 'sms', address: '13811111111' });
    await org.call('POST', '/api/v1/endpoints', { recipient: 'U2', kind: 'sms', address: '13822222222' });
    await org.call('POST', `/api/v1/endpoints/${await endpointOf('U2', 'sms')}/quarantine`, { reason: 'dead' });
    const request = { audience, content: ALL_CHANNELS };
    const promised = await preview(request);
    const id = await org.send(request);
    await app.drain();
    const sent: Record<string, number> = { sms: 0, email: 0, inbox: 0 };
    for (const { channel, state } of await org.deliveries(id)) {
      if (state !== 'failed') sent[channel] = (sent[channel] ?? 0) + 1;
    }
    expect(targetsOf(promised)).toEqual(sent);
  });

  it("renders a template in the first person's words", async () => {
    await org.call('PATCH', '/api/v1/recipients/U2', { locale: 'zh-CN' });
    const contents = {
      sms: { en: { text: 'Dear ${recipient.name}, ${code}' }, 'zh-CN': { text: '${recipient.name}您好 ${code}' } },
      inbox: { en: { title: '${code}', html: '<p onclick="x()">${code}</p>' } },
      email: { en: { title: 'For ${recipient.attributes.title}', text: 'x' } },
    };
    const made = await org.call('POST', '/api/v1/templates', { code: 'T', name: 'T', contents });
    expect(made.status).toBe(201);
    expect((await org.call('POST', '/api/v1/templates/T/versions/1/publish')).status).toBe(200);
    const template = { code: 'T', params: { code: '4711' } };
    const { sample } = await preview({ audience: { users: ['U2', 'U3'] }, template });
    expect(sample).toEqual([
      { channel: 'sms', locale: 'zh-CN', content: { text: 'Two您好 4711' }, problem: null },
      {
        channel: 'email',
        locale: 'en',
        content: null,
        problem: expect.stringContaining('recipient.attributes.title'),
      },
      { channel: 'inbox', locale: 'en', content: { title: '4711', html: '<p>4711</p>' }, problem: null },
    ]);
    const unknown = await preview({ audience: { users: ['X'] }, template: { ...template, channels: ['sms'] } });
    expect(unknown.sample).toMatchObject([{ channel: 'sms', content: null, problem: expect.any(String) }]);
  });
});
