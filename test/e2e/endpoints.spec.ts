import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectoryApi, type DirectoryReply } from '../support/directory-api.js';
import { startTestApp } from '../support/test-app.js';

let app: Awaited<ReturnType<typeof startTestApp>>;
let acme: DirectoryApi;

beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  acme = new DirectoryApi(await app.organisation());
});
afterAll(() => app.close());

/** Whose endpoints a query lists. */
const listed = async (query: string): Promise<(string | null)[]> =>
  (await acme.get(`endpoints?${query}`)).body.items.map(({ recipient }) => recipient);

describe('endpoints', () => {
  beforeEach(async () => {
    await acme.create('recipients', { code: 'U1', name: 'Zhang Wei' });
    await acme.create('recipients', { code: 'U2', name: 'Li Na' });
  });

  const token = { kind: 'push', vendor: 'apns', platform: 'ios', address: 'token-1' };

  it('move a device to whoever registers it last', async () => {
    const before = await acme.create('endpoints', {
      ...token,
      recipient: 'U1',
      alias: 'Wei',
      environment: 'sandbox',
    });
    expect(before).toMatchObject({ recipient: 'U1', alias: 'Wei', environment: 'sandbox', status: 'active' });
    await app.clock.advance(60_000);
    const after = await acme.create('endpoints', { ...token, recipient: 'U2' });
    expect(after).toMatchObject({ id: before.id, recipient: 'U2', alias: null, environment: 'sandbox' });
    expect(after.updatedAt).not.toEqual(before.updatedAt);
    expect(await listed('kind=push')).toEqual(['U2']);
    await acme.create('endpoints', { ...token, vendor: 'fcm', recipient: 'U1' });
    expect(await listed('kind=push')).toEqual(['U2', 'U1']);
    await acme.create('endpoints', token);
    expect(await listed('kind=push&address=token-1')).toEqual([null, 'U1']);
  });

  it('let people share a phone, and know the one they have', async () => {
    const body = await acme.create('endpoints', { recipient: 'U1', kind: 'sms', address: '186 6088-6275' });
    expect(body).toMatchObject({ address: '18660886275', vendor: '', environment: 'production' });
    await acme.create('endpoints', { recipient: 'U2', kind: 'sms', address: '18660886275' });
    await acme.create('endpoints', { kind: 'sms', address: '18660886275' });
    const again = await acme.create('endpoints', { recipient: 'U1', kind: 'sms', address: '18660886275' });
    expect(again.id).toBe(body.id);
    await acme.create('endpoints', { kind: 'sms', address: '18660886275' });
    expect(await listed('kind=sms&address=186-6088-6275')).toEqual(['U1', 'U2', null]);
    expect(await listed('recipient=U2')).toEqual(['U2', 'U2']);
  });

  it('go to quarantine and come back', async () => {
    const body = await acme.create('endpoints', { ...token, recipient: 'U1' });
    const act = (action: string, request?: unknown): Promise<DirectoryReply> =>
      acme.call('POST', `endpoints/${body.id}/${action}`, request);
    const quarantined = { status: 'quarantined', quarantineReason: 'lost phone' };
    expect(await act('quarantine', { reason: 'lost phone' })).toMatchObject({ status: 200, body: quarantined });
    expect((await acme.get('endpoints?status=quarantined')).body.items).toMatchObject([quarantined]);
    const restored = { status: 'active', quarantineReason: null, quarantinedAt: null };
    expect(await act('restore')).toMatchObject({ status: 200, body: restored });
    await act('quarantine', { reason: 'lost phone' });
    expect(await acme.create('endpoints', { ...token, recipient: 'U1' })).toMatchObject({
      ...restored,
      id: body.id,
    });
    expect((await act('quarantine', {})).status).toBe(400);
  });

  it.each([
    ['kind', { kind: 'inbox', address: 'U1' }],
    ['recipient', { kind: 'sms', address: '10086', recipient: 'U9' }],
    ['address', { kind: 'sms', address: 'phone' }],
    ['address', { kind: 'email', address: 'a b@example.com' }],
    ['address', { kind: 'push', vendor: 'apns', address: '\u754c'.repeat(1000) }],
  ])('are refused with a wrong %s', async (path, wrong) => {
    expect(await acme.call('POST', 'endpoints', wrong)).toMatchObject({
      status: 400,
      body: { errors: [{ path }] },
    });
  });

  it('are deleted, save inboxes, and never those of others', async () => {
    const globex = new DirectoryApi(await app.organisation());
    const body = await acme.create('endpoints', { ...token, recipient: 'U1' });
    const path = `endpoints/${body.id}`;
    expect((await globex.call('DELETE', path)).status).toBe(404);
    expect((await globex.call('POST', `${path}/quarantine`, { reason: 'x' })).status).toBe(404);
    expect((await acme.get(path)).body.status).toBe('active');
    expect((await acme.call('DELETE', path)).status).toBe(204);
    expect((await acme.get(path)).status).toBe(404);
    const inbox = (await acme.get('endpoints?recipient=U1&kind=inbox')).body.items[0]?.id;
    expect((await acme.call('DELETE', `endpoints/${String(inbox)}`)).status).toBe(409);
    expect((await acme.call('GET', 'endpoints/token-1')).status).toBe(400);
  });
});
