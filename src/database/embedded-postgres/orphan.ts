import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { commandOf, isRunning } from './process-info.js';

/** A fast shutdown writes all dirty buffers; on a slow disk that takes its time. */
const SHUTDOWN_MILLISECONDS = 60_000;

/**
 * Stops the PostgreSQL server that an earlier Tidings left running on this folder because it was killed. The caller holds the
 * folder's lock, so a server found here is nobody's.
 */
export async function stopOrphan(folder: string, log: (line: string) => void): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (!(await commandOf(pid)).includes(` -D ${folder} `)) {
    // PostgreSQL takes any living process with that id for its server and would refuse to start.
    if (await isRunning(pid)) await rm(file, { force: true });
    return;
  }
  log(`stopping the server that an earlier Tidings left running (process ${pid})`);
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + SHUTDOWN_MILLISECONDS;
  while (await isRunning(pid)) {
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `The PostgreSQL server (process ${pid}) that an earlier Tidings left running on ${folder} does not stop. ` +
          `Stop it by hand (kill -QUIT ${pid}) and start Tidings again.`,
      );
    }
    await delay(20);
  }
}
