import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Dispatcher } from '../../src/messages/dispatcher.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SMS = { sms: { text: 'hello' } };
const NEVER = new AbortController().signal;

let app: TestApp;
let org: SmallOrganisation;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  org = await smallOrganisation(app);
});

const database = (): DataSource => app.nest.get(DataSource);

/** Leaves the organisation's batches as a worker leaves them that was killed in the middle of sending. */
async function killWorkerWhileSending(): Promise<void> {
  await database().query('UPDATE batch SET lease = gen_random_uuid(), ready_at = $2 WHERE organisation_id = $1', [
    org.id,
    new Date(app.clock.now().getTime() + 60_000),
  ]);
}

/** Plans what is due without sending it. */
async function planOnly(): Promise<void> {
  const { Planner } = await import('../../src/messages/planner.js');
  await app.nest.get(Planner).planDue(Number(org.id), 2);
}

describe('one call reaches people', () => {
  it('through several channels, each once', async () => {
    const id = await org.send({
      audience: { users: ['U1', 'U2'] },
      content: { ...SMS, inbox: { title: 'T', html: '<b>hi</b>' }, email: { title: 'T', text: 'x' } },
    });
    await app.drain();
    const rows = (await org.deliveries(id)).map(({ channel, recipient, state }) => [channel, recipient, state]);
    expect(rows.sort()).toEqual([
      ['email', 'U1', 'sent'],
      ['inbox', 'U1', 'delivered'],
      ['inbox', 'U2', 'delivered'],
      ['sms', 'U1', 'sent'],
      ['sms', 'U2', 'sent'],
    ]);
    expect(await org.message(id)).toMatchObject({
      state: 'done',
      statistics: { target: 5, sent: 5, delivered: 2, read: 0, failed: 0, unknown: 0 },
    });
  });

  it('where a delivery stands already that nobody expects, it is brought to its end and not written twice', async () => {
    const id = await org.send({ audience: { users: ['U1', 'U2'] }, content: SMS });
    await planOnly();
    await database().query(
      `INSERT INTO delivery (organisation_id, day, message_id, channel_id, endpoint_id, vendor_account_id, recipient_id, state, attempts, created_at)
       SELECT b.organisation_id, m.day, m.id, b.channel_id, b.endpoint_ids[1], b.vendor_account_id, b.recipient_ids[1], 'retrying', 1, now()
         FROM batch b JOIN message m ON m.organisation_id = b.organisation_id AND m.id = b.message_id
        WHERE b.organisation_id = $1`,
      [org.id],
    );
    await app.drain();
    const rows = (await org.deliveries(id)).map(({ recipient, state, attempts }) => [recipient, state, attempts]);
    expect(rows.sort()).toEqual([
      ['U1', 'sent', 2],
      ['U2', 'sent', 1],
    ]);
  });

  it('whom several selectors name once per channel', async () => {
    const id = await org.send({
      audience: { users: ['U1'], departments: ['D'], roles: ['R'], tags: ['T'] },
      content: SMS,
    });
    await app.drain();
    expect((await org.deliveries(id)).map(({ recipient }) => recipient).sort()).toEqual(['U1', 'U2', 'U3']);
  });

  it('in a department and the departments below, less the excluded', async () => {
    const id = await org.send({ audience: { departments: ['D'], exclude: { roles: ['R'] } }, content: SMS });
    await app.drain();
    expect((await org.deliveries(id)).map(({ recipient }) => recipient)).toEqual(['U2']);
  });

  it('everyone, when everyone is asked for by name', async () => {
    const id = await org.send({ audience: { all: true, exclude: { users: ['U3'] } }, content: SMS });
    await app.drain();
    expect((await org.deliveries(id)).map(({ recipient }) => recipient).sort()).toEqual(['U1', 'U2']);
  });

  it('at raw addresses, of which the malformed fail alone and the known are not sent to twice', async () => {
    const id = await org.send({
      audience: { users: ['U1'], addresses: { sms: ['138 0000 0001', '13900000009', 'USER001'] } },
      content: SMS,
    });
    await app.drain();
    const rows = (await org.deliveries(id)).map(({ address, state, reason }) => [address, state, reason]);
    expect(rows.sort()).toEqual([
      ['13800000001', 'sent', null],
      ['13900000009', 'sent', null],
      ['USER001', 'failed', 'invalid-address'],
    ]);
    expect((await org.message(id)).statistics).toMatchObject({ target: 3, sent: 2, failed: 1 });
  });

  it('with the earliest of several phones, and never a switched-off person', async () => {
    await org.call('POST', '/api/v1/endpoints', { recipient: 'U1', kind: 'sms', address: '13811111111' });
    await org.call('PATCH', '/api/v1/recipients/U2', { enabled: false });
    const id = await org.send({ audience: { departments: ['D'] }, content: SMS });
    await app.drain();
    expect((await org.deliveries(id)).map(({ address }) => address)).toEqual(['13800000001']);
  });
});

