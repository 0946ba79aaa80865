import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp } from '../support/test-app.js';

type App = Awaited<ReturnType<typeof startTestApp>>;
type TestOrganisation = Awaited<ReturnType<App['organisation']>>;

const sms = (text: string): Record<string, unknown> => ({ sms: { 'zh-CN': { text } } });
const variable = (name: string): Record<string, unknown> => ({ name, type: 'string', required: true });
const errorAt = (path: string): unknown => expect.objectContaining({ path });

let app: App;
let acme: TestOrganisation;

beforeAll(async () => {
  app = await startTestApp();
  acme = await app.organisation('acme');
});

afterAll(() => app.close());

async function createTemplate(code: string, contents: unknown = sms('您好 ${name}')): Promise<void> {
  const { status, body } = await acme.call('POST', '/api/v1/templates', { code, name: code, contents });
  expect({ status, body }).toMatchObject({ status: 201, body: { code } });
}

const publish = (code: string, version: number) =>
  acme.call('POST', `/api/v1/templates/${code}/versions/${version}/publish`);

const preview = (body: object) => acme.call('POST', '/api/v1/templates/PREVIEW/preview', body);

const send = (code: string, body: object) => acme.call('POST', `/api/v1/templates/${code}/test-send`, body);

describe('a template', () => {
  it('is created with version 1 as a draft, whose variables are derived', async () => {
    const contents = sms('您好 ${name}');
    const created = await acme.call('POST', '/api/v1/templates', { code: 'NEW', name: 'New one', contents });
    const draft = { version: 1, state: 'draft', contents, variables: [variable('name')], undeclared: [] };
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      code: 'NEW',
      name: 'New one',
      category: 'notice',
      state: 'draft',
      publishedVersion: null,
      draftVersion: 1,
      published: null,
      draft: { ...draft, publishedAt: null },
      versions: [{ version: 1, state: 'draft' }],
    });
    const { id } = created.body as { id: string };
    expect((await acme.call('GET', `/api/v1/templates/~${id}`)).body).toEqual(created.body);
  });

  it('has a code of its own within the organisation, and is unknown to others', async () => {
    await createTemplate('OWN');
    const again = await acme.call('POST', '/api/v1/templates', { code: 'OWN', name: 'b', contents: sms('a') });
    expect(again).toMatchObject({ status: 409, body: { code: 'already_exists', errors: [{ path: 'code' }] } });
    const other = await app.organisation();
    expect((await other.call('GET', '/api/v1/templates/OWN')).status).toBe(404);
    expect((await other.call('POST', '/api/v1/templates/OWN/versions/1/publish')).status).toBe(404);
    expect((await other.call('DELETE', '/api/v1/templates/OWN')).status).toBe(404);
  });

  it('is refused with every problem named', async () => {
    const { status, body } = await acme.call('POST', '/api/v1/templates', {
      code: 'BAD',
      name: 'Bad',
      contents: { sms: { 'zh-CN': { text: '${' }, zh_CN: { text: 'a' } }, fax: {} },
      variables: [{ name: 'recipient' }],
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      errors: ['contents.sms.zh-CN.text', 'contents.sms.zh_CN', 'contents.fax', 'variables[0].name'].map(errorAt),
    });
    const variables = [{ name: 'n', type: 'colour', more: 1 }];
    expect(
      await acme.call('POST', '/api/v1/templates', { code: 'BAD', name: 'Bad', contents: sms('a'), variables }),
    ).toMatchObject({
      status: 400,
      body: { errors: expect.arrayContaining([errorAt('variables[0].type'), errorAt('variables[0].more')]) },
    });
  });

  it('changes name and category only', async () => {
    await createTemplate('PATCHED');
    const changed = await acme.call('PATCH', '/api/v1/templates/PATCHED', { category: 'reminder' });
    expect(changed).toMatchObject({ status: 200, body: { name: 'PATCHED', category: 'reminder' } });
    expect((await acme.call('PATCH', '/api/v1/templates/PATCHED', { name: null })).status).toBe(400);
    expect((await acme.call('PATCH', '/api/v1/templates/PATCHED', { code: 'X' })).status).toBe(400);
    expect((await acme.call('PATCH', '/api/v1/templates/NONE', { name: 'x' })).status).toBe(404);
  });

  it('is listed by the start of its code and by state, page by page', async () => {
    for (const code of ['LIST-1', 'LIST-2', 'LIST-3']) await createTemplate(code);
    await publish('LIST-1', 1);
    await acme.call('POST', '/api/v1/templates/LIST-2/versions/1/archive');
    const codes = async (query: string): Promise<{ codes: string[]; next: string | null }> => {
      const { body } = await acme.call('GET', `/api/v1/templates?${query}`);
      const { items, nextCursor } = body as { items: { code: string }[]; nextCursor: string | null };
      return { codes: items.map(({ code }) => code), next: nextCursor };
    };
    const first = await codes('code=LIST-&limit=2');
    expect(first.codes).toEqual(['LIST-1', 'LIST-2']);
    expect(await codes(`code=LIST-&limit=2&cursor=${first.next}`)).toEqual({ codes: ['LIST-3'], next: null });
    for (const [state, code] of [
      ['published', 'LIST-1'],
      ['archived', 'LIST-2'],
      ['draft', 'LIST-3'],
    ]) {
      expect(await codes(`code=LIST-&state=${state}`)).toEqual({ codes: [code], next: null });
    }
  });

  it('needs the scope "templates", which the admin always has', async () => {
    expect((await app.admin('GET', '/api/v1/templates', undefined, { organisation: 'acme' })).status).toBe(200);
    const scopes = ['send', 'read', 'directory', 'operate'];
    const path = `/api/v1/applications/~${acme.applicationId}/credentials`;
    const made = await app.admin('POST', path, { kind: 'api-key', scopes }, { organisation: 'acme' });
    const authorization = `Bearer ${(made.body as { secret: string }).secret}`;
    expect(await acme.call('GET', '/api/v1/templates', undefined, { authorization })).toMatchObject({
      status: 403,
      body: { code: 'missing_scope' },
    });
  });
});

