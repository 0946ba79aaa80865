import 'reflect-metadata';
import { type INestApplication, Logger } from '@nestjs/common';
import { keepHeapLean } from './common/lean-heap.js';
import { ConfigError } from './config/config-error.js';
import { loadConfig } from './config/environment.js';
import { createApp } from './create-app.js';
import { EmbeddedPostgresError } from './database/embedded-postgres/embedded-postgres-error.js';

async function start(): Promise<void> {
  const config = loadConfig();
  const app = await createApp(config);
  stopOnSignal(app);
  await app.listen(config.port, config.host);
  keepHeapLean();
  const url = await app.getUrl();
  new Logger('Tidings').log(
    `Ready at ${url.replace('0.0.0.0', 'localhost').replace('[::]', 'localhost')} (API documentation: /docs)`,
  );
}

/** The first signal stops in good order and exits with 0; a second one does not wait. */
function stopOnSignal(app: INestApplication): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    new Logger('Tidings').log(`Stopping (${signal})`);
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Tidings did not stop in good order. ${explain(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** What a person can mend is told in one line; the rest with its stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `The HTTP port is taken: ${error.message}. Set PORT to another one.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

start().catch((error: unknown) => {
  process.stderr.write(`Tidings cannot start. ${explain(error)}\n`);
  process.exit(1);
});