describe('nobody is reached by omission', () => {
  it.each([
    ['an empty audience', {}],
    ['empty selectors', { users: [], departments: [] }],
    ['only exclusions', { exclude: { users: ['U1'] } }],
    ['all: false', { all: false }],
  ])('%s is refused', async (_, audience) => {
    const reply = await org.call('POST', '/api/v1/messages', { audience, content: SMS });
    expect([reply.status, (reply.body as { code: string }).code]).toEqual([400, 'empty_audience']);
  });

  it('an audience that names nobody known is accepted, reported, and sent to nobody', async () => {
    const reply = await org.call('POST', '/api/v1/messages', {
      audience: { users: ['X'], departments: ['Y'] },
      content: SMS,
    });
    expect(reply).toMatchObject({ status: 202, body: { unresolved: { users: ['X'], departments: ['Y'] } } });
    await app.drain();
    const { id } = reply.body as { id: string };
    expect(await org.message(id)).toMatchObject({ state: 'done', statistics: { target: 0, sent: 0 } });
  });
});

describe('what the vendor says', () => {
  it('retry: is tried again after a pause, and the delivery is written once more', async () => {
    await org.setSandbox({ rules: [{ match: '13800000001', status: 'retry', code: 'busy', times: 2 }] });
    const id = await org.send({ audience: { users: ['U1', 'U2'] }, content: SMS });
    await app.drain();
    expect((await org.deliveries(id)).find(({ recipient }) => recipient === 'U1')).toMatchObject({
      state: 'retrying',
      reason: 'busy',
    });
    expect((await org.message(id)).state).toBe('sending');
    for (let round = 0; round < 2; round++) {
      await app.clock.advance(60_000);
      await app.drain();
    }
    expect((await org.deliveries(id)).find(({ recipient }) => recipient === 'U1')).toMatchObject({
      state: 'sent',
      reason: null,
      attempts: 3,
    });
    expect(await org.message(id)).toMatchObject({ state: 'done', statistics: { target: 2, sent: 2, failed: 0 } });
  });

  it('retry without end: given up after the last attempt, with the reason', async () => {
    await org.setSandbox({ rules: [{ match: '13800000001', status: 'retry', code: 'busy' }] });
    const id = await org.send({ audience: { users: ['U1'] }, content: SMS });
    for (let round = 0; round < 8; round++) {
      await app.drain();
      await app.clock.advance(900_000);
    }
    expect((await org.deliveries(id))[0]).toMatchObject({ state: 'failed', reason: 'gave-up: busy' });
    expect(await org.message(id)).toMatchObject({ state: 'done', statistics: { target: 1, sent: 0, failed: 1 } });
  });

  it('address gone: the endpoint is quarantined with the reason, and left out of the next message', async () => {
    await org.setSandbox({ deadAddresses: ['13800000001'] });
    await org.send({ audience: { users: ['U1', 'U2'] }, content: SMS });
    await app.drain();
    const endpoints = (await org.call('GET', '/api/v1/endpoints?recipient=U1&kind=sms')).body as {
      items: { status: string; quarantineReason: string }[];
    };
    expect(endpoints.items[0]).toMatchObject({ status: 'quarantined' });
    const next = await org.send({ audience: { users: ['U1', 'U2'] }, content: SMS });
    await app.drain();
    expect((await org.deliveries(next)).map(({ recipient }) => recipient)).toEqual(['U2']);
  });

  it('unreachable: the next account of the route takes over', async () => {
    await org.call('POST', '/api/v1/vendor-accounts', {
      code: 'second',
      name: 'Second',
      vendor: 'sandbox',
      settings: {},
    });
    await org.call('PATCH', '/api/v1/channels/sms', { route: ['sandbox', 'second'] });
    await org.setSandbox({ rules: [{ match: '13800000001', status: 'unreachable', code: 'offline' }] });
    const id = await org.send({ audience: { users: ['U1', 'U2'] }, content: SMS });
    await app.drain();
    const rows = (await org.deliveries(id)).map(({ recipient, account, state }) => [recipient, account, state]);
    expect(rows.sort()).toEqual([
      ['U1', 'second', 'sent'],
      ['U2', 'sandbox', 'sent'],
    ]);
  });

  it('trouble with the account: nothing is charged, and all goes out when the account works again', async () => {
    await org.setSandbox({ accountProblem: 'throttled' });
    const id = await org.send({ audience: { users: ['U1', 'U2'] }, content: SMS });
    await app.drain();
    expect(await org.deliveries(id)).toEqual([]);
    expect(await org.message(id)).toMatchObject({ state: 'sending', statistics: { target: 2, sent: 0, failed: 0 } });
    await org.setSandbox({ accountProblem: 'none' });
    await app.clock.advance(31_000);
    await app.drain();
    expect((await org.deliveries(id)).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['sent', 1],
      ['sent', 1],
    ]);
  });
});

