import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Dispatcher } from '../../src/messages/dispatcher.js';
import { Planner } from '../../src/messages/planner.js';
import { PATIENCE_MILLISECONDS, Stragglers } from '../../src/messages/stragglers.js';
import { HoldingGateway } from '../support/holding-gateway.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NEVER = new AbortController().signal;
const ANY = 2;
const URGENT = 0;

let app: TestApp;
let gateway: HoldingGateway;
let org: SmallOrganisation;
let stragglers: Stragglers;

beforeAll(async () => {
  gateway = await HoldingGateway.start();
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
  await gateway.stop();
});

/** `slow` is a channel whose vendor takes calls and answers none; `sms` is the sandbox's. */
beforeEach(async () => {
  gateway.hold();
  stragglers = new Stragglers(app.clock, () => undefined);
  org = await smallOrganisation(app);
  const settings = { url: gateway.url, secret: 'secret-of-the-gateway', allowPrivateNetwork: true };
  await org.call('POST', '/api/v1/vendor-accounts', { code: 'slow', vendor: 'webhook', settings });
  await org.call('POST', '/api/v1/channels', { code: 'slow', kind: 'sms', route: ['slow'] });
});

async function sendOn(channel: string, more: object = {}): Promise<string> {
  const id = await org.send({ audience: { users: ['U1'] }, content: { [channel]: { text: 'x' } }, ...more });
  await app.nest.get(Planner).planDue(Number(org.id), ANY);
  return id;
}

/** One round of a loop, which goes on after a moment without what takes long. */
async function round(lowest = ANY): Promise<number> {
  const state = { done: false };
  const taken = app.nest
    .get(Dispatcher)
    .dispatchDue(Number(org.id), lowest, NEVER, NEVER, { stragglers })
    .finally(() => (state.done = true));
  while (!state.done) {
    if (app.clock.isWaiting(PATIENCE_MILLISECONDS)) await app.clock.advance(PATIENCE_MILLISECONDS);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return taken;
}

describe('a vendor that does not answer', () => {
  it('holds up nobody but itself', async () => {
    for (let message = 0; message < 6; message++) {
      await sendOn('slow');
      await round();
    }
    const quick = await sendOn('sms');
    // Four sends of the slow account are under way, and no loop takes up a fifth.
    while ((await round()) > 0);
    expect((await org.deliveries(quick)).map(({ state }) => state)).toEqual(['sent']);
    expect(gateway.calls).toBe(4);
  });

  it('still gets what is urgent', async () => {
    for (let message = 0; message < 5; message++) {
      await sendOn('slow');
      await round();
    }
    await sendOn('slow', { priority: 'high' });
    expect(await round(ANY)).toBe(0);
    expect(await round(URGENT)).toBe(1);
    expect(gateway.calls).toBe(5);
  });

  it('gets the rest when it answers again', async () => {
    const ids = [];
    for (let message = 0; message < 6; message++) {
      ids.push(await sendOn('slow'));
      await round();
    }
    gateway.answer();
    await stragglers.settled();
    while ((await round()) > 0);
    await stragglers.settled();
    for (const id of ids) expect((await org.message(id)).state).toBe('done');
    expect(gateway.calls).toBe(6);
  });
});
