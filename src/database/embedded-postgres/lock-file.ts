import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isRunning, startOf } from './process-info.js';

/** Whose folder it is; `start` tells a process from a later one with the same id. */
interface Holder {
  pid: number;
  start?: string;
}

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Makes the data folder this process's own until released. Refuses when another living process holds it; the lock of a process
 * that is gone (killed, or from before a reboot) is taken over.
 */
export async function lockFolder(dataDir: string): Promise<FolderLock> {
  const file = join(dataDir, 'tidings.lock');
  const mine: Holder = { pid: process.pid, start: await startOf(process.pid) };
  // Written aside and then linked, so that the lock appears at once and with its content.
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, JSON.stringify(mine));
  try {
    while (!(await linkIfFree(draft, file))) {
      const holder = await livingHolder((await readIfThere(file)) ?? '');
      if (holder) throw inUse(dataDir, holder);
      await removeStale(file, draft);
    }
  } finally {
    await rm(draft, { force: true });
  }
  return { release: () => rm(file, { force: true }) };
}

function inUse(dataDir: string, holder: Holder): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The data folder ${dataDir} is in use by another Tidings (process ${holder.pid}). Stop that one first, give this one its ` +
      'own DATA_DIR, or set DATABASE_URL in both so that they share one PostgreSQL server.',
  );
}

async function linkIfFree(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the lock of a process that is gone; leaves that of a living one. Only whoever holds the guard may remove, and a lock
 * that is there is never replaced; so what was found stale is still the same file when it is removed.
 */
async function removeStale(file: string, draft: string): Promise<void> {
  const guard = `${file}.takeover`;
  if (!(await linkIfFree(draft, guard))) {
    const text = await readIfThere(guard);
    if (text !== undefined && !(await livingHolder(text))) await rm(guard, { force: true });
    else await delay(10);
    return;
  }
  try {
    const text = await readIfThere(file);
    if (text !== undefined && !(await livingHolder(text))) await rm(file);
  } finally {
    await rm(guard, { force: true });
  }
}

async function livingHolder(text: string): Promise<Holder | undefined> {
  const holder = parseHolder(text);
  if (!holder || !(await isRunning(holder.pid))) return undefined;
  return holder.start === undefined || holder.start === (await startOf(holder.pid)) ? holder : undefined;
}

function parseHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder>;
    return Number.isInteger(holder.pid) ? (holder as Holder) : undefined;
  } catch {
    // Cut short by a full disk: nobody's.
    return undefined;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
