import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from '../support/server-process.js';
import { ADMIN_KEY, type BenchLine, figure } from './bench-line.js';

const STARTS = 3;

async function startOnce(dataDir: string): Promise<number> {
  const server = await ServerProcess.start({ DATA_DIR: dataDir }, ADMIN_KEY);
  await server.stop();
  return server.startedIn / 1000;
}

export const START: BenchLine = {
  name: 'start',
  about: 'from the start of the process, with a PostgreSQL of its own, to the first answered request',
  run: async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tidings-start-'));
    try {
      const first = await startOnce(dataDir);
      const later: number[] = [];
      for (let n = 0; n < STARTS; n++) later.push(await startOnce(dataDir));
      return [
        figure('start: the very first, making the database', first, 's'),
        figure('start: with an existing database, the slowest', Math.max(...later), 's', 3),
      ];
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};
