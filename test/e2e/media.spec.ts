import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Config } from '../../src/config/config.js';
import { MediaFiles } from '../../src/media/media-files.js';
import { MediaStore, type NewMedia } from '../../src/media/media-store.js';
import { startTestApp, type TestApp, type TestOrganisation } from '../support/test-app.js';

/** In pieces, as they come from a network. */
const pieces = (...texts: string[]): Readable => Readable.from(texts.map((text) => Buffer.from(text)));

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('kept files', () => {
  let app: TestApp;
  let organisation: TestOrganisation;
  let store: MediaStore;
  let folder: string;
  let owner: number;

  beforeAll(async () => {
    app = await startTestApp();
    organisation = await app.organisation();
    owner = Number(organisation.id);
    store = app.nest.get(MediaStore, { strict: false });
    folder = join(app.nest.get(Config).dataDir, 'media');
  });
  afterAll(() => app.close());

  const media = (content: Readable | Buffer, change: Partial<NewMedia> = {}): NewMedia => ({
    name: 'a.txt',
    contentType: 'text/plain',
    maxBytes: 1_000,
    imageOnly: false,
    content,
    ...change,
  });
  /** Every file on disk, below the folder of media. */
  const files = async (): Promise<string[]> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  };

  it('stand on disk under their id, readable by nobody else, and come back as they were', async () => {
    const saved = await store.save(owner, media(pieces('Grüße, ', '世界')));
    const path = join(folder, String(owner), saved.id.slice(0, 2), saved.id);
    expect(await readFile(path, 'utf8')).toBe('Grüße, 世界');
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect(await store.find(owner, saved.id)).toEqual({ ...saved, organisationId: owner });
    expect(saved).toMatchObject({ name: 'a.txt', contentType: 'text/plain', image: false, size: 15 });
    const handle = await store.open(owner, saved);
    expect(await textOf(handle?.createReadStream() ?? pieces())).toBe('Grüße, 世界');
  });

  it.each<[string, () => NewMedia, string]>([
    ['too large at once', () => media(Buffer.alloc(1_001)), 'media_too_large'],
    ['too large in the end', () => media(pieces('x'.repeat(900), 'y'.repeat(200))), 'media_too_large'],
    ['no image', () => media(Buffer.from('x'), { imageOnly: true }), 'not_an_image'],
    ['empty', () => media(Buffer.alloc(0)), 'empty_media'],
    ['empty in pieces', () => media(pieces()), 'empty_media'],
  ])('that are %s leave nothing behind', async (_name, make, code) => {
    const before = await files();
    await expect(store.save(owner, make())).rejects.toMatchObject({ code });
    expect(await files()).toEqual(before);
  });

  it('that break off leave nothing behind', async () => {
    const before = await files();
    const broken = new Readable({
      read() {
        this.push('x');
        this.destroy(new Error('the line went dead'));
      },
    });
    await expect(store.save(owner, media(broken))).rejects.toThrow('the line went dead');
    expect(await files()).toEqual(before);
  });

  it('whose row cannot be written leave nothing behind', async () => {
    const before = await files();
    await expect(store.save(999_999, media(Buffer.from('x')))).rejects.toThrow('media_organisation_fkey');
    expect(await files()).toEqual(before);
  });

  it('under one id are kept once', async () => {
    const id = randomUUID();
    const both = await Promise.allSettled([
      store.save(owner, media(Buffer.from('one'), { id })),
      store.save(owner, media(Buffer.from('two'), { id })),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
  });

  it('of many callers at the same time do not mix', async () => {
    const texts = Array.from({ length: 20 }, (_, n) => `file ${n} `.repeat(20));
    const saved = await Promise.all(
      texts.map((text) => store.save(owner, media(pieces(text.slice(0, 9), text.slice(9))))),
    );
    const read = await Promise.all(
      saved.map(async (one) => textOf((await store.open(owner, one))?.createReadStream() ?? pieces())),
    );
    expect(read).toEqual(texts);
  });

  it('are those of one organisation: another finds, opens and counts none of them', async () => {
    const saved = await store.save(owner, media(Buffer.from('secret')));
    const other = Number((await app.organisation()).id);
    expect(await store.find(other, saved.id)).toBeUndefined();
    expect(await store.open(other, saved)).toBeUndefined();
    expect(await store.findByDigest(other, saved.digest)).toBeUndefined();
    expect(await store.missing(other, [saved.id])).toEqual([saved.id]);
    expect(await store.missing(owner, [saved.id])).toEqual([]);
  });

  it('left half written by a process that died are taken away a day later', async () => {
    const unfinished = join(folder, 'unfinished');
    await mkdir(unfinished, { recursive: true });
    const now = app.clock.now().getTime();
    for (const [name, hours] of [
      ['old', 25],
      ['recent', 23],
    ] as const) {
      await writeFile(join(unfinished, name), 'x');
      const at = new Date(now - hours * 3_600_000);
      await utimes(join(unfinished, name), at, at);
    }
    await app.nest.get(MediaFiles, { strict: false }).onApplicationBootstrap();
    expect(await readdir(unfinished)).toEqual(['recent']);
  });

  it('that somebody took from the disk are not there', async () => {
    const saved = await store.save(owner, media(Buffer.from('gone')));
    await rm(join(folder, String(owner), saved.id.slice(0, 2), saved.id));
    expect(await store.open(owner, saved)).toBeUndefined();
  });

  it.each(['../../secrets-key', 'x', '', '00000000-0000-4000-8000-00000000000', '%2e%2e'])(
    'are not found under %j, which is no id',
    async (id) => {
      expect(await store.find(owner, id)).toBeUndefined();
    },
  );
});