describe('versions', () => {
  it('go from draft to published to archived, with one published at most', async () => {
    await createTemplate('FLOW');
    expect(await publish('FLOW', 1)).toMatchObject({ status: 200, body: { state: 'published' } });
    const second = await acme.call('POST', '/api/v1/templates/FLOW/versions', { contents: sms('再见 ${name}') });
    expect(second).toMatchObject({ status: 201, body: { version: 2, state: 'draft', publishedAt: null } });
    const third = await acme.call('POST', '/api/v1/templates/FLOW/versions', { contents: sms('x') });
    expect(third).toMatchObject({ status: 409, body: { code: 'draft_exists' } });

    await publish('FLOW', 2);
    expect((await acme.call('GET', '/api/v1/templates/FLOW/versions')).body).toMatchObject({
      items: [
        { version: 1, state: 'archived' },
        { version: 2, state: 'published' },
      ],
      nextCursor: null,
    });
    expect((await acme.call('GET', '/api/v1/templates/FLOW/versions/2')).body).toMatchObject({
      contents: sms('再见 ${name}'),
    });
    expect(await publish('FLOW', 1)).toMatchObject({ status: 200, body: { state: 'published' } });
    expect((await acme.call('GET', '/api/v1/templates/FLOW')).body).toMatchObject({
      publishedVersion: 1,
      versions: [
        { version: 2, state: 'archived' },
        { version: 1, state: 'published' },
      ],
    });
    await acme.call('POST', '/api/v1/templates/FLOW/versions/1/archive');
    expect((await acme.call('GET', '/api/v1/templates/FLOW')).body).toMatchObject({
      state: 'archived',
      published: null,
    });
  });

  it('keep one published when two are published at the same moment', async () => {
    await createTemplate('RACE');
    await acme.call('POST', '/api/v1/templates/RACE/versions/1/archive');
    const made = await Promise.all(
      [1, 2, 3].map((n) => acme.call('POST', '/api/v1/templates/RACE/versions', { contents: sms(`${n}`) })),
    );
    expect(made.map(({ status }) => String(status)).sort()).toEqual(['201', '409', '409']);
    const published = await Promise.all([publish('RACE', 1), publish('RACE', 2)]);
    expect(published.map(({ status }) => status)).toEqual([200, 200]);
    const { body } = await acme.call('GET', '/api/v1/templates/RACE/versions');
    const states = (body as { items: { state: string }[] }).items.map(({ state }) => state);
    expect(states.sort()).toEqual(['archived', 'published']);
  });

  it('can be changed as a draft and never after', async () => {
    await createTemplate('EDIT');
    const path = '/api/v1/templates/EDIT/versions/1';
    const text = { contents: sms('${a} ${b}'), variables: [variable('a')] };
    expect(await acme.call('PUT', path, text)).toMatchObject({ status: 200, body: { ...text, undeclared: ['b'] } });
    expect(await acme.call('POST', `${path}/publish`)).toMatchObject({
      status: 400,
      body: { code: 'undeclared_variables', errors: [{ path: 'contents.sms.zh-CN' }] },
    });
    await acme.call('PUT', path, { ...text, variables: [variable('a'), variable('b')] });
    expect((await acme.call('POST', `${path}/publish`)).status).toBe(200);
    expect(await acme.call('PUT', path, text)).toMatchObject({ status: 409, body: { code: 'version_immutable' } });
    await acme.call('POST', `${path}/archive`);
    expect(await acme.call('PUT', path, text)).toMatchObject({ status: 409, body: { code: 'version_immutable' } });
  });

  it('are not found by a number there is not', async () => {
    await createTemplate('NUMBERS');
    expect((await acme.call('GET', '/api/v1/templates/NUMBERS/versions/2')).status).toBe(404);
    for (const number of ['0', 'x', '99999999999', '1.5']) {
      expect((await acme.call('GET', `/api/v1/templates/NUMBERS/versions/${number}`)).status).toBe(400);
    }
  });
});

