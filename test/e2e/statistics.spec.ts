import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NOTHING } from '../support/delivery-reports.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let org: SmallOrganisation;
let day: string;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  org = await smallOrganisation(app);
  day = app.clock.now().toISOString().slice(0, 10);
});

const days = async (query: string): Promise<unknown> =>
  (await org.call('GET', `/api/v1/statistics/days?${query}`)).body;

async function template(code: string): Promise<void> {
  const made = await org.call('POST', '/api/v1/templates', {
    code,
    name: `Template ${code}`,
    contents: { inbox: { 'zh-CN': { title: 'T', html: '<p>{{ what }}</p>' } } },
    variables: [{ name: 'what' }],
  });
  const published = await org.call('POST', `/api/v1/templates/${code}/versions/1/publish`);
  if (published.status >= 300) throw new Error(`publishing failed: ${made.text} ${published.text}`);
}

describe('statistics of a message', () => {
  it('are told by channel and vendor account, and together', async () => {
    await org.setSandbox({ rules: [{ match: '13800000001', status: 'rejected', code: 'no' }] });
    const id = await org.send({
      audience: { users: ['U1', 'U2'] },
      content: { sms: { text: 'x' }, inbox: { title: 'T', html: 'x' } },
    });
    await app.drain();
    const { status, body } = await org.call('GET', `/api/v1/statistics/messages/${id}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      messageId: id,
      items: [
        expect.objectContaining({
          channel: 'inbox',
          channelName: 'Inbox',
          target: 2,
          sent: 2,
          delivered: 2,
          failed: 0,
        }),
        {
          channel: 'sms',
          channelName: 'SMS',
          vendorAccount: 'sandbox',
          vendorAccountName: 'Sandbox',
          ...NOTHING,
          target: 2,
          sent: 1,
          failed: 1,
        },
      ],
      total: { ...NOTHING, target: 4, sent: 3, delivered: 2, failed: 1 },
    });
  });

  it('are empty before it is planned, and unknown of no message', async () => {
    const sendAt = new Date(app.clock.now().getTime() + 3_600_000).toISOString();
    const id = await org.send({ audience: { users: ['U1'] }, content: { sms: { text: 'x' } }, sendAt });
    const { body } = await org.call('GET', `/api/v1/statistics/messages/${id}`);
    expect(body).toEqual({ messageId: id, items: [], total: NOTHING });
    for (const wrong of ['999999', 'x', '0', '99999999999999999999']) {
      expect((await org.call('GET', `/api/v1/statistics/messages/${wrong}`)).status).toBe(404);
    }
  });
});

describe('statistics of days', () => {
  it('are summed by day, channel, vendor account or template', async () => {
    await template('welcome');
    await org.send({ audience: { users: ['U1', 'U2', 'U3'] }, content: { sms: { text: 'x' } } });
    await org.send({ audience: { users: ['U1'] }, template: { code: 'welcome', params: { what: 'x' } } });
    await app.drain();
    await app.clock.advance(86_400_000);
    const next = app.clock.now().toISOString().slice(0, 10);
    await org.send({ audience: { users: ['U1'] }, content: { sms: { text: 'x' } } });
    await app.drain();

    const sms = { ...NOTHING, target: 4, sent: 4 };
    const inbox = { ...NOTHING, target: 1, sent: 1, delivered: 1 };
    const total = { ...NOTHING, target: 5, sent: 5, delivered: 1 };
    const range = `from=${day}&to=${next}`;
    expect(await days(range)).toEqual({
      groupBy: 'day',
      items: [
        { code: day, name: day, ...NOTHING, target: 4, sent: 4, delivered: 1 },
        { code: next, name: next, ...NOTHING, target: 1, sent: 1 },
      ],
      total,
    });
    expect(await days(`${range}&groupBy=channel`)).toEqual({
      groupBy: 'channel',
      items: [
        { code: 'sms', name: 'SMS', ...sms },
        { code: 'inbox', name: 'Inbox', ...inbox },
      ],
      total,
    });
    expect(await days(`${range}&groupBy=vendor`)).toMatchObject({
      items: [{ code: 'sandbox', name: 'Sandbox', ...sms }, inbox],
    });
    expect(await days(`${range}&groupBy=template`)).toMatchObject({
      items: [
        { code: null, name: null, ...sms },
        { code: 'welcome', name: 'Template welcome', ...inbox },
      ],
    });
    expect(await days(`from=${next}&to=${next}`)).toMatchObject({ items: [{ code: next }] });
  });

  it('of another organisation do not show', async () => {
    const stranger = await smallOrganisation(app);
    await stranger.send({ audience: { users: ['U1'] }, content: { sms: { text: 'x' } } });
    await app.drain();
    expect(await days(`from=${day}&to=${day}`)).toEqual({ groupBy: 'day', items: [], total: NOTHING });
  });

  it('are bounded', async () => {
    const wrong: [string, string][] = [
      ['from=2026-12-01', 'to'],
      ['from=2026-12-01&to=2026-11-30', 'to'],
      ['from=2026-01-01&to=2027-01-02', 'to'],
      ['from=2026-02-30&to=2026-03-01', 'from'],
      ['from=2026-12-01T00:00:00Z&to=2026-12-01', 'from'],
      ['from=2026-12-01&to=2026-12-01&groupBy=mood', 'groupBy'],
    ];
    for (const [query, path] of wrong) {
      expect([query, await days(query)]).toEqual([
        query,
        expect.objectContaining({ errors: [expect.objectContaining({ path })] }),
      ]);
    }
    expect(await days('from=2026-01-01&to=2027-01-01')).toMatchObject({ groupBy: 'day' });
  });
});
