import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LiveClient } from '../support/live-client.js';
import { LiveOrganisation, startLiveApp } from '../support/live-organisation.js';
import { ADMIN_KEY, type TestApp } from '../support/test-app.js';

let app: TestApp;
let live: LiveOrganisation;

beforeAll(async () => {
  app = await startLiveApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  live = await LiveOrganisation.make(app);
});
afterEach(() => live.leave());

const MINUTE = 60_000;

const tokenRequest = (body: unknown, person = 'U1') =>
  live.org.call('POST', `/api/v1/recipients/${person}/live-tokens`, body);

describe('a live token', () => {
  it('is issued for an hour, and for as long as is asked for', async () => {
    const now = app.clock.now().getTime();
    const { status, body } = await tokenRequest({});
    expect(status).toBe(201);
    expect(body).toEqual({
      token: expect.stringMatching(/^tl1\./),
      expiresAt: new Date(now + 60 * MINUTE).toISOString(),
      url: '/live/socket',
    });
    expect((await tokenRequest({ expiresInSeconds: 60, platform: 'web' })).body).toMatchObject({
      expiresAt: new Date(now + MINUTE).toISOString(),
    });
  });

  it('is for somebody', async () => {
    expect((await tokenRequest({}, 'nobody')).status).toBe(404);
    await live.org.call('PATCH', '/api/v1/recipients/U1', { enabled: false });
    expect(await tokenRequest({})).toMatchObject({ status: 409, body: { code: 'recipient_disabled' } });
  });

  it('is refused where the request is wrong, naming the field', async () => {
    const wrong: [body: unknown, path: string][] = [
      [{ expiresInSeconds: 0 }, 'expiresInSeconds'],
      [{ expiresInSeconds: 31 * 86_400 }, 'expiresInSeconds'],
      [{ expiresInSeconds: '60' }, 'expiresInSeconds'],
      [{ expiresInSeconds: null }, 'expiresInSeconds'],
      [{ device: '' }, 'device'],
      [{ device: 'x'.repeat(129) }, 'device'],
      [{ device: 'a\0b' }, 'device'],
      [{ device: '\ud800' }, 'device'],
      [{ device: ['x'] }, 'device'],
      [{ device: null }, 'device'],
      [{ platform: 'x'.repeat(33) }, 'platform'],
      [{ platform: { a: 1 } }, 'platform'],
      [{ colour: 'red' }, 'colour'],
    ];
    for (const [body, path] of wrong) {
      expect([body, await tokenRequest(body)]).toMatchObject([body, { status: 400, body: { errors: [{ path }] } }]);
    }
  });

  it('needs no wishes, but what is sent must be an object', async () => {
    const path = '/api/v1/recipients/U1/live-tokens';
    const answers = [];
    for (const body of [undefined, null, [], [{}], 'x', 7])
      answers.push((await live.org.call('POST', path, body)).status);
    expect(answers).toEqual([201, 201, 400, 400, 400, 400]);
  });

  it('needs the scope send', async () => {
    const { body } = await app.admin(
      'POST',
      `/api/v1/applications/~${live.org.applicationId}/credentials`,
      { kind: 'api-key', scopes: ['read'] },
      { organisation: live.org.code },
    );
    const headers = { authorization: `Bearer ${(body as { secret: string }).secret}` };
    expect(await app.call('POST', '/api/v1/recipients/U1/live-tokens', {}, headers)).toMatchObject({
      status: 403,
      body: { code: 'missing_scope' },
    });
  });
});

