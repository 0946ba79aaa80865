import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Planner } from '../../src/messages/planner.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { type Reply, startTestApp, type TestApp } from '../support/test-app.js';

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

const post = (path: string, body?: unknown): Promise<Reply> => org.call('POST', `/api/v1/${path}`, body);
const later = (milliseconds: number): string => new Date(app.clock.now().getTime() + milliseconds).toISOString();
const database = (): DataSource => app.nest.get(DataSource);

async function planOnly(): Promise<void> {
  await app.nest.get(Planner).planDue(Number(org.id), 2);
}

describe('rescheduling', () => {
  it('moves a message that waits, and it goes out on its new time', async () => {
    const id = await org.send({ audience: { users: ['U1'] }, content: SMS, sendAt: later(2 * HOUR) });
    const sooner = later(HOUR);
    const reply = await post(`messages/${id}/reschedule`, { sendAt: sooner, expiresAt: later(3 * HOUR) });
    expect(reply).toMatchObject({
      status: 200,
      body: { id, state: 'scheduled', sendAt: sooner, expiresAt: later(3 * HOUR) },
    });
    await app.clock.advance(HOUR - 1);
    await app.drain();
    expect(await org.message(id)).toMatchObject({ state: 'scheduled' });
    await app.clock.advance(1);
    await app.drain();
    expect(await org.message(id)).toMatchObject({ state: 'done', statistics: { sent: 1 } });
    expect(await post(`messages/${id}/reschedule`, { sendAt: later(HOUR) })).toMatchObject({
      status: 409,
      body: { code: 'message_started' },
    });
  });

  it('keeps the expiry after the time to send', async () => {
    const id = await org.send({
      audience: { users: ['U1'] },
      content: SMS,
      sendAt: later(HOUR),
      expiresAt: later(2 * HOUR),
    });
    const change = (body: unknown): Promise<Reply> => post(`messages/${id}/reschedule`, body);
    expect(await change({ sendAt: later(2 * HOUR) })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'expiresAt' }] },
    });
    expect(await change({ sendAt: later(2 * HOUR), expiresAt: null })).toMatchObject({
      status: 200,
      body: { sendAt: later(2 * HOUR), expiresAt: null },
    });
    for (const sendAt of [later(0), later(367 * 24 * HOUR)]) {
      expect(await change({ sendAt })).toMatchObject({ status: 400, body: { errors: [{ path: 'sendAt' }] } });
    }
    expect(await org.message(id)).toMatchObject({ state: 'scheduled', sendAt: later(2 * HOUR) });
  });
});

describe('cancelling', () => {
  it('a message that waits: nobody gets it, and cancelling again changes nothing', async () => {
    const id = await org.send({ audience: { users: ['U1'] }, content: SMS, sendAt: later(HOUR) });
    const cancelled = { status: 200, body: { id, state: 'cancelled', unsent: 0 } };
    expect(await post(`messages/${id}/cancel`)).toMatchObject(cancelled);
    expect(await post(`messages/${id}/cancel`)).toMatchObject(cancelled);
    await app.clock.advance(2 * HOUR);
    await app.drain();
    expect(await org.message(id)).toMatchObject({ state: 'cancelled', statistics: { target: 0, sent: 0 } });
    expect(await org.sandbox()).toEqual([]);
    expect(await post(`messages/${id}/reschedule`, { sendAt: later(HOUR) })).toMatchObject({ status: 409 });
  });

  it('a message that is planned: what nobody is sending yet is dropped and counted', async () => {
    const id = await org.send({
      audience: { all: true },
      content: { ...SMS, email: { title: 'T', text: 'x' } },
    });
    await planOnly();
    // The e-mails are with a worker.
    await database().query(
      `UPDATE batch b SET lease = gen_random_uuid() FROM channel c
        WHERE b.organisation_id = $1 AND c.organisation_id = $1 AND c.id = b.channel_id AND c.code = 'email'`,
      [org.id],
    );
    expect((await post(`messages/${id}/cancel`)).body).toEqual({ id, state: 'cancelled', unsent: 3 });
    const [row] = await database().query<unknown[]>(
      `SELECT open_batches AS open, (SELECT count(*)::int FROM batch b WHERE b.organisation_id = $1) AS batches
         FROM message WHERE organisation_id = $1 AND id = $2`,
      [org.id, id],
    );
    expect(row).toEqual({ open: 1, batches: 1 });
    expect(await org.message(id)).toMatchObject({ state: 'cancelled', finishedAt: later(0) });
  });

  it('a message that is done is too late', async () => {
    const id = await org.send({ audience: { users: ['U1'] }, content: SMS });
    await app.drain();
    expect(await post(`messages/${id}/cancel`)).toMatchObject({ status: 409, body: { code: 'message_finished' } });
  });

  it('at any moment of planning and sending leaves nothing half done', async () => {
    for (let round = 0; round < 20; round++) {
      const id = await org.send({
        audience: { all: true },
        content: { ...SMS, email: { title: 'T', text: 'x' }, inbox: { title: 'T', text: 'x' } },
      });
      const work = app.drain();
      for (let turn = 0; turn < round; turn++) await new Promise((resolve) => setImmediate(resolve));
      const reply = await post(`messages/${id}/cancel`);
      await work;
      await app.drain();
      const { state, statistics } = await org.message(id);
      const { target, sent, failed, unknown } = statistics;
      expect([state, reply.status]).toEqual(reply.status === 200 ? ['cancelled', 200] : ['done', 409]);
      if (reply.status === 200) {
        expect(target - sent - failed - unknown).toBeGreaterThanOrEqual((reply.body as { unsent: number }).unsent);
      }
      const left = await database().query<unknown[]>(
        `SELECT open_batches AS open, (SELECT count(*)::int FROM batch b WHERE b.organisation_id = $1) AS batches
           FROM message WHERE organisation_id = $1 AND id = $2`,
        [org.id, id],
      );
      expect(left).toEqual([{ open: 0, batches: 0 }]);
      expect(await org.deliveries(id)).toHaveLength(sent + failed + unknown);
    }
  });
});
