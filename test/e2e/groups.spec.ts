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

/** Makes a department and returns its id. */
const department = async (code: string, parent?: string): Promise<string> => {
  const { id } = await acme.create('groups', { kind: 'department', code, name: code, parent });
  return id;
};
const pathOf = async (code: string): Promise<unknown> => (await acme.get(`groups/department/${code}`)).body.path;
const removeDepartment = (path: string): Promise<DirectoryReply> => acme.call('DELETE', `groups/department/${path}`);
const changeVips = (body: unknown): Promise<DirectoryReply> => acme.call('POST', 'groups/tag/vip/members', body);
const changeMembership = (method: string, path = 'U1/groups/role/admin'): Promise<DirectoryReply> =>
  acme.call(method, `recipients/${path}`);

describe('groups', () => {
  it('form a tree of departments that moves with everything below', async () => {
    const [a, b, c, d] = [
      await department('A'),
      await department('B', 'A'),
      await department('C', 'B'),
      await department('D'),
    ];
    expect(await pathOf('C')).toBe(`/${a}/${b}/${c}/`);
    const moved = await acme.patch('groups/department/B', { parent: 'D' });
    expect(moved).toMatchObject({ status: 200, body: { parent: 'D', path: `/${d}/${b}/` } });
    expect(await pathOf('C')).toBe(`/${d}/${b}/${c}/`);
    expect(await pathOf('A')).toBe(`/${a}/`);
    expect(await acme.patch('groups/department/B', { parent: null })).toMatchObject({
      body: { parent: null, path: `/${b}/` },
    });
    expect(await pathOf('C')).toBe(`/${b}/${c}/`);
    expect(await acme.codes('groups?kind=department&parent=B')).toEqual(['C']);
  });

  it('refuse a parent that makes no tree', async () => {
    await department('A');
    await department('B', 'A');
    const wrongParent = { status: 400, body: { errors: [{ path: 'parent' }] } };
    expect(await acme.patch('groups/department/A', { parent: 'B' })).toMatchObject(wrongParent);
    expect(await acme.patch('groups/department/A', { parent: 'A' })).toMatchObject(wrongParent);
    expect(await acme.patch('groups/department/A', { parent: 'Z' })).toMatchObject(wrongParent);
    const tag = { kind: 'tag', code: 'vip', name: 'VIP', parent: 'A' };
    expect(await acme.call('POST', 'groups', tag)).toMatchObject(wrongParent);
  });

  it('go 64 levels deep and no deeper, however they get there', async () => {
    await department('L1');
    for (let level = 2; level <= 64; level++) await department(`L${level}`, `L${level - 1}`);
    const tooDeep = { status: 400, body: { errors: [{ path: 'parent' }] } };
    expect(
      await acme.call('POST', 'groups', { kind: 'department', code: 'L65', name: 'L65', parent: 'L64' }),
    ).toMatchObject(tooDeep);
    await department('TOP');
    expect(await acme.patch('groups/department/L1', { parent: 'TOP' })).toMatchObject(tooDeep);
    expect(await acme.patch('groups/department/L2', { parent: 'TOP' })).toMatchObject({ status: 200 });
  });

  it('keep the tree whole when two requests change it at once', async () => {
    await department('A');
    await department('B');
    const [left, right] = await Promise.all([
      acme.patch('groups/department/A', { parent: 'B' }),
      acme.patch('groups/department/B', { parent: 'A' }),
    ]);
    expect([left.status, right.status].filter((status) => status === 200)).toHaveLength(1);
    expect([left.status, right.status]).toContain(400);
  });

  it('are told apart by kind, and keep kind and code', async () => {
    await acme.create('groups', { kind: 'post', code: 'X', name: 'Post X' });
    await acme.create('groups', { kind: 'role', code: 'X', name: 'Role X' });
    expect((await acme.get('groups/role/X')).body).toMatchObject({ kind: 'role', name: 'Role X', parent: null });
    expect(await acme.call('POST', 'groups', { kind: 'role', code: 'X', name: 'Again' })).toMatchObject({
      status: 409,
      body: { code: 'already_exists' },
    });
    expect((await acme.get('groups/tag/X')).status).toBe(404);
    expect((await acme.get('groups/team/X')).status).toBe(400);
    expect((await acme.patch('groups/role/X', { name: 'Renamed' })).body).toMatchObject({ name: 'Renamed' });
    expect((await acme.get('groups?kind=post')).body.items).toMatchObject([{ name: 'Post X' }]);
  });

  it('are not deleted while they are in use', async () => {
    await department('A');
    await department('B', 'A');
    await acme.create('recipients', { code: 'U1', name: 'Zhang Wei', groups: { departments: ['B'] } });
    const inUse = { status: 409, body: { code: 'in_use' } };
    expect(await removeDepartment('A?members=remove')).toMatchObject(inUse);
    expect(await removeDepartment('B')).toMatchObject(inUse);
    expect((await removeDepartment('B?members=remove')).status).toBe(204);
    expect((await removeDepartment('A')).status).toBe(204);
    expect((await acme.get('recipients/U1')).body.groups.departments).toEqual([]);
    expect((await removeDepartment('A')).status).toBe(404);
  });

  it('take in and let go many members at once', async () => {
    await acme.create('groups', { kind: 'tag', code: 'vip', name: 'VIP' });
    for (const code of ['U1', 'U2', 'U3']) await acme.create('recipients', { code, name: code });
    expect(await changeVips({ add: ['U1', 'U2', 'U1', 'U9'] })).toMatchObject({
      status: 200,
      body: { added: 2, removed: 0, unknown: ['U9'] },
    });
    expect((await changeVips({ add: ['U2', 'U3'], remove: ['U1', 'U8'] })).body).toEqual({
      added: 1,
      removed: 1,
      unknown: ['U8'],
    });
    const first = await acme.get('groups/tag/vip/members?limit=1');
    expect(first.body.items).toMatchObject([{ code: 'U2' }]);
    expect(await acme.codes(`groups/tag/vip/members?cursor=${first.body.nextCursor}`)).toEqual(['U3']);
    expect((await acme.get('groups/tag/none/members')).status).toBe(404);
  });

  it('are joined and left by one person', async () => {
    await acme.create('groups', { kind: 'role', code: 'admin', name: 'Admin' });
    await acme.create('recipients', { code: 'U1', name: 'Zhang Wei' });
    expect((await changeMembership('PUT')).status).toBe(204);
    expect((await changeMembership('PUT')).status).toBe(204);
    expect((await acme.get('recipients/U1')).body.groups.roles).toEqual(['admin']);
    expect((await changeMembership('DELETE')).status).toBe(204);
    expect((await acme.get('recipients/U1')).body.groups.roles).toEqual([]);
    expect((await changeMembership('PUT', 'U1/groups/role/none')).status).toBe(404);
    expect((await changeMembership('PUT', 'U9/groups/role/admin')).status).toBe(404);
  });
});
