import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { DevicePeople, EVERYTHING, PUSH, SMS } from '../support/device-people.js';
import { smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let people: DevicePeople;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  people = await DevicePeople.make(app);
});

const refusalOf = async (audience: unknown): Promise<unknown> => {
  const { status, body } = await people.org.call('POST', '/api/v1/messages', { audience, content: PUSH });
  const { code, errors = [] } = body as { code: string; errors?: { path: string }[] };
  return [status, code, errors.map(({ path }) => path)];
};

const unresolvedOf = async (audience: unknown): Promise<unknown> =>
  (await people.ok('POST', 'messages', { audience, content: PUSH }))['unresolved'];

describe('aliases', () => {
  it('reach every endpoint that bears one, whosever it is and of whatever vendor', async () => {
    expect(await people.reached({ aliases: ['tablet'] })).toEqual(['push u1-old', 'push u2-new']);
    expect(await people.reached({ aliases: ['ward-7', 'ward-7', 'nobody'] })).toEqual(['push kiosk', 'push u3-pad']);
  });

  it('reach an endpoint on every channel of its kind, and on no other', async () => {
    await people.ok('POST', 'channels', { code: 'push2', name: 'Push 2', kind: 'push', route: ['sandbox'] });
    expect(await people.reached({ aliases: ['tablet'] }, { ...EVERYTHING, push2: PUSH.push })).toEqual([
      'push u1-old',
      'push u2-new',
      'push2 u1-old',
      'push2 u2-new',
    ]);
  });

  it('reach a device once that a person, an id or an address names as well', async () => {
    const audience = {
      users: ['U1', 'U2'],
      aliases: ['tablet'],
      endpoints: [people.id('u1-old')],
      addresses: { push: ['u2-new'] },
    };
    expect(await people.reached(audience)).toEqual(['push u1-old', 'push u1-phone', 'push u2-new', 'push u2-phone']);
  });

  it('do not reach who is excluded, and reach who is switched off', async () => {
    await people.ok('PATCH', 'recipients/U1', { enabled: false });
    expect(await people.reached({ aliases: ['tablet', 'ward-7'], exclude: { users: ['U2'], tags: ['T'] } })).toEqual([
      'push kiosk',
      'push u1-old',
    ]);
  });

  it('are looked up when the message is planned; one that nobody bears is told and is no error', async () => {
    const audience = { aliases: ['later', 'ward-7'] };
    const accepted = await people.ok('POST', 'messages', { audience, content: PUSH });
    expect(accepted).toMatchObject({ state: 'accepted', unresolved: { aliases: ['later'], scopes: [], users: [] } });
    await people.register({ vendor: 'fcm', address: 'new', alias: 'later' });
    await people.register({ recipient: 'U3', vendor: 'hms', address: 'u3-pad', alias: 'moved' });
    await app.drain();
    const sent = await people.org.deliveries(String(accepted['id']));
    expect(sent.map(({ address }) => address).sort()).toEqual(['kiosk', 'new']);
  });

  it('tell of a quarantined bearer as failed', async () => {
    await people.ok('POST', `endpoints/${people.id('kiosk')}/quarantine`, { reason: 'broken' });
    const id = await people.org.send({ audience: { aliases: ['ward-7'] }, content: PUSH });
    await app.drain();
    const rows = (await people.org.deliveries(id)).map(({ address, state, reason }) => [address, state, reason]);
    expect(rows.sort()).toEqual([
      ['kiosk', 'failed', 'broken'],
      ['u3-pad', 'sent', null],
    ]);
  });

  it("are another organisation's own", async () => {
    const other = await smallOrganisation(app);
    await other.call('POST', '/api/v1/channels', { code: 'push', name: 'Push', kind: 'push', route: ['sandbox'] });
    const id = await other.send({ audience: { aliases: ['tablet'], scopes: ['/D/D9'] }, content: PUSH });
    await app.drain();
    expect(await other.deliveries(id)).toEqual([]);
    expect(await other.message(id)).toMatchObject({ unresolved: { aliases: ['tablet'], scopes: ['/D/D9'] } });
  });
});

describe('scopes', () => {
  it('reach everyone at or below the end of a path, spelt with or without its outer slashes', async () => {
    expect(await people.reached({ scopes: ['/D/'] }, SMS)).toEqual(['sms 13800000001', 'sms 13800000002']);
    for (const path of ['/D/D2/', 'D/D2/', '/D/D2', 'D/D2'])
      expect(await people.reached({ scopes: [path] }, SMS)).toEqual(['sms 13800000002']);
  });

  it('keep people from getting it', async () => {
    expect(await people.reached({ all: true, exclude: { scopes: ['/D/D2/'] } }, SMS)).toEqual([
      'sms 13800000001',
      'sms 13800000003',
    ]);
    expect(await people.reached({ scopes: ['/D/'], tags: ['T'], exclude: { scopes: ['D/D2'] } }, SMS)).toEqual([
      'sms 13800000001',
      'sms 13800000003',
    ]);
  });

  it('that lead nowhere are told: an unknown code, a wrong parent, a way that does not start at a root', async () => {
    const wrong = ['/D/NONE/', '/D2/D', 'D2', '/D//D2/', '/T/', '/D/D2/D2/'];
    const found = await people.ok('POST', 'messages/preview', {
      audience: { scopes: ['/D/D2/', ...wrong.filter((path) => !path.includes('//'))], exclude: { scopes: ['X'] } },
      content: SMS,
    });
    expect(found).toMatchObject({
      recipients: 1,
      unresolved: { scopes: ['/D/NONE/', '/D2/D', 'D2', '/T/', '/D/D2/D2/', 'X'], departments: [] },
    });
    expect(await refusalOf({ scopes: wrong })).toEqual([400, 'invalid_request', ['audience.scopes[3]']]);
  });
});

