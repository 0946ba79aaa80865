import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BOUNDARY, form, type Part } from './form.js';
import { DOMAIN_ID, invalid, NOW, ok, TOKEN_NOT_FOUND, UUID, type WorkPlusAnswer, WorkPlusFixture } from './fixture.js';

const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const UNSUPPORTED = { status: 201402, message: '不支持的媒体操作' };
const UPLOAD_FAILED = { status: 201404, message: '上传媒体失败' };
describe('media', () => {
  let workplus: WorkPlusFixture;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start({ fileMaxBytes: 100_000, imageMaxBytes: 50_000 });
  });
  afterAll(() => workplus.close());

  const rows = async (): Promise<number> => {
    const [row] = await workplus.query<{ count: number }>('SELECT count(*)::int AS count FROM media', []);
    return row?.count ?? 0;
  };
  const sendForm = (path: string, parts: Part[], query: Record<string, string> = {}): Promise<WorkPlusAnswer> =>
    workplus.request(
      'POST',
      workplus.path(path, query),
      { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      form(parts),
    );
  const sendJson = (path: string, body: object | string): Promise<WorkPlusAnswer> =>
    workplus.post(workplus.path(path), body);
  const kept = ({ body, text }: WorkPlusAnswer): string => {
    if (body.status !== 0) throw new Error(`Not kept: ${text}`);
    return body.result as string;
  };
  const info = async (id: string, query: Record<string, string> = {}): Promise<object> =>
    (await workplus.get(workplus.path(`/v1/medias/${id}/info`, query))).body;
  const download = async (id: string): Promise<Buffer> => {
    const reply = await workplus.app.inject({ method: 'GET', url: workplus.path(`/v1/medias/${id}`) });
    return reply.rawPayload;
  };

  describe('文件上传', () => {
    it('from a form: the reply is the id, and the bytes come back as they were', async () => {
      const content = Buffer.from([...Array(70_000).keys()].map((n) => n % 256));
      const sent = await sendForm(
        '/v1/medias',
        [{ name: 'file', filename: '蓝天.bin', type: 'application/x-thing', content }],
        { file_digest: '文件摘要', file_size: '70000' },
      );
      expect([sent.http, sent.body]).toEqual([200, ok(expect.stringMatching(UUID))]);
      const id = kept(sent);
      expect((await download(id)).equals(content)).toBe(true);
      expect(await info(id)).toEqual(
        ok({
          id,
          name: '蓝天.bin',
          digest: createHash('md5').update(content).digest('hex'),
          state: 0,
          size: 70_000,
          timestamp: NOW,
          metadata: { content_type: 'application/x-thing' },
        }),
      );
    });

    it('from JSON with base64', async () => {
      const body = {
        file_name: '文件名称.txt',
        file_content: Buffer.from('内容').toString('base64'),
        file_type: 'text/plain',
      };
      const sent = await sendJson('/v1/medias', { ...body, file_digest: 'x', file_metadata: { key1: 'value1' } });
      expect(sent.text).toMatch(/^\{"status":0,"message":"Everything is ok\.","result":"[0-9a-f-]{36}"\}$/);
      const id = kept(sent);
      expect((await download(id)).toString()).toBe('内容');
      expect(await info(id)).toMatchObject({ result: { name: '文件名称.txt', size: 6 } });
    });

    it('the file may be in any field, after others; a missing name is taken from them or from the query', async () => {
      const content = 'x';
      const file = { name: 'file_content', filename: '', type: 'text/plain', content };
      const named = kept(await sendForm('/v1/medias', [{ name: 'filename', content: 'field.txt' }, file]));
      expect(await info(named)).toMatchObject({ result: { name: 'field.txt' } });
      const inQuery = kept(await sendForm('/v1/medias', [file], { filename: 'query.txt' }));
      expect(await info(inQuery)).toMatchObject({ result: { name: 'query.txt' } });
      const nameless = kept(await sendForm('/v1/medias', [file]));
      expect(await info(nameless)).toMatchObject({ result: { name: 'file' } });
    });

    it('a file of exactly the limit is kept, one byte more is 201404 and leaves nothing', async () => {
      const file = (size: number): Part => ({ name: 'file', filename: 'f', content: Buffer.alloc(size, 'x') });
      kept(await sendForm('/v1/medias', [file(100_000)]));
      const before = await rows();
      expect((await sendForm('/v1/medias', [file(100_001)])).body).toEqual(UPLOAD_FAILED);
      expect((await sendForm('/v1/medias', [file(2_000_000)])).body).toEqual(UPLOAD_FAILED);
      const json = { file_name: 'f', file_content: Buffer.alloc(100_001).toString('base64') };
      expect((await sendJson('/v1/medias', json)).body).toEqual(UPLOAD_FAILED);
      expect((await sendForm('/v1/medias', [file(1)], { file_size: '100001' })).body).toEqual(UPLOAD_FAILED);
      expect(await rows()).toBe(before);
    });

    it('a JSON body larger than other calls may send is read, up to what the file may hold', async () => {
      const json = { file_name: 'f', file_content: Buffer.alloc(2_000_000).toString('base64') };
      expect((await sendJson('/v1/medias', json)).body).toEqual(UPLOAD_FAILED);
      expect((await sendJson('/v1/medias', `{"x":"${'y'.repeat(30_000_000)}"}`)).body).toEqual(invalid('body'));
    });

    it.each<[string, Part[], string]>([
      ['an empty form', [], 'file'],
      ['fields alone', [{ name: 'a', content: 'b' }], 'file'],
      ['an empty file', [{ name: 'file', filename: 'f', content: '' }], 'file'],
      ['a field that would change what objects inherit', [{ name: '__proto__', content: 'x' }], 'file'],
      ['fields without end', Array.from({ length: 50 }, (_, n) => ({ name: `f${n}`, content: 'x' })), 'file'],
    ])('%s is refused', async (_name, parts, field) => {
      const before = await rows();
      expect((await sendForm('/v1/medias', parts)).body).toEqual(invalid(field));
      expect(await rows()).toBe(before);
    });

    it('a form that breaks off, has no boundary or is none is refused, and leaves nothing', async () => {
      const before = await rows();
      const whole = form([{ name: 'file', filename: 'f', content: 'x'.repeat(10_000) }]);
      const type = `multipart/form-data; boundary=${BOUNDARY}`;
      const cases: [string, Buffer][] = [
        [type, whole.subarray(0, 5_000)],
        [type, form([{ name: 'file', filename: 'f', content: 'x' }], '')],
        ['multipart/form-data', whole],
        [type, Buffer.from('no form')],
        [type, Buffer.alloc(0)],
      ];
      for (const [contentType, payload] of cases) {
        const { http, body } = await workplus.request(
          'POST',
          workplus.path('/v1/medias'),
          { 'content-type': contentType },
          payload,
        );
        expect([http, body]).toEqual([200, invalid('file')]);
      }
      expect(await rows()).toBe(before);
    });

    it.each<[string, object, string]>([
      ['no name', { file_name: undefined }, 'file_name'],
      ['no content', { file_content: undefined }, 'file_content'],
      ['content that is no base64', { file_content: '文件内容' }, 'file_content'],
      ['content of another kind', { file_content: [1, 2] }, 'file_content'],
      ['a type of another kind', { file_type: {} }, 'file_type'],
    ])('JSON with %s is refused', async (_name, change, field) => {
      const body = { file_name: 'f', file_content: 'eA==', ...change };
      expect((await sendJson('/v1/medias', body)).body).toEqual(invalid(field));
    });
  });

  describe('图片上传', () => {
    it.each<[string, Buffer]>([
      ['image/png', DOT],
      ['image/jpeg', Buffer.from('ffd8ffe000104a46494600010100', 'hex')],
      ['image/gif', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00', 'latin1')],
      ['image/webp', Buffer.from('RIFF\x04\x00\x00\x00WEBPVP8 ', 'latin1')],
      ['image/bmp', Buffer.from('BM\x1e\x00\x00\x00\x00\x00\x00\x00\x1a\x00\x00\x00', 'latin1')],
    ])('%s is what its first bytes say, whatever its name and type say', async (type, content) => {
      const part = { name: 'file', filename: 'photo.exe', type: 'text/html', content };
      const id = kept(await sendForm('/v1/medias/images', [part], { width: '100', heigh: '100', quality: '0.6' }));
      const reply = await workplus.app.inject({
        method: 'GET',
        url: workplus.path(`/v1/medias/images/${id}`, { domain_id: DOMAIN_ID, width: '200' }),
      });
      expect([reply.statusCode, reply.headers['content-type'], reply.rawPayload.equals(content)]).toEqual([
        200,
        type,
        true,
      ]);
      expect(reply.headers['content-disposition']).toMatch(/^inline; /);
    });

    it('from JSON', async () => {
      const body = { file_name: 'a.png', file_content: DOT.toString('base64'), quality: 0.6, format: 'jpg', rotate: 0 };
      const id = kept(await sendJson('/v1/medias/images', body));
      expect(await info(id)).toMatchObject({ result: { metadata: { content_type: 'image/png' } } });
    });

    it.each<[string, string]>([
      ['words', 'hello'],
      ['markup called an image', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
      ['half a signature', '\x89PN'],
    ])('%s is 201402, and leaves nothing', async (_name, content) => {
      const before = await rows();
      const part = { name: 'file', filename: 'a.png', type: 'image/png', content };
      expect((await sendForm('/v1/medias/images', [part])).body).toEqual(UNSUPPORTED);
      const json = {
        file_name: 'a.png',
        file_type: 'image/png',
        file_content: Buffer.from(content).toString('base64'),
      };
      expect((await sendJson('/v1/medias/images', json)).body).toEqual(UNSUPPORTED);
      expect(await rows()).toBe(before);
    });

    it('images have a limit of their own', async () => {
      const content = Buffer.concat([DOT, Buffer.alloc(50_000)]);
      const part = { name: 'file', filename: 'a.png', content };
      expect((await sendForm('/v1/medias/images', [part])).body).toEqual(UPLOAD_FAILED);
      kept(await sendForm('/v1/medias', [part]));
    });

    it('a file that is no image is not shown as one', async () => {
      const id = kept(await sendForm('/v1/medias', [{ name: 'file', filename: 'f', content: 'x' }]));
      expect((await workplus.get(workplus.path(`/v1/medias/images/${id}`))).body).toEqual(UNSUPPORTED);
    });
  });

  it('without a token nothing is kept, shown or told', async () => {
    const before = await rows();
    const type = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
    const payload = form([{ name: 'file', filename: 'f', content: 'x' }]);
    for (const path of ['/v1/medias', '/v1/medias/images']) {
      expect((await workplus.request('POST', path, type, payload)).body).toEqual(TOKEN_NOT_FOUND);
    }
    for (const path of ['/v1/medias/x', '/v1/medias/images/x', '/v1/medias/x/info']) {
      expect((await workplus.get(path)).body).toEqual(TOKEN_NOT_FOUND);
    }
    expect(await rows()).toBe(before);
  });

  it('W36: a push may name what was uploaded', async () => {
    const id = kept(await sendForm('/v1/medias', [{ name: 'file', filename: 'f.pdf', content: 'x' }]));
    const { expects } = await workplus.pushed({
      type: 'FILE',
      body: { media_id: id, name: 'f.pdf' },
      usernames: ['lisi'],
    });
    expect(expects).toBe(1);
  });

  it('a form sent to a route that takes none is what any other unknown body is', async () => {
    const type = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
    const payload = form([{ name: 'file', filename: 'f', content: 'x' }]);
    const native = await workplus.request(
      'POST',
      '/api/v1/messages',
      { ...type, authorization: `Bearer ${workplus.organisation.key}` },
      payload,
    );
    expect([native.http, native.body]).toMatchObject([415, { code: 'unsupported_media_type' }]);
    const push = await workplus.request('POST', workplus.path('/v1/apps/mbox'), type, payload);
    expect([push.http, push.body]).toEqual([200, invalid('body')]);
  });
});

describe('a store of another product', () => {
  it('may have given out ids in the form of ours, where the settings say so', async () => {
    const workplus = await WorkPlusFixture.start({ checkMedia: false });
    const body = { media_id: '00000000-0000-4000-8000-000000000000' };
    expect(await workplus.pushed({ type: 'FILE', body, usernames: ['lisi'] })).toMatchObject({ expects: 1 });
    await workplus.close();
  });
});
