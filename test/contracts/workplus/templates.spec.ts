import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ID, DOMAIN_ID, invalid, NOW, ok, ORG_ID, textPush, UUID, WorkPlusFixture } from './fixture.js';

const ACTIONS = [
  { name: '查看详情', value: 'https://baidu.com' },
  { name: '投诉', value: 'https://baidu.com' },
];
const CONTENTS = [[{ content: '我是第一行:{{data1.DATA}}', align: 'center' }]];
/** The request of the document's template page. */
const SAVE = { title: '接口模板2', tags: '标签信息', sample: '消息示例', actions: ACTIONS, contents: CONTENTS };

describe('templates', () => {
  let workplus: WorkPlusFixture;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start();
  });
  afterAll(() => workplus.close());

  const whole = (id: string, change: object = {}): object => ({
    id,
    domain_id: DOMAIN_ID,
    org_id: ORG_ID,
    app_id: APP_ID,
    type: 'DEFAULT',
    title: '接口模板2',
    sample: '消息示例',
    operator: APP_ID,
    create_time: NOW,
    refresh_time: NOW,
    actions: ACTIONS,
    contents: CONTENTS,
    tags: '标签信息',
    ...change,
  });
  const save = async (body: object, id?: string): Promise<object> =>
    (await workplus.post(workplus.path(id === undefined ? '/v1/templates' : `/v1/templates/${id}`), body)).body;
  const created = async (change: object = {}): Promise<string> => {
    const reply = (await save({ ...SAVE, ...change })) as { result?: { id: string } };
    if (reply.result === undefined) throw new Error(`Not created: ${JSON.stringify(reply)}`);
    return reply.result.id;
  };
  const list = async (
    query: Record<string, string> = {},
  ): Promise<{ total_count: number; records: { id: string }[] }> =>
    (await workplus.get(workplus.path('/v1/templates', query))).body.result as never;
  const send = (id: string, data: unknown, change: object = {}): object =>
    textPush({ type: 'TEMPLATE', body: { template_id: id, data, ...change } });
  /** What the person of the samples reads of a template's push. */
  const read = async (id: string, data: unknown, change: object = {}): Promise<object | undefined> => {
    const { id: planId } = await workplus.pushed(send(id, data, change));
    const [item] = await workplus.inbox('kf105', planId);
    return item && { title: item.title, text: item.text };
  };

  it('新增模板 is answered whole, with the fields of the document in its order', async () => {
    const query = { app_id: APP_ID, source_type: 'NATIVE' };
    const { http, text, body } = await workplus.post(workplus.path('/v1/templates', query), SAVE);
    const { id } = body.result as { id: string };
    expect([http, text]).toEqual([200, JSON.stringify(ok(whole(id)))]);
    expect(id).toMatch(UUID);
  });

  it('获取模板详情 reads it back', async () => {
    const id = await created();
    expect((await workplus.get(workplus.path(`/v1/templates/${id}`))).body).toEqual(ok(whole(id)));
  });

  it('修改模板 replaces all of it and is in use at once', async () => {
    const id = await created();
    expect(await read(id, { data1: 'x' })).toEqual({ title: '接口模板2', text: '我是第一行:x' });
    const changed = { title: '接口模板3', contents: [[{ content: '{{other.DATA}}!' }]] };
    expect(await save(changed, id)).toEqual(
      ok(
        whole(id, {
          title: '接口模板3',
          sample: '',
          tags: '',
          actions: [],
          contents: [[{ content: '{{other.DATA}}!', align: 'left' }]],
        }),
      ),
    );
    expect(await read(id, { other: 'y' })).toEqual({ title: '接口模板3', text: 'y!' });
  });

  it('a changed template leaves what was sent before as it was', async () => {
    const id = await created();
    const { id: planId } = await workplus.pushed(send(id, { data1: 'before' }));
    await save({ ...SAVE, contents: [[{ content: 'after' }]] }, id);
    expect(await workplus.inbox('kf105', planId)).toMatchObject([{ text: '我是第一行:before' }]);
  });

  it('changed by several at the same time it ends as one of them left it', async () => {
    const id = await created();
    const texts = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(
      texts.map((content) => save({ title: content, contents: [[{ content }]] }, id) as Promise<{ status: number }>),
    );
    // Whoever comes in between is refused and may try again.
    expect(answers.every(({ status }) => status === 0 || status === 202103)).toBe(true);
    expect(answers.some(({ status }) => status === 0)).toBe(true);
    expect(texts).toContain(((await read(id, {})) as { text: string }).text);
  });

  it('获取模板列表 pages through the newest first and finds titles and tags', async () => {
    const ids = [await created({ title: '列表 A', tags: 'x' }), await created({ title: '列表 B', tags: '列表 tag' })];
    ids.push(await created({ title: 'other', tags: '100%' }));
    const listed = await list({ kw: '列表' });
    expect(listed.total_count).toBe(2);
    expect(listed.records).toEqual([
      whole(ids[1] ?? '', { title: '列表 B', tags: '列表 tag' }),
      whole(ids[0] ?? '', { title: '列表 A', tags: 'x' }),
    ]);
    expect(await list({ kw: 'TAG' })).toMatchObject({ total_count: 1, records: [{ id: ids[1] }] });
    expect(await list({ kw: '%' })).toMatchObject({ total_count: 1, records: [{ id: ids[2] }] });
    expect(await list({ kw: '列表', skip: '1', limit: '1' })).toMatchObject({
      total_count: 2,
      records: [{ id: ids[0] }],
    });
    expect(await list({ kw: '列表', skip: '7' })).toEqual({ total_count: 2, records: [] });
    expect(await list({ kw: 'nothing like it' })).toEqual({ total_count: 0, records: [] });
    expect((await list()).records.length).toBeLessThanOrEqual(10);
    const { body } = await workplus.get(workplus.path('/v1/templates', { skip: '-1' }));
    expect(body).toEqual(invalid('skip'));
  });

  it('a template made in Tidings is listed with the lines of its text', async () => {
    const { records } = await list({ kw: '流程' });
    expect(records).toMatchObject([
      {
        id: '152891af-1bec-4a18-8201-a58e08a7afad',
        title: '模板标题',
        actions: [],
        contents: [
          [{ content: '流程编号:{{keyword1.DATA}}', align: 'left' }],
          [{ content: '日期:{{keyword2.DATA}}', align: 'left' }],
          [{ content: '单号:{{keyword3.DATA}} {{keyword4.DATA}}', align: 'left' }],
        ],
      },
    ]);
  });

  it('lines stand under one another, the cells of a line side by side', async () => {
    const contents = [
      [{ content: '我是第一行:{{data1.DATA}}', align: 'center' }],
      [
        { content: '2-1', align: 'RIGHT' },
        { content: '{{data1}}', align: 'justify' },
      ],
      { content: '第三行信息' },
    ];
    const id = await created({
      title: undefined,
      contents: JSON.stringify(contents),
      actions: JSON.stringify(ACTIONS),
    });
    expect(await read(id, [{ key: 'data1', value: 7 }])).toEqual({
      title: null,
      text: '我是第一行:7\n2-1  7\n第三行信息',
    });
    const { content } = await workplus.message((await workplus.pushed(send(id, { data1: 'v' }))).id);
    expect(content.ext.workplus).toEqual({
      type: 'TEMPLATE',
      platforms: ['ANDROID', 'IOS'],
      body: { template_id: id, data: [{ key: 'data1', value: 'v', text_style: 'normal' }] },
      template: {
        tags: '标签信息',
        sample: '消息示例',
        actions: ACTIONS,
        contents: [
          [{ content: '我是第一行:{{data1.DATA}}', align: 'center' }],
          [
            { content: '2-1', align: 'right' },
            { content: '{{data1}}', align: 'left' },
          ],
          [{ content: '第三行信息', align: 'left' }],
        ],
      },
    });
  });

  it('only {{name.DATA}} is a variable: other template language is words', async () => {
    const words = '100% ${price} {% if x %} {{ a | upcase }} {{recipient.name}} {{7}} {{';
    const id = await created({ title: 'T ${x}', contents: [[{ content: `${words}{{名称.DATA}}` }]] });
    expect(await read(id, { 名称: '{{data}} <b>' })).toEqual({ title: 'T ${x}', text: `${words}{{data}} <b>` });
  });

  describe('W21, W22, W23, W24: data', () => {
    it.each<[string, unknown]>([
      ['a list', [{ key: 'data1', value: 'v' }]],
      ['a list in a string', JSON.stringify([{ key: 'data1', value: 'v' }])],
      ['an object', { data1: 'v' }],
      ['an object of objects', { data1: { value: 'v', color: '#fff' } }],
      ['an object in a string', '{"data1": "v"}'],
      ['keys with the ending', [{ key: 'data1.DATA', value: 'v' }]],
      [
        'a key twice: the last holds',
        [
          { key: 'data1', value: 'u' },
          { key: 'data1', value: 'v' },
        ],
      ],
      ['more than is needed', { data1: 'v', data2: 'w' }],
    ])('may be %s', async (_name, data) => {
      expect(await read(await created(), data)).toMatchObject({ text: '我是第一行:v' });
    });

    it('W22, W23: styles are kept, each in one spelling', async () => {
      const data = [{ key: 'data1', value: true, color: '#0f0', font_size: 12, text_style: 'BOLD' }];
      const { id } = await workplus.pushed(send(await created(), [...data, { key: 'x', text_style: 'italic' }]));
      expect((await workplus.message(id)).content.ext.workplus.body.data).toEqual([
        { key: 'data1', value: 'true', color: '#0f0', font_size: '12', text_style: 'bold' },
        { key: 'x', value: '', text_style: 'normal' },
      ]);
    });

    it('top_title heads the message instead of the title', async () => {
      expect(await read(await created(), { data1: 'v' }, { top_title: '流程大师' })).toMatchObject({
        title: '流程大师',
      });
    });

    it.each<[string, unknown, string]>([
      ['a missing variable', [], 'body.data.data1'],
      ['no data', undefined, 'body.data.data1'],
      ['words', 'data1', 'body.data'],
      ['a number', 7, 'body.data'],
      ['an item without a key', [{ value: 'v' }], 'body.data[0].key'],
      ['an item of another kind', ['v'], 'body.data[0]'],
      ['a value of another kind', [{ key: 'data1', value: {} }], 'body.data[0].value'],
      ['a colour of another kind', [{ key: 'data1', value: 'v', color: {} }], 'body.data[0].color'],
    ])('%s is refused by its name', async (_name, data, field) => {
      expect(await workplus.refusal(send(await created(), data))).toEqual(invalid(field));
    });
  });

  describe('W25: template_id', () => {
    it.each([undefined, null, '', ' '])('%j is refused', async (id) => {
      expect(await workplus.refusal(textPush({ type: 'template', body: { template_id: id, data: [] } }))).toEqual(
        invalid('body.template_id'),
      );
    });

    it.each(['unknown', '~1', '00000000-0000-4000-8000-000000000000', "x' OR '1'='1"])(
      'W36: %s, which names nothing, is refused',
      async (id) => {
        expect(await workplus.refusal(send(id, []))).toEqual(invalid('body.template_id'));
        expect((await workplus.get(workplus.path(`/v1/templates/${encodeURIComponent(id)}`))).body).toEqual(
          invalid('template_id'),
        );
        expect(await save(SAVE, encodeURIComponent(id))).toEqual(invalid('template_id'));
      },
    );

    it('a draft, another kind of template and one of another organisation name nothing', async () => {
      const text = { 'zh-CN': { text: 'x' } };
      const sms = { code: 'sms-only', name: 'n', contents: { sms: text } };
      await workplus.native('POST', '/api/v1/templates', sms);
      await workplus.native('POST', '/api/v1/templates/sms-only/versions/1/publish');
      await workplus.native('POST', '/api/v1/templates', { code: 'draft', name: 'n', contents: { inbox: text } });
      const elsewhere = await workplus.app.organisation();
      const foreign = { code: 'foreign', name: 'n', contents: { inbox: text } };
      await workplus.native('POST', '/api/v1/templates', foreign, elsewhere.code);
      await workplus.native('POST', '/api/v1/templates/foreign/versions/1/publish', undefined, elsewhere.code);
      for (const id of ['sms-only', 'draft', 'foreign']) {
        expect(await workplus.refusal(send(id, []))).toEqual(invalid('body.template_id'));
      }
    });
  });

  it('a template that speaks of the person, or has several languages, is filled for each reader', async () => {
    const contents = {
      inbox: { 'zh-CN': { text: '{{recipient.code}} {{k.DATA}}' }, en: { text: 'Dear {{recipient.code}} {{k.DATA}}' } },
    };
    await workplus.native('POST', '/api/v1/templates', { code: 'personal', name: 'n', contents });
    await workplus.native('POST', '/api/v1/templates/personal/versions/1/publish');
    await workplus.native('PATCH', '/api/v1/recipients/lisi', { locale: 'en' });
    const push = send('personal', { k: 'v' }, { top_color: '#fff' });
    const { id } = await workplus.pushed({ ...push, usernames: ['lisi'] });
    expect(await workplus.inbox('kf105', id)).toMatchObject([{ text: 'kf105 v' }]);
    expect(await workplus.inbox('lisi', id)).toMatchObject([{ text: 'Dear lisi v' }]);
    expect(await workplus.message(id)).toMatchObject({
      templateId: expect.any(Number),
      options: { workplus: { type: 'TEMPLATE', body: { template_id: 'personal', top_color: '#fff' } } },
    });
    expect(await workplus.refusal(send('personal', {}))).toEqual(invalid('body.data.k'));
  });

  it.each<[string, unknown, string]>([
    ['no contents', { contents: undefined }, 'contents'],
    ['empty contents', { contents: [] }, 'contents'],
    ['blank lines', { contents: [[{ content: ' ' }]] }, 'contents'],
    ['contents of another kind', { contents: {} }, 'contents'],
    ['a line of another kind', { contents: ['x'] }, 'contents[0][0]'],
    ['a cell of another kind', { contents: [[{ content: {} }]] }, 'contents[0][0].content'],
    ['the end of raw text', { contents: [[{ content: '{% endraw %}{{ x | upcase }}' }]] }, 'contents[0][0].content'],
    ['201 lines', { contents: Array.from({ length: 201 }, () => [{ content: 'x' }]) }, 'contents'],
    ['more text than an inbox shows', { contents: [[{ content: 'x'.repeat(16_385) }]] }, 'contents'],
    ['a long title', { title: 't'.repeat(201) }, 'title'],
    ['a title of another kind', { title: {} }, 'title'],
    ['actions of another kind', { actions: {} }, 'actions'],
    ['an action without a name', { actions: [{ value: 'x' }] }, 'actions[0].name'],
    ['no JSON in a string', { contents: '[[' }, 'contents'],
  ])('%s is refused, and leaves nothing', async (_name, change, field) => {
    const before = await list({ limit: '1' });
    expect(await save({ ...SAVE, ...(change as object) })).toEqual(invalid(field));
    expect((await list({ limit: '1' })).total_count).toBe(before.total_count);
  });

  it('a body that is no object is refused', async () => {
    for (const body of ['', '[]', 'null', '"x"']) {
      expect((await workplus.post(workplus.path('/v1/templates'), body)).body).toEqual(invalid('body'));
    }
  });
});