describe('a preview', () => {
  const contents = {
    sms: { 'zh-CN': { text: '您好 ${recipient.name}: ${amount}' }, en: { text: 'Hello ${recipient.name}: ${amount}' } },
    inbox: { en: { html: '<p onclick="x()">${amount}</p>' } },
  };
  beforeAll(async () => {
    await createTemplate('PREVIEW', contents);
    const recipient = { code: 'EN1', name: 'Ann', locale: 'en-GB' };
    expect((await acme.call('POST', '/api/v1/recipients', recipient)).status).toBe(201);
  });

  it('renders for a recipient, in the recipient’s locale unless told otherwise', async () => {
    expect(await preview({ params: { amount: '<5>' }, recipient: 'EN1' })).toMatchObject({
      status: 200,
      body: {
        version: 1,
        contents: {
          sms: { locale: 'en', content: { text: 'Hello Ann: <5>' } },
          inbox: { locale: 'en', content: { html: '<p>&lt;5&gt;</p>' } },
        },
      },
    });
    const chinese = await preview({ params: { amount: 5 }, recipient: 'EN1', kind: 'sms', locale: 'zh' });
    expect(chinese.body).toMatchObject({ contents: { sms: { locale: 'zh-CN', content: { text: '您好 Ann: 5' } } } });
  });

  it('names what is missing', async () => {
    expect(await preview({})).toMatchObject({ status: 400, body: { errors: [errorAt('params.amount')] } });
    expect(await preview({ params: { amount: 5 } })).toMatchObject({
      status: 400,
      body: { errors: [errorAt('recipient.name')] },
    });
    expect(await preview({ recipient: 'NOBODY' })).toMatchObject({
      status: 400,
      body: { errors: [errorAt('recipient')] },
    });
    expect(await preview({ version: 9 })).toMatchObject({ status: 400, body: { errors: [errorAt('version')] } });
  });

  it('shows the published version before the draft', async () => {
    await createTemplate('BOTH', sms('one'));
    await publish('BOTH', 1);
    await acme.call('POST', '/api/v1/templates/BOTH/versions', { contents: sms('two') });
    const textOf = async (body: object): Promise<unknown> =>
      (await acme.call('POST', '/api/v1/templates/BOTH/preview', body)).body;
    expect(await textOf({})).toMatchObject({ version: 1, contents: { sms: { content: { text: 'one' } } } });
    expect(await textOf({ version: 2 })).toMatchObject({ version: 2, contents: { sms: { content: { text: 'two' } } } });
  });
});

describe('a test send', () => {
  beforeAll(async () => {
    expect((await acme.call('POST', '/api/v1/channels', { code: 'site', kind: 'inbox' })).status).toBe(201);
    expect((await acme.call('POST', '/api/v1/recipients', { code: 'TESTER', name: 'Tess' })).status).toBe(201);
  });

  it('sends a draft for real, after which the template cannot be deleted', async () => {
    await createTemplate('TRIED', { inbox: { en: { title: 'Hi', text: '${recipient.name}: ${amount}' } } });
    const sent = await send('TRIED', { params: { amount: 5 }, channel: 'site', to: { recipient: 'TESTER' } });
    expect(sent).toMatchObject({ status: 202, body: { messageId: expect.stringMatching(/^\d+$/), version: 1 } });
    expect(await acme.call('DELETE', '/api/v1/templates/TRIED')).toMatchObject({
      status: 409,
      body: { code: 'in_use', detail: expect.stringContaining('messages') },
    });
  });

  it('is refused before anything is sent when it could not be rendered', async () => {
    await createTemplate('UNTRIED', { inbox: { en: { title: 'Hi', text: '${recipient.name}: ${amount}' } } });
    const good = { params: { amount: 5 }, channel: 'site', to: { recipient: 'TESTER' } };
    for (const [change, path] of [
      [{ params: {} }, 'params.amount'],
      [{ channel: 'none' }, 'channel'],
      [{ to: { recipient: 'NOBODY' } }, 'to.recipient'],
      [{ to: {} }, 'to'],
      [{ to: { recipient: 'TESTER', address: 'x' } }, 'to'],
    ] as const) {
      expect(await send('UNTRIED', { ...good, ...change })).toMatchObject({
        status: 400,
        body: { errors: [errorAt(path)] },
      });
    }
    expect((await acme.call('DELETE', '/api/v1/templates/UNTRIED')).status).toBe(204);
    expect((await acme.call('GET', '/api/v1/templates/UNTRIED')).status).toBe(404);
  });
});