describe('when a worker is killed while it sends', () => {
  it('a hold channel repeats nothing: the deliveries are unknown, and listed', async () => {
    const id = await org.send({ audience: { users: ['U1'] }, content: SMS });
    await planOnly();
    await killWorkerWhileSending();
    await app.drain();
    expect(await org.deliveries(id)).toEqual([]);
    await app.clock.advance(61_000);
    await app.drain();
    expect((await org.deliveries(id))[0]).toMatchObject({ state: 'unknown', reason: 'interrupted' });
    expect(await org.sandbox()).toEqual([]);
    expect(await org.message(id)).toMatchObject({ state: 'done', statistics: { target: 1, sent: 0, unknown: 1 } });
  });

  it('a resend channel sends again, and records once', async () => {
    const id = await org.send({ audience: { users: ['U1'] }, content: { email: { title: 'T', text: 'x' } } });
    await planOnly();
    await killWorkerWhileSending();
    await app.clock.advance(61_000);
    await app.drain();
    expect((await org.deliveries(id)).map(({ state }) => state)).toEqual(['sent']);
    expect(await org.message(id)).toMatchObject({ state: 'done', statistics: { target: 1, sent: 1 } });
  });

  it('a worker that comes back after its lease ran out records nothing more', async () => {
    const id = await org.send({ audience: { users: ['U1'] }, content: SMS });
    await planOnly();
    await org.setSandbox({ latencyMs: 1_000 });
    const late = app.nest.get(Dispatcher).dispatchDue(Number(org.id), 2, NEVER, NEVER);
    await vendorCallStarted();
    await database().query('UPDATE batch SET lease = gen_random_uuid() WHERE organisation_id = $1', [org.id]);
    await app.clock.advance(2_000);
    await late;
    expect(await org.deliveries(id)).toEqual([]);
    expect((await org.message(id)).statistics).toMatchObject({ target: 1, sent: 0 });
  });

  it('planning goes on from where it stopped, and nobody is planned twice', async () => {
    const id = await org.send({ audience: { all: true }, content: SMS });
    await database().query(
      "UPDATE message SET state = 'planning', lease = gen_random_uuid(), ready_at = $2 WHERE organisation_id = $1",
      [org.id, new Date(app.clock.now().getTime() + 60_000)],
    );
    await app.drain();
    expect((await org.message(id)).state).toBe('planning');
    await app.clock.advance(61_000);
    await app.drain();
    expect((await org.deliveries(id)).map(({ recipient }) => recipient).sort()).toEqual(['U1', 'U2', 'U3']);
  });
});

describe('time', () => {
  it('a timed message goes out at its time, and one that expired meanwhile does not', async () => {
    const at = (seconds: number): string => new Date(app.clock.now().getTime() + seconds * 1000).toISOString();
    const timed = await org.send({ audience: { users: ['U1'] }, content: SMS, sendAt: at(3600) });
    const expiring = await org.send({
      audience: { users: ['U1'] },
      content: SMS,
      sendAt: at(3600),
      expiresAt: at(3700),
    });
    await app.drain();
    expect((await org.message(timed)).state).toBe('scheduled');
    await app.clock.advance(4_000_000);
    await app.drain();
    expect((await org.message(timed)).state).toBe('done');
    expect(await org.deliveries(expiring)).toEqual([]);
    expect((await org.message(expiring)).state).toBe('expired');
  });

  it('urgent messages are taken before the others, and by a worker that takes no others', async () => {
    await org.send({ audience: { users: ['U2'] }, content: SMS });
    const urgent = await org.send({ audience: { users: ['U1'] }, content: SMS, priority: 'high' });
    await planOnly();
    expect(await app.nest.get(Dispatcher).dispatchDue(Number(org.id), 0, NEVER, NEVER)).toBe(1);
    expect((await org.deliveries(urgent)).map(({ state }) => state)).toEqual(['sent']);
    expect(await app.nest.get(Dispatcher).dispatchDue(Number(org.id), 0, NEVER, NEVER)).toBe(0);
  });
});

describe('the same request twice', () => {
  const request = { audience: { users: ['U1'] }, content: SMS, dedupKey: 'order-1' };

  it('is one message, also when both calls come at once', async () => {
    const replies = await Promise.all([1, 2, 3, 4].map(() => org.call('POST', '/api/v1/messages', request)));
    expect(new Set(replies.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    expect(replies.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    await app.drain();
    expect(await org.sandbox()).toHaveLength(1);
  });

  it('with another payload is refused, and nothing changes', async () => {
    await org.send(request);
    const reply = await org.call('POST', '/api/v1/messages', { ...request, content: { sms: { text: 'other' } } });
    expect(reply).toMatchObject({ status: 409, body: { code: 'dedup_key_reused', errors: [{ path: 'dedupKey' }] } });
  });
});

/** Waits until the sandbox is in its scripted latency, which only the clock ends. */
async function vendorCallStarted(): Promise<void> {
  for (let turn = 0; turn < 2_000 && !app.clock.isWaiting(1_000); turn++) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}
