import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TidingsLogger } from '../common/tidings-logger.js';
import { ROLES } from '../config/config.js';
import { loadConfig } from '../config/environment.js';
import { createApp } from '../create-app.js';
import { MailServer } from './mail-server.js';
import { VendorSimulators } from './vendors/vendor-simulators.js';

/** What the demo runs: Tidings with a database of its own, and a mail server. */
export interface RunningDemo {
  baseUrl: string;
  adminKey: string;
  dataDir: string;
  mails: MailServer;
  /** Only where they were asked for. */
  simulators?: VendorSimulators;
  /** Stops everything in good order. */
  close(): Promise<void>;
}

/**
 * Starts everything, with `vendors` the simulators of the vendors too, whatever DATABASE_URL and ROLES say: the demo's people do not belong into somebody's database.
 * @throws ConfigError, EmbeddedPostgresError, and what `listen` throws when the port is taken
 */
export async function startTidings({ vendors }: { vendors: boolean }): Promise<RunningDemo> {
  // What keeps it from starting is told by the demo, in one line; Nest would tell it too.
  const config = Object.assign(loadConfig(), { databaseUrl: undefined, roles: ROLES, logLevel: 'fatal' });
  if (vendors) Object.assign(config, { publicUrl: config.publicUrl ?? `http://127.0.0.1:${config.port}` });
  const app = await createApp(config);
  try {
    await app.listen(config.port, config.host);
    app.useLogger(new TidingsLogger(['fatal', 'error', 'warn']));
    const mails = await MailServer.start(join(config.dataDir, 'demo-mails'));
    const simulators = vendors ? await VendorSimulators.start() : undefined;
    return {
      baseUrl: await urlOf(app),
      adminKey: config.adminApiKey ?? (await readFile(join(config.dataDir, 'admin-api-key'), 'utf8')).trim(),
      dataDir: config.dataDir,
      mails,
      ...(simulators === undefined ? {} : { simulators }),
      close: async () => {
        await app.close();
        await mails.close();
        await simulators?.stop();
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** An address that can be called: listening on every interface is none. */
async function urlOf(app: NestFastifyApplication): Promise<string> {
  const url = await app.getUrl();
  return url.replace('0.0.0.0', '127.0.0.1').replace('[::]', '127.0.0.1');
}
