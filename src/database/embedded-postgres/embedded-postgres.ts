import { access, constants, mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { locateBinaries } from './binaries.js';
import { DATABASE_NAME, prepareCluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { lockFolder } from './lock-file.js';
import { stopOrphan } from './orphan.js';
import { chooseRunAs } from './run-as.js';
import { startServer } from './start-server.js';

export interface EmbeddedPostgresOptions {
  /** Folder of Tidings' own data; the cluster is kept in `postgres` below it. Made when missing. */
  dataDir: string;
  /** TCP port on 127.0.0.1; 0 takes any free one. */
  port: number;
  /** Takes each line the server logs, and what is done to start it. */
  log: (line: string) => void;
  /** Whether a commit survives a power cut; false only for tests. */
  durable?: boolean;
}

export interface EmbeddedPostgres {
  /** Connection URL of the database `tidings`, password included. */
  url: string;
  /** Resolves when the server is gone: stopped, or ended by itself, which no caller can work on after. */
  ended: Promise<void>;
  /** Ends all sessions and shuts the server down cleanly; may be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of Tidings' own on the data folder, making it first where there is none, and clearing up after an earlier
 * Tidings that was killed. Throws {@link EmbeddedPostgresError} when another Tidings uses the folder, when the port is taken, or
 * when the programs cannot be run.
 *
 * @example
 * const postgres = await startEmbeddedPostgres({ dataDir: '.data', port: 0, log: (line) => logger.debug(line) });
 * // … postgres.url is postgres://tidings:<password>@127.0.0.1:<port>/tidings
 * await postgres.stop();
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = await openFolder(options.dataDir);
  const lock = await lockFolder(dataDir);
  try {
    const server = await startOn(dataDir, options);
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= server.stop().then(() => lock.release()));
    return { ...server, stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The folder's one real path, which a server that was left behind is known by. */
async function openFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
    return await realpath(path);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new EmbeddedPostgresError(`The data folder ${path} (DATA_DIR) cannot be used: ${reason}.`, { cause });
  }
}

async function startOn(dataDir: string, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { port, log, durable = true } = options;
  const folder = join(dataDir, 'postgres');
  const binaries = await locateBinaries();
  const runAs = await chooseRunAs(binaries, dataDir);
  await stopOrphan(folder, log);
  const password = await prepareCluster({ folder, binaries, runAs, durable });
  const { server, port: chosenPort } = await startServer({ folder, port, binaries, runAs, durable, log });
  const address = `postgres://${DATABASE_NAME}:${password}@127.0.0.1:${chosenPort}`;
  try {
    await ensureDatabase(`${address}/postgres`, folder);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: `${address}/${DATABASE_NAME}`, ended: server.ended, stop: () => server.stop() };
}

async function ensureDatabase(url: string, folder: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE_NAME]);
    if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL runs, but its database cannot be reached: ${(cause as Error).message}. ` +
        `If the password is refused, ${folder}-password is not the one this cluster was made with.`,
      { cause },
    );
  } finally {
    await client.end();
  }
}
