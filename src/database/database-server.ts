import { Logger } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { startEmbeddedPostgres } from './embedded-postgres/embedded-postgres.js';

/** The database server: a given one, or the embedded one, which this process starts and stops. */
export interface DatabaseServer {
  url: string;
  /** Resolves when the embedded server ends; never for a given one. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

const NEVER = new Promise<void>(() => undefined);

/** Opens the server that the configuration names. */
export async function openDatabaseServer(config: Config): Promise<DatabaseServer> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, ended: NEVER, stop: () => Promise.resolve() };
  const logger = new Logger('EmbeddedPostgres');
  return startEmbeddedPostgres({
    dataDir: config.dataDir,
    port: config.embeddedPostgresPort,
    log: (line) => logger.debug(line),
  });
}
