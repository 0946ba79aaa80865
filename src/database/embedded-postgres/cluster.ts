import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.js';
import { runCommand } from './command.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { RunAs } from './run-as.js';
import type { ServerUser } from './server-user.js';

/** Name of the superuser and of the database. */
export const DATABASE_NAME = 'tidings';

export interface ClusterOptions {
  /** Folder of the cluster itself; its password lies beside it in `<folder>-password`. */
  folder: string;
  binaries: Binaries;
  runAs: RunAs;
  /** Whether the new files are flushed to disk. */
  durable: boolean;
}

/** Makes the cluster on first use, sees to its owner later, and returns the password of its user. */
export async function prepareCluster(options: ClusterOptions): Promise<string> {
  const { folder, runAs } = options;
  await removeUnfinished(folder);
  await passOwnership(folder, runAs.owner);
  if (await isEmptyOrMissing(folder)) return createCluster(options);
  await stat(join(folder, 'PG_VERSION')).catch((cause: unknown) => {
    throw new EmbeddedPostgresError(`${folder} holds no PostgreSQL cluster that Tidings can read; move it away.`, {
      cause,
    });
  });
  const password = await readPassword(folder);
  if (password) return password;
  throw new EmbeddedPostgresError(
    `The password of the PostgreSQL cluster in ${folder} is missing: bring back ${passwordFile(folder)} from a backup.`,
  );
}

/** initdb works in a folder of its own that is renamed when complete, so a kill in the middle leaves nothing half made. */
async function createCluster({ folder, binaries, runAs, durable }: ClusterOptions): Promise<string> {
  const password = (await readPassword(folder)) || (await writePassword(folder));
  const workplace = await mkdtemp(unfinishedPrefix(folder));
  const [cluster, secret] = [join(workplace, 'cluster'), join(workplace, 'password')];
  await writeFile(secret, password, { mode: 0o600 });
  await mkdir(cluster, { mode: 0o700 });
  if (runAs.owner) for (const path of [workplace, cluster, secret]) await chown(path, runAs.owner.uid, runAs.owner.gid);
  const { code, output } = await runCommand(binaries.initdb, initdbArguments(cluster, secret, durable), runAs);
  if (code !== 0) {
    throw new EmbeddedPostgresError(`PostgreSQL's initdb failed (exit code ${code}):\n${output.trim()}`);
  }
  await rename(cluster, folder);
  if (durable) await syncFolder(dirname(folder));
  await rm(workplace, { recursive: true, force: true });
  return password;
}

function initdbArguments(cluster: string, secret: string, durable: boolean): string[] {
  return [
    `--pgdata=${cluster}`,
    `--username=${DATABASE_NAME}`,
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own C.UTF-8 depends on no locale of the machine and sorts alike everywhere.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    ...(durable ? [] : ['--no-sync']),
  ];
}

function unfinishedPrefix(folder: string): string {
  return `${folder}.unfinished-`;
}

async function removeUnfinished(folder: string): Promise<void> {
  const prefix = basename(unfinishedPrefix(folder));
  for (const name of await readdir(dirname(folder))) {
    // Retries, because an initdb whose Tidings was killed may still be writing there.
    if (name.startsWith(prefix)) {
      await rm(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 20 });
    }
  }
}

async function isEmptyOrMissing(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}

/** The owner changes when Tidings is run as root in another way than before; PostgreSQL insists on owning its folder. */
async function passOwnership(folder: string, owner: ServerUser | undefined): Promise<void> {
  const uid = await stat(folder).then(
    (folder) => folder.uid,
    () => undefined,
  );
  if (uid === undefined || uid === (owner?.uid ?? process.getuid?.())) return;
  const result = owner && (await runCommand('chown', ['-R', `${owner.uid}:${owner.gid}`, folder]));
  if (result?.code === 0) return;
  throw new EmbeddedPostgresError(
    `${folder} belongs to uid ${uid}, not to the user that runs PostgreSQL. Start Tidings as the user that made it, or ` +
      `give the folder to this one (chown -R). ${result?.output ?? ''}`.trimEnd(),
  );
}

function passwordFile(folder: string): string {
  return `${folder}-password`;
}

async function readPassword(folder: string): Promise<string> {
  try {
    return (await readFile(passwordFile(folder), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

async function writePassword(folder: string): Promise<string> {
  const password = randomBytes(24).toString('hex');
  // An existing file would keep its mode.
  await rm(passwordFile(folder), { force: true });
  await writeFile(passwordFile(folder), `${password}\n`, { mode: 0o600, flush: true });
  return password;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
