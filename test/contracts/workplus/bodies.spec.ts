import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { invalid, NOW, PERSON, type StoredMessage, textPush, WorkPlusFixture } from './fixture.js';

/** A dot, the smallest PNG. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('what a push says', () => {
  let workplus: WorkPlusFixture;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start();
  });
  afterAll(() => workplus.close());

  const stored = async (type: unknown, body: unknown, change: object = {}): Promise<StoredMessage> => {
    const { id } = await workplus.pushed(textPush({ type, body, ...change }));
    return workplus.message(id);
  };
  const bodyOf = async (type: unknown, body: unknown): Promise<Record<string, unknown>> =>
    (await stored(type, body)).content.ext.workplus.body;
  const wordsOf = async (type: unknown, body: unknown): Promise<object> => {
    const { title, text, html, url } = (await stored(type, body)).content;
    return { title, text, html, url };
  };
  const refusal = (type: unknown, body: unknown, change: object = {}): Promise<object> =>
    workplus.refusal(textPush({ type, body, ...change }));

  describe('type', () => {
    it.each([
      ['TEXT', 'TEXT'],
      ['text', 'TEXT'],
      [' Text ', 'TEXT'],
      ['default', 'TEXT'],
      [undefined, 'TEXT'],
      [null, 'TEXT'],
      ['', 'TEXT'],
    ])('W4, W5: %j is %s', async (type, kept) => {
      expect((await stored(type, { content: 'c' })).content.ext.workplus.type).toBe(kept);
    });

    it('W4: iamge, as the table has it, is IMAGE', async () => {
      expect((await stored('iamge', { media_id: 'm' })).content.ext.workplus.type).toBe('IMAGE');
    });

    it.each(['voice', 'constructor', '__proto__', 7, {}, []])('%j is refused', async (type) => {
      expect(await refusal(type, { content: 'c' })).toEqual(invalid('type'));
    });
  });

  describe('W40: body', () => {
    it('may be JSON in a string', async () => {
      expect(await bodyOf('TEXT', '{"content": "c",}')).toEqual({ content: 'c' });
    });

    it.each([undefined, null, '', 'content', '[]', [], 7, true])('%j is refused', async (body) => {
      expect(await refusal('TEXT', body)).toEqual(invalid('body'));
    });
  });

  describe('TEXT', () => {
    it('W38: at_all is for showing only', async () => {
      expect(await bodyOf('TEXT', { content: 'c', at_all: 1 })).toEqual({ at_all: true, content: 'c' });
      const { id } = await workplus.pushed(textPush({ body: { content: 'c', at_all: true } }));
      expect(await workplus.reached(id)).toEqual(['kf105']);
      expect(await refusal('TEXT', { content: 'c', at_all: 'all' })).toEqual(invalid('body.at_all'));
    });

    it('keeps where a tap leads', async () => {
      expect(await bodyOf('TEXT', { content: 'c', '@target_url': 'app://todo/7' })).toEqual({
        content: 'c',
        '@target_url': 'app://todo/7',
      });
    });

    it('is text: markup and template language stay as they are', async () => {
      const content = '<b>{{name}}</b> ${code} {% if %}';
      const { id } = await workplus.pushed(textPush({ body: { content } }));
      expect(await workplus.inbox('kf105', id)).toMatchObject([{ text: content, html: null }]);
    });

    it.each([undefined, null, '', '  ', {}, []])('content %j is refused', async (content) => {
      expect(await refusal('TEXT', { content })).toEqual(invalid('body.content'));
    });

    it('is refused above 16 384 characters, by its name', async () => {
      expect(await refusal('TEXT', { content: '长'.repeat(16_385) })).toEqual(invalid('body.content'));
      expect(await wordsOf('TEXT', { content: '长'.repeat(16_384) })).toMatchObject({ text: '长'.repeat(16_384) });
    });
  });

  describe('IMAGE, FILE, VIDEO', () => {
    it.each([
      [0, 0],
      [1, 1],
      [true, 1],
      ['1', 1],
      [undefined, 0],
    ])('W12: is_gif %j is %i', async (given, kept) => {
      expect(await bodyOf('IMAGE', { media_id: 'm', is_gif: given })).toEqual({ is_gif: kept, media_id: 'm' });
    });

    it('W13: numbers may come as strings, and are not negative', async () => {
      expect(await bodyOf('IMAGE', { media_id: 'm', size: '200', width: 0, height: ' 7 ' })).toEqual({
        is_gif: 0,
        size: 200,
        width: 0,
        height: 7,
        media_id: 'm',
      });
      for (const field of ['size', 'width', 'height']) {
        for (const value of [-1, '-1', 1.5, 'x', {}, 2 ** 60]) {
          expect(await refusal('IMAGE', { media_id: 'm', [field]: value })).toEqual(invalid(`body.${field}`));
        }
      }
    });

    it('W14: path is media_id, which wins', async () => {
      expect(await bodyOf('FILE', { path: 'p' })).toEqual({ file_status: 0, media_id: 'p' });
      expect(await bodyOf('FILE', { path: 'p', media_id: 'm' })).toEqual({ file_status: 0, media_id: 'm' });
    });

    it('W26: file_status is 0 unless given', async () => {
      expect(await bodyOf('FILE', { media_id: 'm', file_status: '2' })).toMatchObject({ file_status: 2 });
      expect(await refusal('FILE', { media_id: 'm', file_status: 'ok' })).toEqual(invalid('body.file_status'));
    });

    it('say in the inbox what they are', async () => {
      expect(await wordsOf('IMAGE', { media_id: 'm' })).toMatchObject({ text: '[图片]' });
      expect(await wordsOf('FILE', { media_id: 'm', name: 'a.pdf' })).toMatchObject({ text: '[文件] a.pdf' });
      expect(await wordsOf('FILE', { media_id: 'm' })).toMatchObject({ text: '[文件]' });
      expect(await wordsOf('VIDEO', { media_id: 'm', name: 'a.mp4' })).toMatchObject({ text: '[视频] a.mp4' });
    });

    it('W6: VIDEO keeps its size and cover', async () => {
      const body = { media_id: 'm', cover_media_id: 'c', duration: 3, size: 9, name: 'a.mp4' };
      expect(await bodyOf('video', body)).toEqual(body);
    });

    it.each(['IMAGE', 'FILE', 'VIDEO'])('%s without a media id is refused', async (type) => {
      expect(await refusal(type, { name: 'n' })).toEqual(invalid('body.media_id'));
      expect(await refusal(type, { media_id: [] })).toEqual(invalid('body.media_id'));
    });

    it.each([DOT, `data:image/png;base64,${DOT}`, `${DOT.slice(0, 20)}\n${DOT.slice(20)}`])(
      'W28: an image in the body is kept as media',
      async (content) => {
        const body = await bodyOf('IMAGE', { content, width: 1 });
        expect(body).toEqual({ is_gif: 0, width: 1, media_id: expect.any(String) });
        const image = await workplus.get(workplus.path(`/v1/medias/images/${String(body.media_id)}`));
        expect([image.http, image.headers['content-type'], image.headers['content-length']]).toEqual([
          200,
          'image/png',
          String(Buffer.from(DOT, 'base64').length),
        ]);
      },
    );

    it.each(['图片内容,base64编码', 'aGVsbG8=', 'iVBOR', '='])('W28: content %j alone is no image', async (content) => {
      expect(await refusal('IMAGE', { content })).toEqual(invalid('body.content'));
    });

    it('W28: an image for nobody is not kept', async () => {
      const count = (): Promise<unknown> => workplus.query('SELECT count(*) FROM media', []);
      const before = await count();
      await workplus.push(textPush({ type: 'IMAGE', body: { content: DOT }, client_ids: [] }));
      await workplus.refusal(textPush({ type: 'IMAGE', body: { content: DOT }, client_ids: ['nobody'] }));
      expect(await count()).toEqual(before);
    });

    it('beside a media id a large content is left out', async () => {
      expect(await bodyOf('IMAGE', { media_id: 'm', content: 'x'.repeat(100_000) })).toEqual({
        is_gif: 0,
        media_id: 'm',
      });
    });

    it('W36: an id in the form of ours that names nothing is 201401', async () => {
      const noMedia = { status: 201401, message: '没有对应的媒体' };
      const id = '00000000-0000-4000-8000-000000000000';
      expect(await refusal('FILE', { media_id: id })).toEqual(noMedia);
      expect(await refusal('IMAGE', { media_id: id })).toEqual(noMedia);
      expect(await refusal('ARTICLE', { articles: [{ title: 't', cover_url: id }] })).toEqual(noMedia);
      const rich = { content: [[{ tag: 'img', media_id: id }]] };
      expect(await refusal('RICH_TEXT', { content: rich })).toEqual(noMedia);
      const template = { template_id: '152891af-1bec-4a18-8201-a58e08a7afad', data: [], top_avatar: id };
      expect(await refusal('TEMPLATE', template)).toEqual(noMedia);
    });
  });

  describe('ARTICLE', () => {
    const articleOf = async (article: object): Promise<unknown> =>
      ((await bodyOf('ARTICLE', { articles: [article] })).articles as unknown[])[0];

    it('W15: one article may stand alone, and several in a list; the inbox shows the first', async () => {
      const [first, second] = [
        { title: 'a', summary: 's', url: 'https://example.com/a', content: '<p>c</p>' },
        { title: 'b' },
      ];
      expect(await wordsOf('ARTICLE', { articles: first })).toEqual({
        title: 'a',
        text: 's',
        html: undefined,
        url: 'https://example.com/a',
      });
      const { articles } = await bodyOf('ARTICLE', { articles: [first, second] });
      expect(articles).toMatchObject([first, second]);
      expect(await bodyOf('ARTICLE', { articles: JSON.stringify([first]) })).toMatchObject({ articles: [first] });
    });

    it('W16: cover_enabled wins over show_cover; without both a cover decides', async () => {
      const enabled = async (article: object): Promise<unknown> =>
        ((await articleOf({ title: 't', ...article })) as { cover_enabled: boolean }).cover_enabled;
      expect(await enabled({ cover_enabled: true, show_cover: false, cover_url: 'm' })).toBe(true);
      expect(await enabled({ cover_enabled: false, show_cover: true, cover_url: 'm' })).toBe(false);
      expect(await enabled({ show_cover: true })).toBe(true);
      expect(await enabled({ cover_url: 'm' })).toBe(true);
      expect(await enabled({})).toBe(false);
    });

    it('W17: a cover is an address or a media id; cover_media_id stands in', async () => {
      expect(await articleOf({ title: 't', cover_url: 'https://example.com/c.png' })).toMatchObject({
        cover_url: 'https://example.com/c.png',
      });
      expect(await articleOf({ title: 't', cover_url: '', cover_media_id: 'm' })).toMatchObject({ cover_url: 'm' });
      expect(await articleOf({ title: 't', cover_url: 'u', cover_media_id: 'm' })).toMatchObject({ cover_url: 'u' });
    });

    it('W18: author, content and display_mode are kept', async () => {
      const article = { title: 't', author: '凯里', content: '<p>c</p>', display_mode: 'FULL_SCREEN' };
      expect(await articleOf(article)).toMatchObject(article);
    });

    it('W19: the address wins over the content, which is shown without what could run', async () => {
      const content = '<p>c</p><script>alert(1)</script>';
      const { id } = await workplus.pushed(
        textPush({ type: 'ARTICLE', body: { articles: [{ title: 't', content }] } }),
      );
      expect(await workplus.inbox('kf105', id)).toMatchObject([{ title: 't', html: '<p>c</p>', url: null }]);
      expect(
        await wordsOf('ARTICLE', { articles: [{ title: 't', content, url: 'https://example.com' }] }),
      ).toMatchObject({
        html: undefined,
        url: 'https://example.com',
      });
    });

    it('W20: create_time is now unless given', async () => {
      expect(await articleOf({ title: 't' })).toMatchObject({ create_time: NOW });
      expect(await articleOf({ title: 't', create_time: '1465205632846' })).toMatchObject({
        create_time: 1465205632846,
      });
    });

    it.each([
      ['no articles', {}, 'body.articles'],
      ['an empty list', { articles: [] }, 'body.articles'],
      ['null', { articles: null }, 'body.articles'],
      ['words', { articles: 'x' }, 'body.articles'],
      ['a list of words', { articles: ['x'] }, 'body.articles[0]'],
      ['an article that says nothing', { articles: [{ title: 't' }, { author: 'a' }] }, 'body.articles[1].title'],
      ['a script for an address', { articles: [{ title: 't', url: 'javascript:alert(1)' }] }, 'body.articles[0].url'],
      ['a long title', { articles: [{ title: 't'.repeat(201) }] }, 'body.articles[0].title'],
      ['a wrong create_time', { articles: [{ title: 't', create_time: 'now' }] }, 'body.articles[0].create_time'],
      ['a wrong switch', { articles: [{ title: 't', show_cover: 'maybe' }] }, 'body.articles[0].show_cover'],
    ])('%s is refused', async (_name, body, field) => {
      expect(await refusal('ARTICLE', body)).toEqual(invalid(field));
    });

    it('a body of more than 64 KiB is refused', async () => {
      const articles = Array.from({ length: 3 }, () => ({ title: 't', content: 'x'.repeat(30_000) }));
      expect(await refusal('ARTICLE', { articles })).toEqual(invalid('body'));
    });
  });

  describe('actions and action_acl of the later document', () => {
    it('are kept for clients', async () => {
      const extras = { actions: [[{ name: '同意' }]], action_acl: { deny_alert: 'no' } };
      const { content } = await stored('TEXT', { content: 'c' }, extras);
      expect(content.ext.workplus).toEqual({
        type: 'TEXT',
        platforms: ['ANDROID', 'IOS'],
        body: { content: 'c' },
        ...extras,
      });
    });

    it('are refused as anything else than a list and an object', async () => {
      expect(await refusal('TEXT', { content: 'c' }, { actions: {} })).toEqual(invalid('actions'));
      expect(await refusal('TEXT', { content: 'c' }, { action_acl: [] })).toEqual(invalid('action_acl'));
    });
  });

  it('a push is what it was, however often it is sent: it removes no doubles', async () => {
    const push = textPush({ body: { content: 'again' } });
    const [first, second] = [await workplus.pushed(push), await workplus.pushed(push)];
    expect(first.id).not.toBe(second.id);
    expect(first.material_id).not.toBe(second.material_id);
    expect(await workplus.reached(second.id)).toEqual(['kf105']);
    expect(second.client_ids).toEqual([`/232/301/${PERSON}`]);
  });
});
