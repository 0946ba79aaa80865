import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool, type QueryResultRow } from 'pg';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/database/embedded-postgres/embedded-postgres.js';
import { pause } from '../support/pause.js';
import { openScratch } from '../support/scratch-server.js';

/** `fast` ends all sessions and shuts down in order; `immediate` drops everything, and the next start recovers from the log. */
export type RestartMode = 'fast' | 'immediate';

/** Stops the server, leaves it away for so many milliseconds, and starts it. */
type Restart = (mode: RestartMode, away: number) => Promise<void>;

const PATIENCE_MILLISECONDS = 60_000;

/** The database of a run. Its queries wait out the restarts. */
export class ChaosDatabase {
  private readonly pool: Pool;

  private constructor(
    readonly url: string,
    readonly dataDir: string,
    /** Absent where the server is somebody else's. */
    readonly restart: Restart | undefined,
    private readonly release: () => Promise<void>,
  ) {
    this.pool = new Pool({ connectionString: url, max: 4 });
    this.pool.on('error', () => undefined);
  }

  /** On the server that DATABASE_URL names, which is not restarted, or on an embedded one of the run's own. */
  static async open(): Promise<ChaosDatabase> {
    if (process.env['DATABASE_URL'] !== undefined) {
      const scratch = await openScratch();
      return new ChaosDatabase(scratch.url, scratch.dataDir, undefined, () => scratch.remove());
    }
    const dataDir = await mkdtemp(join(tmpdir(), 'tidings-chaos-'));
    let server = await startEmbeddedPostgres({ dataDir, port: 0, log: () => undefined });
    const port = Number(new URL(server.url).port);
    const restart: Restart = async (mode, away) => {
      if (mode === 'immediate') await quit(server, dataDir);
      await server.stop();
      await pause(away);
      server = await startEmbeddedPostgres({ dataDir, port, log: () => undefined });
    };
    return new ChaosDatabase(server.url, dataDir, restart, async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    });
  }

  async query<T extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    for (const end = Date.now() + PATIENCE_MILLISECONDS; ;) {
      try {
        return (await this.pool.query<T>(sql, values)).rows;
      } catch (error) {
        if (Date.now() > end || !isAway(error)) throw error;
        await pause(50);
      }
    }
  }

  async count(sql: string, values: unknown[] = []): Promise<number> {
    const [row] = await this.query<{ n: string }>(sql, values);
    return Number(row?.n);
  }

  /** Waits until no session of that name is left: a statement of a killed process may still be running. */
  async sessionsEnd(name: string): Promise<void> {
    const left = 'SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = $1';
    while ((await this.count(left, [name])) > 0) await pause(10);
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.release();
  }
}

/** SIGQUIT to the server itself: no goodbye, no checkpoint. */
async function quit(server: EmbeddedPostgres, dataDir: string): Promise<void> {
  const [pid] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGQUIT');
  await server.ended;
}

/** Connection failures have no SQL state, or one of the classes 08 and 57P. */
function isAway(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === undefined || /^(08|57P|E[A-Z]+$)/.test(code);
}
