import type { Config } from '../config/config.js';
import { openDatabaseServer } from './database-server.js';

/** Runs `work` with the configured database, starting and stopping the embedded one around it. */
export async function withDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  const server = await openDatabaseServer(config);
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}
