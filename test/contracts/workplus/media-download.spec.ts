import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Config } from '../../../src/config/config.js';
import { BOUNDARY, form, type Part } from './form.js';
import { type WorkPlusAnswer, WorkPlusFixture } from './fixture.js';

const NO_MEDIA = { status: 201401, message: '没有对应的媒体' };

describe('文件下载', () => {
  let workplus: WorkPlusFixture;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start();
  });
  afterAll(() => workplus.close());

  const sendForm = (path: string, parts: Part[]): Promise<WorkPlusAnswer> =>
    workplus.request(
      'POST',
      workplus.path(path),
      { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      form(parts),
    );
  const sendJson = (path: string, body: object): Promise<WorkPlusAnswer> => workplus.post(workplus.path(path), body);
  const kept = ({ body, text }: WorkPlusAnswer): string => {
    if (body.status !== 0) throw new Error(`Not kept: ${text}`);
    return body.result as string;
  };
  const info = async (id: string, query: Record<string, string> = {}): Promise<object> =>
    (await workplus.get(workplus.path(`/v1/medias/${id}/info`, query))).body;

  it('says what to save it as, and lets nothing of it run', async () => {
    const content = '<script>alert(1)</script>';
    const part = { name: 'file', filename: "蓝 天's.html", type: 'text/html', content };
    const id = kept(await sendForm('/v1/medias', [part]));
    const { headers, text } = await workplus.get(workplus.path(`/v1/medias/${id}`));
    expect(text).toBe(content);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(content.length),
      'content-disposition':
        'attachment; filename="%E8%93%9D%20%E5%A4%A9%27s.html"; filename*=UTF-8\'\'%E8%93%9D%20%E5%A4%A9%27s.html',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it.each<[string, string]>([
    ['../../../etc/passwd', 'passwd'],
    ['..\\\\..\\\\boot.ini', 'boot.ini'],
    ['/absolute/name.txt', 'name.txt'],
    ['..', 'file'],
    ['.htaccess', 'htaccess'],
    ['a\u202Etxt.exe', 'atxt.exe'],
    ['a:b?c*.txt', 'a_b_c_.txt'],
    ['x'.repeat(300) + '.pdf', 'x'.repeat(196) + '.pdf'],
  ])('the name %j is cleaned and leads nowhere', async (filename, name) => {
    const id = kept(await sendForm('/v1/medias', [{ name: 'file', filename, content: 'x' }]));
    expect(await info(id)).toMatchObject({ result: { name } });
    const json = { file_name: filename.replaceAll('\\\\', '\\'), file_content: 'eA==' };
    expect(await info(kept(await sendJson('/v1/medias', json)))).toMatchObject({ result: { name } });
  });

  it('info finds a file by its digest, the newest of several', async () => {
    const part = { name: 'file', filename: 'twice', content: 'the same bytes' };
    const first = kept(await sendForm('/v1/medias', [part]));
    await workplus.app.clock.advance(1_000);
    const second = kept(await sendForm('/v1/medias', [part]));
    expect(second).not.toBe(first);
    const digest = createHash('md5').update('the same bytes').digest('hex');
    expect(await info(digest, { type: 'DIGEST' })).toMatchObject({ result: { id: second } });
    expect(await info(digest.toUpperCase(), { type: 'digest' })).toMatchObject({ result: { id: second } });
    expect(await info(digest)).toEqual(NO_MEDIA);
  });

  it.each([
    '00000000-0000-4000-8000-000000000000',
    'Z3JvdXAxL00wMC8wMC8wMi9yQkFCR1ZpQ3VOaUFRdkx1QUFBTFgwUW9fVXM4MDMucG5n',
    '..%2F..%2F..%2Fetc%2Fpasswd',
    '%2e%2e%2fsecrets-key',
    'a%00b',
    '~1',
  ])('%s, which is no file here, is 201401', async (id) => {
    for (const path of [`/v1/medias/${id}`, `/v1/medias/images/${id}`, `/v1/medias/${id}/info`]) {
      const { http, body } = await workplus.get(workplus.path(path));
      expect([path, http, body]).toEqual([path, 200, NO_MEDIA]);
    }
  });

  it("another organisation's file is no file here; another application's is", async () => {
    const id = kept(await sendForm('/v1/medias', [{ name: 'file', filename: 'f', content: 'secret' }]));
    await workplus.application('sibling', 'SiblingKey', {});
    const elsewhere = await workplus.app.organisation();
    await workplus.application('foreign', 'ForeignKey', {}, elsewhere.code);
    const sibling = await workplus.grant('SiblingKey');
    const foreign = await workplus.grant('ForeignKey');
    expect((await workplus.get(`/v1/medias/${id}?access_token=${sibling}`)).text).toBe('secret');
    for (const part of ['', '/info']) {
      expect((await workplus.get(`/v1/medias/${id}${part}?access_token=${foreign}`)).body).toEqual(NO_MEDIA);
    }
    const digest = createHash('md5').update('secret').digest('hex');
    const byDigest = `/v1/medias/${digest}/info?type=DIGEST&access_token=${foreign}`;
    expect((await workplus.get(byDigest)).body).toEqual(NO_MEDIA);
  });

  it('a file that somebody took from the disk is 201400', async () => {
    const id = kept(await sendForm('/v1/medias', [{ name: 'file', filename: 'f', content: 'x' }]));
    await rm(join(workplus.app.nest.get(Config).dataDir, 'media', workplus.organisation.id, id.slice(0, 2), id));
    const { http, body } = await workplus.get(workplus.path(`/v1/medias/${id}`));
    expect([http, body]).toEqual([200, { status: 201400, message: '媒体操作异常' }]);
  });
});
