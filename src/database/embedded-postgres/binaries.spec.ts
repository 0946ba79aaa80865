import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { linkLibraries } from './binaries.js';

describe('linkLibraries', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'tidings-binaries-'));
    await mkdir(join(root, 'native/lib'), { recursive: true });
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    await writeFile(join(root, 'native/pg-symlinks.json'), JSON.stringify(links));
  });

  afterEach(() => rm(root, { recursive: true }));

  it('makes the links that npm left out, once', async () => {
    await writeFile(join(root, 'native/lib/libpq.so.5.18'), '');
    await linkLibraries(root);
    await linkLibraries(root);
    expect(await readlink(join(root, 'native/lib/libpq.so.5'))).toBe('libpq.so.5.18');
  });

  it('fails where the library itself is missing', async () => {
    await expect(linkLibraries(root)).rejects.toThrow('libpq.so.5.18');
  });
});
