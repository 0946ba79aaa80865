import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WORKPLUS_EXAMPLES } from '../../../src/dialects/workplus/examples.js';
import { APP_ID, DOMAIN_ID, NOW, ok, ORG_ID, PERSON, UUID, WorkPlusFixture } from './fixture.js';

const RESULT = {
  domain_id: DOMAIN_ID,
  org_id: ORG_ID,
  id: expect.stringMatching(UUID),
  app_id: APP_ID,
  material_id: expect.stringMatching(UUID),
  expects: 1,
  fails: 0,
  oks: 0,
  create_time: NOW,
  refresh_time: 0,
  expect_time: NOW + 1_800_000,
  scopes: [],
  client_ids: [`/232/301/${PERSON}`],
};

describe('the requests the document prints, byte for byte', () => {
  let workplus: WorkPlusFixture;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start();
  });
  afterAll(() => workplus.close());

  /** Pushes, and checks the whole reply; the id of the push. */
  const pushed = async (body: string, change: object = {}): Promise<string> => {
    const { http, body: reply } = await workplus.push(body);
    expect(http).toBe(200);
    expect(reply).toEqual(ok({ ...RESULT, ...change }));
    await workplus.app.drain();
    return (reply.result as { id: string }).id;
  };

  it('are the printed ones still', () => {
    const digests = Object.values(WORKPLUS_EXAMPLES).map((text) => createHash('sha256').update(text).digest('hex'));
    expect(digests).toEqual([
      '0072dd181849d0e4a224b93024161a5054702ab92c5ab27b7c7608728dea3057',
      '6d3ca3570bfb3437a8bdd72edaf5c6c98e9154e4d00bd6874a47d79114dd1d4b',
      'f24bd320e7bbf94afeac726485c0fc9b2df777deda63159f0e4df17759ea97c0',
      '93d8ae02b5c81419225e360617704f93f72264357b5b4a0405ec6ec70e4c8dae',
      'a8403cd0759f9fc5ba6962354f08dc24e6d71907abbe66c9c44a09f66d476436',
    ]);
  });

  it('W29, W31, W32: the reply has the fields of the sample in its order', async () => {
    const { text, headers } = await workplus.push(WORKPLUS_EXAMPLES.text);
    const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
    expect(text).toMatch(
      new RegExp(
        `^\\{"status":0,"message":"Everything is ok\\.","result":\\{"domain_id":"atwork","org_id":"${ORG_ID}","id":"${uuid}",` +
          `"app_id":"${APP_ID}","material_id":"${uuid}","expects":1,"fails":0,"oks":0,"create_time":${NOW},"refresh_time":0,` +
          `"expect_time":${NOW + 1_800_000},"scopes":\\[\\],"client_ids":\\["/232/301/${PERSON}"\\]\\}\\}$`,
      ),
    );
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('W5, W9: 文本示例 reaches the person', async () => {
    const id = await pushed(WORKPLUS_EXAMPLES.text);
    expect(await workplus.reached(id)).toEqual(['kf105']);
    expect(await workplus.inbox('kf105', id)).toEqual([
      expect.objectContaining({ channel: 'app', category: 'app', title: null, text: '2', html: null, url: null }),
    ]);
    expect(await workplus.message(id)).toMatchObject({
      api: 'workplus',
      state: 'done',
      audience: { devices: { platforms: ['android', 'ios', 'pc'] } },
      content: {
        text: '2',
        ext: {
          workplus: {
            type: 'TEXT',
            platforms: ['ANDROID', 'IOS', 'PC'],
            body: { at_all: false, content: '2' },
          },
        },
      },
    });
  });

  it('W28: 图片示例, with a media id of another store, keeps its body for clients', async () => {
    const id = await pushed(WORKPLUS_EXAMPLES.image);
    expect(await workplus.inbox('kf105', id)).toMatchObject([{ text: '[图片]' }]);
    expect((await workplus.message(id)).content.ext.workplus).toEqual({
      type: 'IMAGE',
      platforms: ['ANDROID', 'IOS', 'PC'],
      body: {
        is_gif: 0,
        size: 1852,
        width: 280,
        height: 280,
        media_id: 'Z3JvdXAxL00wMC8wMC80OC9yQkFCR1ZkaFI5Q0FjNmp2QUFBSFBIRkhXSkk1NDEuanBn',
        content: '图片内容,base64编码',
      },
    });
  });

  it('W26, W27: 文件示例, which is not JSON, is read', async () => {
    const id = await pushed(WORKPLUS_EXAMPLES.file);
    expect(await workplus.inbox('kf105', id)).toMatchObject([{ text: '[文件] IMG_0778.GIF' }]);
    expect((await workplus.message(id)).content.ext.workplus.body).toEqual({
      file_status: 0,
      size: 71416,
      name: 'IMG_0778.GIF',
      media_id: 'Z3JvdXAxL00wMC8wMC80Ny9yQkFCR1ZkaEdBZUFYRkxmQUFFVy1JYmNRbTgwNjkuZ2lm',
    });
  });

  it('W8: 图文示例 names nobody: it succeeds, and nothing is sent', async () => {
    const before = await workplus.messageCount();
    await pushed(WORKPLUS_EXAMPLES.article, { expects: 0, client_ids: [] });
    expect(await workplus.messageCount()).toBe(before);
  });

  it('W15, W16, W17, W18, W19, W20: 图文示例, to somebody, shows the article and keeps all of it', async () => {
    const article = JSON.parse(WORKPLUS_EXAMPLES.article) as object;
    const id = await pushed(JSON.stringify({ ...article, client_ids: [PERSON] }));
    expect(await workplus.inbox('kf105', id)).toMatchObject([
      { title: '云南丽江', text: '云南丽江', html: '<p>这个文章被删除了</p>', url: null },
    ]);
    expect((await workplus.message(id)).content.ext.workplus.body).toEqual({
      articles: [
        {
          title: '云南丽江',
          author: '凯里',
          content: '<p>这个文章被删除了</p>',
          cover_url: 'Z3JvdXAxL00wMC8wMC8zQi9yQkFCR1ZkVlFwYUFicjJ3QUFQa2NkSHlFM280MDMuanBn',
          cover_enabled: false,
          create_time: 1465205632846,
        },
      ],
    });
  });

  it('W21, W22, W23, W24, W25: 模板消息 is filled with its data, and keeps its styles', async () => {
    const id = await pushed(WORKPLUS_EXAMPLES.template, { client_ids: ['a86e83a26be44eb59806901cc8be5d5c'] });
    expect(await workplus.reached(id)).toEqual(['zhangsan']);
    expect(await workplus.inbox('zhangsan', id)).toMatchObject([
      { title: '流程大师', text: '流程编号:339208499\n日期:2016年01月05日\n单号:830138013810 8310380131' },
    ]);
    const style = { color: '#00ff00', font_size: '12', text_style: 'normal' };
    expect((await workplus.message(id)).content.ext.workplus).toEqual({
      type: 'TEMPLATE',
      platforms: ['ANDROID'],
      body: {
        template_id: '152891af-1bec-4a18-8201-a58e08a7afad',
        top_color: '#00ff00',
        top_avatar: 'Z3JvdXAxL00wMC8wMC80MC9yQkFCR1ZkWDQ0ZUFRY21LQUFBZXVHZDBHS0U4MTkuanBn',
        top_title: '流程大师',
        data: [
          { key: 'keyword1', value: '339208499', ...style },
          { key: 'keyword2', value: '2016年01月05日', ...style },
          { key: 'keyword3', value: '830138013810', ...style },
          { key: 'keyword4', value: '8310380131', ...style, text_style: 'bold' },
        ],
        emphasis_keyword: 'keyword1.DATA',
      },
    });
  });
});