describe('an audience', () => {
  it('must name somebody: a choice of devices, or only exclusions, name nobody', async () => {
    expect(await refusalOf({ devices: { latestOnly: true } })).toEqual([400, 'empty_audience', ['audience']]);
    expect(await refusalOf({ aliases: [], scopes: [] })).toEqual([400, 'empty_audience', ['audience']]);
    expect(await refusalOf({ exclude: { scopes: ['/D/'] } })).toEqual([400, 'empty_audience', ['audience']]);
    expect(await refusalOf({ all: true, aliases: ['a'] })).toEqual([400, 'ambiguous_audience', ['audience.all']]);
    expect(await refusalOf({ all: true, scopes: ['/D/'] })).toEqual([400, 'ambiguous_audience', ['audience.all']]);
    expect(await unresolvedOf({ scopes: ['/X/'], devices: {} })).toMatchObject({ scopes: ['/X/'] });
  });

  it('refuses an alias that stands for a crowd', async () => {
    await app.nest.get(DataSource).query(
      `INSERT INTO endpoint (organisation_id, kind, vendor, platform, environment, address, alias, status, created_at, updated_at)
       SELECT $1, 'push', 'fcm', '', 'production', 'crowd-' || n, 'crowd', 'active', now(), now() FROM generate_series(1, 10001) n`,
      [people.org.id],
    );
    expect(await refusalOf({ aliases: ['crowd'] })).toEqual([400, 'invalid_request', ['audience.aliases']]);
  });

  it('counts aliases and scopes to its limit', async () => {
    const aliases = Array.from({ length: 5_000 }, (_, n) => `a${n}`);
    const scopes = Array.from({ length: 5_000 }, (_, n) => `/D/D${n}/`);
    const tooMany = [400, 'invalid_request', ['audience']];
    expect(await refusalOf({ aliases, scopes, users: ['U1'] })).toEqual(tooMany);
    expect(await refusalOf({ aliases, exclude: { scopes: [...scopes, '/D/'] } })).toEqual(tooMany);
    expect(await unresolvedOf({ aliases, scopes })).toMatchObject({
      aliases,
      scopes: scopes.filter((path) => path !== '/D/D2/'),
    });
  });

  it('is refused by the field that is wrong', async () => {
    const wrong: [unknown, string][] = [
      [{ aliases: [''] }, 'audience.aliases[0]'],
      [{ aliases: ['x'.repeat(129)] }, 'audience.aliases[0]'],
      [{ aliases: 'x' }, 'audience.aliases'],
      [{ scopes: ['/'] }, 'audience.scopes[0]'],
      [{ scopes: [7] }, 'audience.scopes[0]'],
      [{ users: ['U1'], exclude: { scopes: [''] } }, 'audience.exclude.scopes[0]'],
      [{ all: true, devices: { platforms: [] } }, 'audience.devices.platforms'],
      [{ all: true, devices: { platforms: [3] } }, 'audience.devices.platforms[0]'],
      [{ all: true, devices: { latestOnly: 'yes' } }, 'audience.devices.latestOnly'],
      [{ all: true, devices: [] }, 'audience.devices'],
      [{ all: true, devices: { vendor: 'x' } }, 'audience.devices.vendor'],
    ];
    for (const [audience, path] of wrong) expect(await refusalOf(audience)).toEqual([400, 'invalid_request', [path]]);
  });

  it('is readable, and replayed with what it did not resolve', async () => {
    const audience = {
      scopes: ['/D/D2/', '/D/X/'],
      aliases: ['tablet', 'none'],
      devices: { platforms: ['IOS', 'ios'], latestOnly: true },
      exclude: { scopes: ['/D/'] },
    };
    const request = { audience, content: PUSH, dedupKey: 'again' };
    const id = await people.org.send(request);
    expect(await people.org.message(id)).toMatchObject({
      audience: {
        departments: { count: 1, items: ['D2'] },
        aliases: { count: 2, items: ['tablet', 'none'] },
        devices: { platforms: ['ios'], latestOnly: true },
        exclude: { departments: { count: 1, items: ['D'] } },
      },
      unresolved: { aliases: ['none'], scopes: ['/D/X/'] },
    });
    expect(await people.ok('POST', 'messages', request)).toMatchObject({
      id,
      replayed: true,
      unresolved: { aliases: ['none'], scopes: ['/D/X/'] },
    });
    const other = { ...request, audience: { ...audience, devices: { latestOnly: false } } };
    expect((await people.org.call('POST', '/api/v1/messages', other)).status).toBe(409);
  });
});

describe('explaining', () => {
  it('says by which alias or scope a person got it', async () => {
    const id = await people.org.send({ audience: { aliases: ['tablet'], scopes: ['/D/D2/'] }, content: PUSH });
    await app.drain();
    expect(await people.explain(id, 'U1')).toMatchObject({ inAudience: true, via: ['alias:tablet'], excludedBy: [] });
    expect(await people.verdicts(id, 'U1')).toEqual([['u1-old', 'sent', '']]);
    expect(await people.explain(id, 'U2')).toMatchObject({ inAudience: true, via: ['department:D2', 'alias:tablet'] });
    expect(await people.explain(id, 'U3')).toMatchObject({ inAudience: false, via: [] });
  });
});
