import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
import { isRunning } from './process-info.js';

const BUILT = fileURLToPath(
  new URL('../../../dist/src/database/embedded-postgres/embedded-postgres.js', import.meta.url),
);

/** Another Tidings on the same folder: prints the database's URL and then runs until it is killed. */
function startElsewhere(dataDir: string, afterwards = 'setInterval(() => {}, 60_000)'): ChildProcess {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(BUILT)};
    const dataDir = ${JSON.stringify(dataDir)};
    const { url } = await startEmbeddedPostgres({ dataDir, port: 0, log: () => {}, durable: false });
    console.log(url);
    ${afterwards};`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('started without a pipe');
  const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string];
  return line;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>({ text: sql })).rows;
  } finally {
    await client.end();
  }
}

async function serverPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}

describe('startEmbeddedPostgres', () => {
  let dataDir: string;
  let running: EmbeddedPostgres | undefined;
  let lines: string[] = [];

  /** Starts on the folder that the tests share, so that one initdb serves them all. */
  async function start(port = 0): Promise<EmbeddedPostgres> {
    lines = [];
    running = await startEmbeddedPostgres({ dataDir, port, log: (line) => lines.push(line), durable: false });
    return running;
  }

  beforeAll(async () => {
    // mkdtemp makes a folder that only its owner may enter: for root the harder case.
    dataDir = await mkdtemp(join(tmpdir(), 'tidings-embedded-'));
    // What a first start leaves that was killed in the middle.
    await mkdir(join(dataDir, 'postgres.unfinished-abc123/cluster/base'), { recursive: true });
    await writeFile(join(dataDir, 'postgres-password'), '');
  });

  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('makes a database that keeps its content over a restart', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    await expect(query(first.url, 'SELECT')).rejects.toThrow('ECONNREFUSED');

    const second = await start();
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(lines.join('\n')).not.toContain('recovery');
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-password', 'tidings.lock']);
  });

  it('is PostgreSQL 18 in UTF-8, reached by password over the loopback interface only', async () => {
    const { url } = await start();
    const settings = `SELECT current_setting('server_version_num')::int / 10000 AS major, current_database() AS database,
      current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS addresses,
      current_setting('unix_socket_directories') AS sockets, upper('é') AS upper`;
    expect(await query(url, settings)).toEqual([
      { major: 18, database: 'tidings', encoding: 'UTF8', addresses: '127.0.0.1', sockets: '', upper: 'É' },
    ]);
    expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT')).rejects.toThrow('password authentication failed');
  });

  it('stops the server that a killed Tidings left behind, and starts it anew', async () => {
    const other = startElsewhere(dataDir);
    const url = await firstLine(other);
    other.kill('SIGKILL');
    await once(other, 'exit');
    await query(url, 'CREATE TABLE written_to_the_orphan AS SELECT 1 AS row');
    const orphan = await serverPid(dataDir);

    await start();
    expect(await isRunning(orphan)).toBe(false);
    expect(await serverPid(dataDir)).not.toBe(orphan);
    expect(await query(running?.url ?? '', 'SELECT * FROM written_to_the_orphan')).toEqual([{ row: 1 }]);
    expect(lines.join('\n')).not.toContain('recovery');
  });

  it('recovers when the server itself was killed, and says that it ended', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE survived AS SELECT 1 AS row');
    process.kill(await serverPid(dataDir), 'SIGKILL');
    await first.ended;
    expect(lines.at(-1)).toBe('the server ended by itself (exit SIGKILL)');
    await first.stop();

    const second = await start();
    expect(await query(second.url, 'SELECT * FROM survived')).toEqual([{ row: 1 }]);
    expect(lines.join('\n')).toContain('automatic recovery in progress');
  });

  it('is stopped when Tidings comes to its end without stopping it', async () => {
    const other = startElsewhere(dataDir, '');
    await firstLine(other);
    expect(await once(other, 'exit')).toEqual([0, null]);
    await start();
    expect(lines.join('\n')).not.toContain('recovery');
  });

  it('takes no unrelated process for its server when process ids are used again', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'postgres/postmaster.pid'), `${process.pid}\n`);
    expect(await query((await start()).url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
  });

  it('refuses a folder that another Tidings uses, naming both', async () => {
    const other = startElsewhere(dataDir);
    const url = await firstLine(other);
    const error: unknown = await start().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(EmbeddedPostgresError);
    expect(String(error)).toContain(`${dataDir} is in use by another Tidings (process ${other.pid})`);
    expect(await query(url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    other.kill('SIGKILL');
    await once(other, 'exit');
  });

  it('names the port and the variable when the port is taken, and lets go of the folder', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    await expect(start(port)).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
    await expect(start(port)).rejects.toThrow('EMBEDDED_POSTGRES_PORT');
    occupant.close();
    await once(occupant, 'close');
    expect(new URL((await start(port)).url).port).toBe(String(port));
  });

  it('also works where every user may enter the folder', async () => {
    await chmod(dataDir, 0o755);
    expect(await query((await start()).url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('does not start without the password of its cluster', async () => {
    await rm(join(dataDir, 'postgres-password'));
    await expect(start()).rejects.toThrow('postgres-password from a backup');
  });
});
