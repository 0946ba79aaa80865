import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockFolder } from './lock-file.js';
import { startOf } from './process-info.js';

describe('lockFolder', () => {
  let folder: string;
  const file = (): string => join(folder, 'tidings.lock');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidings-lock-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('holds the folder until it is released, and leaves nothing behind', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(`${folder} is in use by another Tidings (process ${process.pid})`);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    await (await lockFolder(folder)).release();
  });

  it('goes to exactly one of many that start at once over a stale lock', async () => {
    await writeFile(file(), JSON.stringify({ pid: 2 ** 30 }));
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    expect(attempts.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['tidings.lock']);
  });

  it.each([
    ['a process that is gone', JSON.stringify({ pid: 2 ** 30 })],
    ['an earlier process with the same id', JSON.stringify({ pid: process.pid, start: 'another-boot/1' })],
    ['nobody, its content being cut short', '{"pid":'],
  ])('is taken over from %s', async (_, content) => {
    await writeFile(file(), content);
    const lock = await lockFolder(folder);
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual({ pid: process.pid, start: await startOf(process.pid) });
    await lock.release();
  });
});
