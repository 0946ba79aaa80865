import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { RecurrenceService } from '../../src/scheduler/recurrences.js';
import { startTestApp, type TestApp, type TestOrganisation } from '../support/test-app.js';

const MINUTE = 60_000;
const PHONE = '18660886275';

interface Run {
  messageId: string;
}

describe('schedules', () => {
  let app: TestApp;
  let acme: TestOrganisation;
  let client: Client;
  let now = new Date('2026-12-01T08:00:00.000Z');

  beforeAll(async () => {
    app = await startTestApp();
    client = new Client({ connectionString: app.databaseUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await app.close();
  });
  beforeEach(async () => {
    await client.query("UPDATE schedule SET state = 'paused'");
    // Every test has half a day to itself, and all of them fit into the partitions made at start.
    now = new Date(now.getTime() + 12 * 60 * MINUTE);
    await app.clock.set(now);
    acme = await ready();
  });

  async function ready(): Promise<TestOrganisation> {
    const made = await app.organisation();
    await made.call('POST', '/api/v1/vendor-accounts', { code: 'phones', vendor: 'sandbox', settings: {} });
    await made.call('POST', '/api/v1/channels', { code: '1001', kind: 'sms', route: ['phones'] });
    return made;
  }

  const request = { audience: { addresses: { '1001': [PHONE] } }, content: { '1001': { text: 'Good morning' } } };
  const hourly = { code: 'hourly', name: 'Every hour', cron: '0 * * * *', request };

  const create = async (fields: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
    const { status, body } = await acme.call('POST', '/api/v1/schedules', { ...hourly, ...fields });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body as Record<string, unknown>;
  };
  const read = async (key = 'hourly'): Promise<Record<string, unknown>> =>
    (await acme.call('GET', `/api/v1/schedules/${key}`)).body as Record<string, unknown>;
  const runs = async (key = 'hourly'): Promise<Run[]> =>
    ((await acme.call('GET', `/api/v1/schedules/${key}/runs`)).body as { items: Run[] }).items;
  const fire = (): Promise<number> => app.nest.get(RecurrenceService).fireDue();
  const after = (minutes: number, seconds = 0): Date => new Date(now.getTime() + minutes * MINUTE + seconds * 1000);

  describe('the resource', () => {
    it('shows what was given, and the next five runs', async () => {
      const made = await create({ request: { ...request, priority: 'high', expiresAfter: 600 } });
      expect(made).toMatchObject({
        ...hourly,
        applicationId: acme.applicationId,
        timeZone: expect.any(String),
        missedRun: 'fire',
        state: 'active',
        request: { ...request, priority: 'high', expiresAfter: 600 },
        nextAt: after(60).toISOString(),
        nextRuns: [60, 120, 180, 240, 300].map((minutes) => after(minutes).toISOString()),
        lastAt: null,
        lastMessageId: null,
        lastError: null,
      });
      const again = await acme.call('POST', '/api/v1/schedules', hourly);
      expect(again).toMatchObject({ status: 409, body: { code: 'already_exists' } });
      expect(await read()).toEqual(made);
      expect(await read(`~${String(made['id'])}`)).toEqual(made);
    });

    it("means the organisation's clocks unless told otherwise", async () => {
      await app.admin('PATCH', `/api/v1/organisations/${acme.code}`, { timeZone: 'Asia/Tokyo' });
      expect(await create({ cron: '0 9 * * *' })).toMatchObject({ timeZone: 'Asia/Tokyo' });
      const shanghai = await create({ code: 'shanghai', cron: '30 9 * * *', timeZone: 'Asia/Shanghai' });
      expect(String(shanghai['nextAt'])).toMatch(/T01:30:00\.000Z$/);
    });

    it('is listed page by page, changed and deleted', async () => {
      for (const code of ['one', 'two', 'three']) await create({ code });
      const first = (await acme.call('GET', '/api/v1/schedules?limit=2')).body as { nextCursor: string };
      expect(first).toMatchObject({ items: [{ code: 'one' }, { code: 'two' }], nextCursor: expect.any(String) });
      const second = await acme.call('GET', `/api/v1/schedules?limit=2&cursor=${first.nextCursor}`);
      expect(second.body).toMatchObject({ items: [{ code: 'three' }], nextCursor: null });

      const changed = await acme.call('PATCH', '/api/v1/schedules/one', { name: 'First', cron: '30 * * * *' });
      expect(changed).toMatchObject({ status: 200, body: { name: 'First', nextAt: after(30).toISOString() } });
      expect((await acme.call('DELETE', '/api/v1/schedules/one')).status).toBe(204);
      expect((await acme.call('GET', '/api/v1/schedules/one')).status).toBe(404);
      expect((await acme.call('DELETE', '/api/v1/schedules/one')).status).toBe(404);
    });

    it.each([
      ['cron', { cron: 'every morning' }],
      ['cron', { cron: '* * *' }],
      ['cron', { cron: '0 0 30 2 *' }],
      ['timeZone', { timeZone: 'Mars/Olympus' }],
      ['missedRun', { missedRun: 'perhaps' }],
      ['request', { request: undefined }],
      ['request.sendAt', { request: { ...request, sendAt: '2027-01-01T00:00:00Z' } }],
      ['request.dedupKey', { request: { ...request, dedupKey: 'mine' } }],
      ['request.expiresAfter', { request: { ...request, expiresAfter: 0 } }],
      ['request.audience.users[0]', { request: { ...request, audience: { users: [7] } } }],
      ['request.content.9999', { request: { ...request, content: { '9999': { text: 'Hello' } } } }],
      ['request.template.code', { request: { audience: request.audience, template: { code: 'none' } } }],
    ])('refuses a wrong %s, naming it: %j', async (path, fields) => {
      const { status, body } = await acme.call('POST', '/api/v1/schedules', { ...hourly, ...fields });
      expect({ status, body }).toMatchObject({ status: 400, body: { errors: [expect.objectContaining({ path })] } });
      await create();
      const change = await acme.call('PATCH', '/api/v1/schedules/hourly', fields);
      if (path !== 'request') expect(change.status).toBe(400);
    });

    it('is seen by its application and by the admin only', async () => {
      await create();
      const { code: organisation } = acme;
      await app.admin('POST', '/api/v1/applications', { code: 'other', name: 'Other' }, { organisation });
      const { body } = await app.admin(
        'POST',
        '/api/v1/applications/other/credentials',
        { kind: 'api-key', scopes: ['send'] },
        { organisation },
      );
      const authorization = `Bearer ${(body as { secret: string }).secret}`;
      expect((await app.call('GET', '/api/v1/schedules/hourly', undefined, { authorization })).status).toBe(404);
      expect((await app.call('POST', '/api/v1/schedules/hourly/run-now', undefined, { authorization })).status).toBe(
        404,
      );
      expect((await app.call('GET', '/api/v1/schedules', undefined, { authorization })).body).toMatchObject({
        items: [],
      });
      expect((await app.admin('GET', '/api/v1/schedules/hourly', undefined, { organisation })).status).toBe(200);
      expect((await (await app.organisation()).call('DELETE', '/api/v1/schedules/hourly')).status).toBe(404);
    });
  });

  describe('a run', () => {
    it('sends the message on its time, once, and the schedule goes on', async () => {
      await create();
      await app.clock.set(after(60, -1));
      expect(await fire()).toBe(0);
      await app.clock.set(after(60));
      expect(await fire()).toBe(1);
      expect(await fire()).toBe(0);
      await app.drain();
      const sent = await acme.call('GET', '/api/v1/vendor-accounts/phones/sandbox-messages');
      expect(sent.body).toMatchObject({ items: [{ address: PHONE, content: { text: 'Good morning' } }] });
      const [run] = await runs();
      expect(await read()).toMatchObject({
        lastAt: after(60).toISOString(),
        lastMessageId: run?.messageId,
        lastError: null,
        nextAt: after(120).toISOString(),
      });
    });

    it('is made once however many look at the same moment', async () => {
      await create();
      for (const hour of [1, 2, 3]) {
        await app.clock.set(after(60 * hour));
        const made = await Promise.all([fire(), fire(), fire(), fire()]);
        expect(made.reduce((sum, one) => sum + one)).toBe(1);
      }
      expect(await runs()).toHaveLength(3);
    });

    it('is neither lost nor repeated when a process dies between the message and the schedule', async () => {
      await create();
      await app.clock.set(after(60));
      await fire();
      for (const text of ['Good morning', 'Good evening']) {
        await client.query('UPDATE schedule SET next_at = $1, last_message_id = NULL', [after(60)]);
        // Even when the request is another one by now.
        const content = { '1001': { text } };
        await acme.call('PATCH', '/api/v1/schedules/hourly', { request: { ...request, content } });
        expect(await fire()).toBe(0);
        const [run, ...others] = await runs();
        expect(others).toEqual([]);
        const nextAt = after(120).toISOString();
        expect(await read()).toMatchObject({ lastMessageId: run?.messageId, lastError: null, nextAt });
      }
    });

    it('comes every second when asked to, none left out', async () => {
      await create({ cron: '* * * * * *' });
      await app.clock.advance(5_000);
      expect(await fire()).toBe(5);
    });

    it('that fails is told, and the next one comes', async () => {
      await create();
      await acme.call('PATCH', '/api/v1/channels/1001', { enabled: false });
      await app.clock.set(after(60));
      expect(await fire()).toBe(0);
      expect(await read()).toMatchObject({
        lastAt: after(60).toISOString(),
        lastMessageId: null,
        lastError: expect.stringContaining('1001'),
        nextAt: after(120).toISOString(),
      });
      await acme.call('PATCH', '/api/v1/channels/1001', { enabled: true });
      await app.clock.set(after(120));
      expect(await fire()).toBe(1);
      expect(await read()).toMatchObject({ lastError: null });
    });

    it('does not come while the application is switched off', async () => {
      await create();
      const { code: organisation } = acme;
      await app.admin('PATCH', '/api/v1/applications/tests', { enabled: false }, { organisation });
      await app.clock.set(after(60));
      expect(await fire()).toBe(0);
      await app.admin('PATCH', '/api/v1/applications/tests', { enabled: true }, { organisation });
      expect(await fire()).toBe(1);
    });
  });

  describe('runs missed while nothing was running', () => {
    it('are made up for by one, for the latest', async () => {
      await create();
      await app.clock.set(after(5 * 60 + 20));
      expect(await fire()).toBe(1);
      expect(await read()).toMatchObject({ lastAt: after(300).toISOString(), nextAt: after(360).toISOString() });
    });

    it('are left out on request', async () => {
      await create({ missedRun: 'skip' });
      await app.clock.set(after(5 * 60 + 20));
      expect(await fire()).toBe(0);
      expect(await read()).toMatchObject({ lastAt: null, nextAt: after(360).toISOString() });
    });

    it('do not count among the missed when less than a minute late', async () => {
      await create({ missedRun: 'skip' });
      await app.clock.set(after(5 * 60, 59));
      expect(await fire()).toBe(1);
      expect(await read()).toMatchObject({ lastAt: after(300).toISOString(), nextAt: after(360).toISOString() });
    });

    it('are not sent after they expired', async () => {
      await create({ request: { ...request, expiresAfter: 600 } });
      await app.clock.set(after(60 + 20));
      expect(await fire()).toBe(0);
      expect(await read()).toMatchObject({
        lastError: expect.stringContaining('expired'),
        nextAt: after(120).toISOString(),
      });
      await app.clock.set(after(120 + 5));
      expect(await fire()).toBe(1);
      const { rows } = await client.query('SELECT expires_at FROM message WHERE id = $1', [
        (await runs())[0]?.messageId,
      ]);
      expect(rows).toEqual([{ expires_at: after(130) }]);
    });
  });

  it('pauses and resumes, without making up for the pause', async () => {
    await create();
    const paused = await acme.call('POST', '/api/v1/schedules/hourly/pause');
    expect(paused).toMatchObject({ status: 200, body: { state: 'paused', nextAt: null, nextRuns: [] } });
    await app.clock.set(after(150));
    expect(await fire()).toBe(0);
    const resumed = await acme.call('POST', '/api/v1/schedules/hourly/resume');
    expect(resumed).toMatchObject({ status: 200, body: { state: 'active', nextAt: after(180).toISOString() } });
    expect(await fire()).toBe(0);
    await app.clock.set(after(180));
    expect(await fire()).toBe(1);
  });

  it('runs by hand, also while paused, beside its own runs', async () => {
    await create();
    await acme.call('POST', '/api/v1/schedules/hourly/pause');
    const started = await acme.call('POST', '/api/v1/schedules/hourly/run-now');
    expect(started).toMatchObject({ status: 202, body: { messageId: expect.stringMatching(/^\d+$/) } });
    await acme.call('POST', '/api/v1/schedules/hourly/run-now');
    await app.drain();
    const made = await runs();
    expect(made).toHaveLength(2);
    expect(made[1]).toMatchObject({ ...(started.body as Run), state: 'done' });
    expect(await read()).toMatchObject({ lastAt: null });
  });

  it('shows its own runs only', async () => {
    await create();
    await create({ code: 'other' });
    await app.clock.set(after(60));
    expect(await fire()).toBe(2);
    const [one, other] = [await runs('hourly'), await runs('other')];
    expect([one.length, other.length]).toEqual([1, 1]);
    expect(one).not.toEqual(other);
  });
});
