import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  APP_ID,
  DOMAIN_ID,
  invalid,
  NOW,
  ok,
  ORG_ID,
  PERSON,
  textPush,
  TOKEN_NOT_FOUND,
  WorkPlusFixture,
} from './fixture.js';

describe('how far a push has come (extension)', () => {
  let workplus: WorkPlusFixture;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start();
  });
  afterAll(() => workplus.close());

  const state = async (id: string, token = workplus.token): Promise<object> =>
    (await workplus.get(`/v1/apps/mbox/${id}?access_token=${token}`)).body;

  it('W30, W31: the counts move as the deliveries do', async () => {
    const push = textPush({ client_ids: ['gone', PERSON, 'client-lisi'] });
    const { result } = (await workplus.push(push)).body as { result: { id: string; material_id: string } };
    const { id, material_id } = result;
    expect(result).toMatchObject({ expects: 2, fails: 1, oks: 0, refresh_time: 0 });
    const whole = (change: object): object =>
      ok({
        domain_id: DOMAIN_ID,
        org_id: ORG_ID,
        id,
        app_id: APP_ID,
        material_id,
        expects: 2,
        fails: 1,
        oks: 0,
        reads: 0,
        state: 'accepted',
        create_time: NOW,
        refresh_time: 0,
        expect_time: NOW + 1_800_000,
        ...change,
      });
    expect(await state(id)).toEqual(whole({ expects: 0 }));
    await workplus.app.clock.advance(5_000);
    await workplus.app.drain();
    expect(await state(id)).toEqual(whole({ oks: 2, state: 'done', refresh_time: NOW + 5_000 }));
    await workplus.native('POST', '/api/v1/recipients/kf105/inbox/read-all');
    expect(await state(id)).toEqual(whole({ oks: 2, reads: 1, state: 'done', refresh_time: NOW + 5_000 }));
  });

  it('the material follows from the push', async () => {
    const { id, material_id } = await workplus.pushed(textPush());
    expect(await state(id)).toMatchObject({ result: { id, material_id } });
    expect(material_id).not.toBe(id);
  });

  it('only the application that pushed asks', async () => {
    const { id } = await workplus.pushed(textPush());
    await workplus.application('neighbour', 'NeighbourKey', {});
    const elsewhere = await workplus.app.organisation();
    await workplus.application('foreign', 'ForeignKey', {}, elsewhere.code);
    expect(await state(id, await workplus.grant('NeighbourKey'))).toEqual(invalid('id'));
    expect(await state(id, await workplus.grant('ForeignKey'))).toEqual(invalid('id'));
    expect(await state(id, 'no-token')).toEqual(TOKEN_NOT_FOUND);
  });

  it('a push for nobody, and what is no push, are not found', async () => {
    const { result } = (await workplus.push(textPush({ client_ids: [] }))).body as { result: { id: string } };
    expect(await state(result.id)).toEqual(invalid('id'));
    for (const id of ['1', '~1', '00000000-0000-4000-8000-000000000000', "x'--", 'a%00b', 'constructor']) {
      expect(await state(id)).toEqual(invalid('id'));
    }
  });

  it('a message of the native API under such an id is no push', async () => {
    const id = '11111111-1111-4111-8111-111111111111';
    const made = await workplus.native('POST', '/api/v1/applications/portal/credentials', {
      kind: 'api-key',
      scopes: ['send'],
    });
    const { status } = await workplus.app.call(
      'POST',
      '/api/v1/messages',
      { audience: { users: ['lisi'] }, content: { app: { text: 'x' } }, correlationId: id },
      { authorization: `Bearer ${(made as { secret: string }).secret}` },
    );
    expect([status, await state(id)]).toEqual([202, invalid('id')]);
  });
});
