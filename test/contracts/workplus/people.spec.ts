import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  APP_ID,
  invalid,
  LONER,
  NO_EMPLOYEE,
  ok,
  PERSON,
  type PushResult,
  textPush,
  WorkPlusFixture,
} from './fixture.js';

const NOBODY: object = { client_ids: undefined };
const EVERYBODY = ['13800138000', 'kf105', 'lisi', 'wangwu', 'zhangsan'];

describe('whom a push reaches', () => {
  let workplus: WorkPlusFixture;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start();
  });
  afterAll(() => workplus.close());

  const reach = async (change: object, query?: Record<string, string>): Promise<[PushResult, string[]]> => {
    const result = await workplus.pushed(textPush(change), query);
    return [result, await workplus.reached(result.id)];
  };
  const refusal = (change: object, query?: Record<string, string>): Promise<object> =>
    workplus.refusal(textPush(change), query);

  describe('W9: client_ids', () => {
    it('are taken bare and as paths, each once, and answered as paths', async () => {
      const [result, people] = await reach({
        client_ids: [PERSON, ` /232/301/${PERSON} `, `/999/${LONER}`, 'client-lisi/', 'client-wangwu'],
      });
      expect(people).toEqual(['kf105', 'lisi', 'wangwu', 'zhangsan']);
      expect(result).toMatchObject({
        expects: 4,
        fails: 0,
        // The department made first counts; somebody in none stays bare.
        client_ids: [`/232/301/${PERSON}`, LONER, '/232/client-lisi', '/232/301/client-wangwu'],
      });
    });

    it('are no recipient codes', async () => {
      expect(await refusal({ client_ids: ['kf105'] })).toEqual(NO_EMPLOYEE);
    });
  });

  it('usernames are recipient codes', async () => {
    const [result, people] = await reach({ ...NOBODY, usernames: ['13800138000', ' lisi ', 13800138000] });
    expect(people).toEqual(['13800138000', 'lisi']);
    expect(result).toMatchObject({ expects: 2, client_ids: [] });
  });

  it.each([['/232/'], ['232'], ['/232'], [' 232/ '], [232]])(
    'W10: the scope %j is a department with all below it',
    async (scope) => {
      const [result, people] = await reach({ ...NOBODY, scopes: [scope] });
      expect(people).toEqual(['kf105', 'lisi', 'wangwu']);
      expect(result).toMatchObject({ expects: 3, scopes: ['/232/'] });
    },
  );

  it('W10: a scope is a path from the root: one that does not lead down the tree is nobody', async () => {
    const [result, people] = await reach({ ...NOBODY, scopes: ['/232/301/', '/301/', '/400/301/'] });
    expect(people).toEqual(['kf105', 'wangwu']);
    expect(result).toMatchObject({ expects: 2, fails: 0, scopes: ['/232/301/', '/301/', '/400/301/'] });
    expect(await refusal({ ...NOBODY, scopes: ['/301/'] })).toEqual(NO_EMPLOYEE);
  });

  it('the lists are a union in which everybody stands once', async () => {
    const [result, people] = await reach({
      client_ids: [PERSON],
      usernames: ['kf105', 'lisi'],
      scopes: ['/232/301/'],
    });
    expect(people).toEqual(['kf105', 'lisi', 'wangwu']);
    expect(result).toMatchObject({ expects: 3, fails: 0 });
  });

  describe('W7, W8: for_all', () => {
    it.each([
      ['in the body', { for_all: true }, {}],
      ['as a string', { for_all: 'true' }, {}],
      ['as a number', { for_all: 1 }, {}],
      ['in the query', {}, { for_all: 'true' }],
      ['in the query as a number', {}, { for_all: '1' }],
    ])('reaches everybody when the lists are empty: %s', async (_name, change, query) => {
      const [result, people] = await reach({ client_ids: [], usernames: [], scopes: [], ...change }, { ...query });
      expect(people).toEqual(EVERYBODY);
      expect(result).toMatchObject({ expects: 5, fails: 0, client_ids: [], scopes: [] });
    });

    it('is of no effect beside a list: the list wins', async () => {
      const [, people] = await reach({ client_ids: [PERSON], for_all: true }, { for_all: 'true' });
      expect(people).toEqual(['kf105']);
    });

    it('the query wins over the body', async () => {
      const [result] = await reach({ ...NOBODY, for_all: true }, { for_all: 'false' });
      expect(result.expects).toBe(0);
    });

    it.each([
      ['people that do not exist', { client_ids: ['nobody'] }],
      ['a scope that does not exist', { ...NOBODY, scopes: ['/999/'] }],
      ['the root of all', { ...NOBODY, scopes: ['/'] }],
      ['blank entries', { client_ids: ['', ' '] }],
      ['null', { client_ids: [null] }],
    ])('beside %s it is still no broadcast', async (_name, change) => {
      expect(await refusal({ ...change, for_all: true })).toEqual(NO_EMPLOYEE);
    });

    it.each([
      ['missing', NOBODY],
      ['null', { client_ids: null, usernames: null, scopes: null }],
      ['empty', { client_ids: [], usernames: [], scopes: [] }],
      ['empty, for_all false', { client_ids: [], for_all: false }],
      ['under unknown names', { ...NOBODY, clientIds: [PERSON], forAll: true }],
    ])('lists %s without it: it succeeds and nothing is sent', async (_name, change) => {
      const before = await workplus.messageCount();
      const { body } = await workplus.push(textPush(change));
      expect(body).toMatchObject(ok({ expects: 0, fails: 0, oks: 0, scopes: [], client_ids: [] }));
      expect(await workplus.messageCount()).toBe(before);
    });
  });

  describe('W34: people that do not exist', () => {
    it('are counted as failed beside others', async () => {
      const [result, people] = await reach({ client_ids: ['gone', PERSON], usernames: ['nobody', 'lisi'] });
      expect(people).toEqual(['kf105', 'lisi']);
      expect(result).toMatchObject({ expects: 2, fails: 2, oks: 0, client_ids: ['gone', `/232/301/${PERSON}`] });
    });

    it('are 202012 when nobody else is named', async () => {
      expect(await refusal({ client_ids: ['gone', '/232/301/also-gone'] })).toEqual(NO_EMPLOYEE);
      expect(await refusal({ ...NOBODY, usernames: ['nobody'] })).toEqual(NO_EMPLOYEE);
    });

    it('are kept with the message, in a form that is nobody', async () => {
      const [{ id }] = await reach({ client_ids: ['lisi', PERSON] });
      expect(await workplus.reached(id)).toEqual(['kf105']);
      expect((await workplus.message(id)).unresolved.users).toEqual(['/lisi']);
    });
  });

  it('an existing department without people is no failure', async () => {
    await workplus.native('POST', '/api/v1/groups', { kind: 'department', code: 'empty', name: 'empty' });
    const [result, people] = await reach({ ...NOBODY, scopes: ['/empty/'] });
    expect(people).toEqual([]);
    expect(result).toMatchObject({ expects: 0, fails: 0, scopes: ['/empty/'] });
  });

  it('W30: expects counts who is reached now: somebody switched off is not', async () => {
    await workplus.native('PATCH', '/api/v1/recipients/wangwu', { enabled: false });
    const [result, people] = await reach({ client_ids: [PERSON, 'client-wangwu'] });
    expect([result.expects, result.fails, people]).toEqual([1, 0, ['kf105']]);
    await workplus.native('PATCH', '/api/v1/recipients/wangwu', { enabled: true });
  });

  it("another organisation's people are nobody", async () => {
    const elsewhere = await workplus.app.organisation();
    await workplus.native(
      'POST',
      '/api/v1/recipients',
      { code: 'far', name: 'far', clientId: 'far-id' },
      elsewhere.code,
    );
    expect(await refusal({ client_ids: ['far-id'] })).toEqual(NO_EMPLOYEE);
    expect(await refusal({ ...NOBODY, usernames: ['far'] })).toEqual(NO_EMPLOYEE);
  });

  describe('W11: platforms', () => {
    const platforms = async (given: unknown): Promise<unknown> => {
      const [{ id }] = await reach({ platforms: given });
      const { audience, content } = await workplus.message(id);
      return [content.ext.workplus.platforms, audience.devices?.platforms];
    };

    it.each([
      ['absent', undefined],
      ['null', null],
      ['empty', []],
    ])('%s, they are ANDROID and IOS', async (_name, given) => {
      expect(await platforms(given)).toEqual([
        ['ANDROID', 'IOS'],
        ['android', 'ios'],
      ]);
    });

    it('are taken in any case; unknown ones are passed over', async () => {
      expect(await platforms(['pc', ' Ios ', 'SYMBIAN', 7, null])).toEqual([
        ['IOS', 'PC'],
        ['ios', 'pc'],
      ]);
    });

    it('are refused when no known one is left', async () => {
      expect(await refusal({ platforms: ['SYMBIAN'] })).toEqual(invalid('platforms'));
      expect(await refusal({ platforms: 'ANDROID' })).toEqual(invalid('platforms'));
    });
  });

  describe('direct', () => {
    it('goes ahead of what waits', async () => {
      const [{ id }] = await reach({}, { direct: 'true' });
      const [queued] = await reach({}, { direct: 'false' });
      expect([(await workplus.message(id)).priority, (await workplus.message(queued.id)).priority]).toEqual([0, 1]);
    });

    it('is for at most 400 people named one by one', async () => {
      const many = Array.from({ length: 401 }, (_, number) => `P${number}`);
      expect(await refusal({ client_ids: many }, { direct: 'true' })).toEqual(invalid('client_ids'));
      expect(await refusal({ ...NOBODY, usernames: many }, { direct: 'true' })).toEqual(invalid('usernames'));
      expect(await refusal({ scopes: ['/232/'] }, { direct: '1' })).toEqual(invalid('scopes'));
      expect(await refusal({ ...NOBODY, for_all: true, direct: true })).toEqual(invalid('for_all'));
      const [result] = await reach({ client_ids: [PERSON, ...many.slice(2)] }, { direct: 'true' });
      expect(result).toMatchObject({ expects: 1, fails: 399 });
    });
  });

  describe('W2: what may stand in the query', () => {
    it('app_id is the one of the token, or 202102', async () => {
      expect((await workplus.push(textPush(), { app_id: APP_ID })).body).toMatchObject({ status: 0 });
      expect(await refusal({}, { app_id: 'other' })).toEqual({ status: 202102, message: '没有对应的应用' });
    });

    it('W39: source_type is kept, from the query before the body', async () => {
      const sourceOf = async (change: object, query: Record<string, string>): Promise<unknown> => {
        const [{ id }] = await reach(change, query);
        return (await workplus.message(id)).options;
      };
      expect(await sourceOf({}, {})).toEqual({ workplus: { source_type: 'NATIVE' } });
      expect(await sourceOf({ source_type: 'NATIVE' }, { source_type: 'isv' })).toEqual({
        workplus: { source_type: 'ISV' },
      });
      expect(await refusal({ source_type: 'OTHER' })).toEqual(invalid('source_type'));
    });
  });
});