describe('connecting', () => {
  it('is answered with whose inbox it is and where it begins', async () => {
    const client = await live.connect('U1');
    expect(client.ready).toEqual({ recipient: 'U1', name: 'One', cursor: expect.stringMatching(/^[\w-]+$/) });
  });

  it('works by polling as well', async () => {
    const client = await live.connect('U1', { transport: 'polling' });
    await live.send('over HTTP');
    expect(await client.got(1)).toEqual(['over HTTP']);
  });

  it('is refused without a token that this installation made', async () => {
    const token = await live.token('U1');
    const [prefix, payload = '', signature = ''] = token.split('.');
    const forged = Buffer.from(payload, 'base64url').toString().replace(/"\d+"/, '"1"');
    const tokens = [
      undefined,
      null,
      '',
      'x',
      '..',
      42,
      ['x'],
      { token },
      `${prefix}.${payload}.`,
      `${prefix}.${payload}.${signature.slice(1)}`,
      `${prefix}.${payload}.${'A'.repeat(43)}`,
      `${prefix}.${Buffer.from(forged).toString('base64url')}.${signature}`,
      `${prefix}2.${payload}.${signature}`,
      `${token}\0`,
      '\ud800',
      'x'.repeat(10_000),
      ADMIN_KEY,
      live.org.key,
    ];
    for (const wrong of tokens) {
      const { code } = await LiveClient.refusal(app, '', { auth: { token: wrong } });
      expect([wrong, code]).toEqual([wrong, 'token_invalid']);
    }
    expect((await LiveClient.refusal(app, '', { auth: {} })).code).toBe('token_invalid');
  });

  it('is refused with a token of an installation that has another key', async () => {
    const other = await startLiveApp(app, { SECRETS_KEY: '77'.repeat(32) });
    const token = await live.token('U1');
    expect((await LiveClient.refusal(other, token)).code).toBe('token_invalid');
    await other.close();
  });

  it('is refused when the token has expired, and ends when it does', async () => {
    const token = await live.token('U1', { expiresInSeconds: 60 });
    const client = await LiveClient.connect(app, token);
    await app.clock.advance(MINUTE);
    expect(await LiveClient.refusal(app, token)).toEqual({
      code: 'token_expired',
      message: 'This live token has expired; ask for another one.',
    });
    await app.clock.advance(5_000);
    expect(await client.end()).toBe('io server disconnect');
  });

  it('is refused when the person, the application or the organisation is switched off or gone', async () => {
    const token = await live.token('U1');
    const change = async (path: string, body: unknown): Promise<void> => {
      const { status } = await app.admin('PATCH', path, body, { organisation: live.org.code });
      expect(status).toBe(200);
    };
    const refusal = async (): Promise<string> => (await LiveClient.refusal(app, token)).code;
    const application = `/api/v1/applications/~${live.org.applicationId}`;
    await change('/api/v1/recipients/U1', { enabled: false });
    expect(await refusal()).toBe('recipient_disabled');
    await change('/api/v1/recipients/U1', { enabled: true });
    await change(application, { enabled: false });
    expect(await refusal()).toBe('application_disabled');
    await change(application, { enabled: true });
    await change(`/api/v1/organisations/${live.org.code}`, { enabled: false });
    expect(await refusal()).toBe('organisation_disabled');
    await change(`/api/v1/organisations/${live.org.code}`, { enabled: true });
    (await LiveClient.connect(app, token)).close();
    await app.admin('DELETE', '/api/v1/recipients/U1', undefined, { organisation: live.org.code });
    expect(await refusal()).toBe('recipient_gone');
  });

  it('ends some seconds after the person, the application or the organisation is switched off', async () => {
    const paths = ['/api/v1/recipients/U1', `/api/v1/applications/~${live.org.applicationId}`];
    for (const path of [...paths, `/api/v1/organisations/${live.org.code}`]) {
      const [client, other] = [await live.connect('U1'), await live.connect('U2')];
      const change = (enabled: boolean) => app.admin('PATCH', path, { enabled }, { organisation: live.org.code });
      await change(false);
      await app.clock.advance(35_000);
      expect(await client.end()).toBe('io server disconnect');
      if (path === paths[0]) expect(other.socket.connected).toBe(true);
      else expect(await other.end()).toBe('io server disconnect');
      await change(true);
      await app.clock.advance(2_000);
    }
  });

  it('is refused with a cursor that is none', async () => {
    const token = await live.token('U1');
    for (const cursor of ['x', 7, ['MQ'], { a: 1 }, 'MQ'.repeat(200), '\0', '\ud800']) {
      expect((await LiveClient.refusal(app, '', { auth: { token, cursor } })).code).toBe('invalid_request');
    }
  });

  it('of a person more than 20 times drops the oldest', async () => {
    const first = await live.connect('U1');
    const second = await live.connect('U1');
    const others = [];
    for (let count = 3; count <= 21; count++) others.push(await live.connect('U1'));
    expect(await first.end()).toBe('io server disconnect');
    await live.send('to all that are left');
    for (const client of [second, ...others]) expect(await client.got(1)).toEqual(['to all that are left']);
  });
});
