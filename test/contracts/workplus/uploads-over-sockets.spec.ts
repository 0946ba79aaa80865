import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Config } from '../../../src/config/config.js';
import { WorkPlusFixture } from './fixture.js';

const UPLOAD_FAILED = { status: 201404, message: '上传媒体失败' };

describe('uploads over real connections', () => {
  let workplus: WorkPlusFixture;
  let base: string;

  beforeAll(async () => {
    workplus = await WorkPlusFixture.start({ fileMaxBytes: 3_000_000 });
    await workplus.app.nest.listen(0, '127.0.0.1');
    base = await workplus.app.nest.getUrl();
  });
  afterAll(() => workplus.close());

  const upload = async (bytes: number, token = workplus.token): Promise<unknown> => {
    const body = new FormData();
    body.set('filename', 'ignored.bin');
    body.set('file', new Blob([Buffer.alloc(bytes, 'x')], { type: 'application/x-thing' }), '大.bin');
    const reply = await fetch(`${base}/v1/medias?access_token=${token}`, { method: 'POST', body });
    return reply.json();
  };
  const unfinished = async (): Promise<string[]> =>
    readdir(join(workplus.app.nest.get(Config).dataDir, 'media', 'unfinished')).catch(() => []);

  it('a client library’s form is kept as it was', async () => {
    const { status, result } = (await upload(3_000_000)) as { status: number; result: string };
    expect(status).toBe(0);
    const reply = await fetch(`${base}/v1/medias/${result}?access_token=${workplus.token}`);
    expect(reply.headers.get('content-disposition')).toContain("filename*=UTF-8''%E5%A4%A7.bin");
    expect((await reply.arrayBuffer()).byteLength).toBe(3_000_000);
  });

  it('one too large, or of nobody known, is answered, and others go on', async () => {
    const answers = await Promise.all([
      upload(12_000_000),
      upload(1_000_000, 'none'),
      upload(1_000),
      upload(3_000_001),
    ]);
    expect(answers).toMatchObject([UPLOAD_FAILED, { status: 10011 }, { status: 0 }, UPLOAD_FAILED]);
    expect(await upload(10)).toMatchObject({ status: 0 });
    expect(await unfinished()).toEqual([]);
  });

  it('a client that goes away in the middle leaves nothing', async () => {
    const before = await workplus.query('SELECT id FROM media ORDER BY id', []);
    const { hostname, port } = new URL(base);
    const head =
      `POST /v1/medias?access_token=${workplus.token} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n` +
      'Content-Type: multipart/form-data; boundary=b\r\n\r\n' +
      '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nxxxx';
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(head));
      // The file is opened before the client goes.
      const look = (): void => {
        void unfinished().then((names) => (names.length > 0 ? socket.destroy() : setImmediate(look)));
      };
      look();
      socket.once('close', () => resolve());
    });
    while ((await unfinished()).length > 0) await new Promise(setImmediate);
    expect(await workplus.query('SELECT id FROM media ORDER BY id', [])).toEqual(before);
    expect(await upload(10)).toMatchObject({ status: 0 });
  });
});
