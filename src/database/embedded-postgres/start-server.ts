import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { ServerProcess, type ServerOptions } from './server-process.js';

const ATTEMPTS = 50;
const PAUSE_MILLISECONDS = 100;

export interface RunningServer {
  port: number;
  server: ServerProcess;
}

/** Starts PostgreSQL on a given port, or on any free one when it is 0. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  let lines: readonly string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = options.port || (await freePort());
    const server = new ServerProcess({ ...options, port });
    const failure = await server.start();
    if (!failure) return { port, server };
    lines = failure;
    const portTaken = lines.some((line) => line.includes('Address already in use'));
    if (portTaken && options.port) {
      throw new EmbeddedPostgresError(
        `Port ${port} on 127.0.0.1 is taken, so the embedded PostgreSQL cannot use it. ` +
          'Set EMBEDDED_POSTGRES_PORT to another port, or to 0 for any free one.',
      );
    }
    // A server that was killed leaves processes behind which hold its memory until they notice; that is soon.
    const remnants = lines.some((line) => line.includes('pre-existing shared memory block'));
    if (!portTaken && !remnants) break;
    await delay(PAUSE_MILLISECONDS);
  }
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL in ${options.folder} did not start:\n${lines.join('\n') || '(it said nothing)'}`,
  );
}

/** PostgreSQL itself cannot choose a port. Another program may take this one first; hence the attempts. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
