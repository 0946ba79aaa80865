import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectoryApi } from '../support/directory-api.js';
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

describe('recipients', () => {
  it('come with an inbox, and on request with a phone, a mailbox and groups', async () => {
    await acme.create('groups', { kind: 'department', code: 'D1', name: 'Cardiology' });
    await acme.create('groups', { kind: 'tag', code: 'vip', name: 'VIP' });
    const body = await acme.create('recipients', {
      code: 'U1',
      name: 'Zhang Wei',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      clientId: 'c1',
      attributes: { title: 'Dr.' },
      phone: '+86 186-6088 6275',
      email: ' zhang@EXAMPLE.com ',
      groups: { departments: ['D1'], tags: ['vip'] },
    });
    expect(body).toMatchObject({
      code: 'U1',
      name: 'Zhang Wei',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      clientId: 'c1',
      attributes: { title: 'Dr.' },
      enabled: true,
      groups: { departments: ['D1'], posts: [], roles: [], tags: ['vip'] },
      endpoints: [
        { kind: 'inbox', vendor: '', platform: '', environment: 'production', address: 'U1', status: 'active' },
        { kind: 'sms', address: '+8618660886275', recipient: 'U1' },
        { kind: 'email', address: 'zhang@example.com', recipient: 'U1' },
      ],
    });
    expect((await acme.get('recipients/U1')).body).toEqual(body);
    expect((await acme.get(`recipients/~${body.id}`)).body).toEqual(body);
  });

  it.each([
    ['code', { code: '~1' }],
    ['name', { name: '' }],
    ['locale', { locale: 'Chinese!' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['timeZone', { timeZone: '+08:00' }],
    ['attributes', { attributes: { big: 'x'.repeat(16_384) } }],
    ['attributes', { attributes: [] }],
    ['enabled', { enabled: null }],
    ['phone', { phone: '12-34' }],
    ['email', { email: 'zhang' }],
    ['groups.tags', { groups: { tags: 'vip' } }],
    ['groups.departments[0]', { groups: { departments: ['D9'] } }],
    ['nickname', { nickname: 'Wei' }],
  ])('are refused with a wrong %s', async (path, wrong) => {
    const reply = await acme.call('POST', 'recipients', { code: 'U1', name: 'Zhang Wei', ...wrong });
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    expect((await acme.get('recipients')).body.items).toEqual([]);
  });

  it('have a code and a client id of their own', async () => {
    await acme.create('recipients', { code: 'U1', name: 'Zhang Wei', clientId: 'c1' });
    const sameCode = await acme.call('POST', 'recipients', { code: 'U1', name: 'Li Na' });
    expect(sameCode).toMatchObject({ status: 409, body: { code: 'already_exists', errors: [{ path: 'code' }] } });
    const sameClient = await acme.call('POST', 'recipients', { code: 'U2', name: 'Li Na', clientId: 'c1' });
    expect(sameClient).toMatchObject({ status: 409, body: { errors: [{ path: 'clientId' }] } });
  });

  it('change only in what is given', async () => {
    await acme.create('groups', { kind: 'tag', code: 'vip', name: 'VIP' });
    await acme.create('groups', { kind: 'role', code: 'admin', name: 'Admin' });
    const groups = { tags: ['vip'], roles: ['admin'] };
    await acme.create('recipients', { code: 'U1', name: 'Zhang Wei', locale: 'zh-CN', clientId: 'c1', groups });
    const { status, body } = await acme.patch('recipients/U1', {
      clientId: null,
      enabled: false,
      phone: '10086',
      groups: { tags: [] },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'Zhang Wei',
      locale: 'zh-CN',
      clientId: null,
      enabled: false,
      groups: { tags: [], roles: ['admin'] },
      endpoints: [{ kind: 'inbox' }, { kind: 'sms', address: '10086' }],
    });
    expect(await acme.patch('recipients/U1', { code: 'U2' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'code' }] },
    });
    expect(await acme.patch('recipients/U1', { name: null })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'name' }] },
    });
  });

  it('are gone with their endpoints once deleted', async () => {
    await acme.create('recipients', { code: 'U1', name: 'Zhang Wei', phone: '10086' });
    expect((await acme.call('DELETE', 'recipients/U1')).status).toBe(204);
    expect((await acme.get('recipients/U1')).status).toBe(404);
    expect((await acme.get('endpoints')).body.items).toEqual([]);
    expect((await acme.call('DELETE', 'recipients/U1')).status).toBe(404);
  });

  it('are listed in pages and by code, group and search', async () => {
    await acme.create('groups', { kind: 'tag', code: 'a:b', name: 'AB' });
    for (const [code, name] of [
      ['U1', 'Ann'],
      ['U2', 'Bob'],
      ['U3', 'Anton'],
      ['X_4', 'Cid'],
    ]) {
      await acme.create('recipients', { code, name, groups: { tags: code === 'U2' ? ['a:b'] : [] } });
    }
    const first = await acme.get('recipients?limit=3');
    expect(first.body.items).toMatchObject([{ code: 'U1' }, { code: 'U2' }, { code: 'U3' }]);
    const second = await acme.get(`recipients?limit=3&cursor=${first.body.nextCursor}`);
    expect(second.body.items).toMatchObject([{ code: 'X_4' }]);
    expect(second.body.nextCursor).toBeNull();
    expect(await acme.codes('recipients?code=U2')).toEqual(['U2']);
    expect(await acme.codes('recipients?group=tag:a:b')).toEqual(['U2']);
    expect(await acme.codes('recipients?group=tag:none')).toEqual([]);
    expect(await acme.codes('recipients?search=an')).toEqual(['U1', 'U3']);
    expect(await acme.codes('recipients?search=x_')).toEqual(['X_4']);
    expect(await acme.codes('recipients?search=_')).toEqual([]);
    expect((await acme.get('recipients?group=team:a')).status).toBe(400);
  });

  it('belong to one organisation', async () => {
    const globex = new DirectoryApi(await app.organisation());
    await acme.create('recipients', { code: 'U1', name: 'Zhang Wei' });
    await globex.create('recipients', { code: 'U1', name: 'Li Na' });
    expect((await globex.get('recipients/U1')).body.name).toBe('Li Na');
    const { body } = await acme.get('recipients/U1');
    expect((await globex.get(`recipients/~${body.id}`)).status).toBe(404);
    expect((await globex.get('endpoints')).body.items).toHaveLength(1);
  });
});
