import { type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditHook } from './access/audit-hook.js';
import { AppModule } from './app.module.js';
import { registerBodyParsers } from './common/body-parsers.js';
import { DIALECT_ENVELOPES, type DialectEnvelope } from './common/dialect-envelope.js';
import { TidingsLogger } from './common/tidings-logger.js';
import { type Config, LOG_LEVELS } from './config/config.js';
import { RECEIPTS_PATH } from './deliveries/receipts-path.js';
import { registerImportBody } from './recipients/import/import-body.js';
import { setUpDocs } from './docs/set-up-docs.js';

/** How Fastify is set up, whatever the configuration. */
export const ADAPTER_OPTIONS = { trustProxy: false, forceCloseConnections: 'idle' } as const;

/** The application, assembled and initialised but not listening. `root` lets tests replace parts. */
export async function createApp(
  config: Config,
  root: Type | DynamicModule = AppModule.register(config),
): Promise<NestFastifyApplication> {
  const levels = LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(config.logLevel) + 1);
  const adapter = new FastifyAdapter({ ...ADAPTER_OPTIONS, bodyLimit: config.bodyLimitBytes });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: new TidingsLogger(levels),
    bodyParser: false,
    abortOnError: false,
  });
  await prepareApp(app);
  return app;
}

/** What every instance needs, also one that a test built by itself. */
export async function prepareApp(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  registerBodyParsers(fastify, app.get<DialectEnvelope[]>(DIALECT_ENVELOPES), RECEIPTS_PATH);
  registerImportBody(fastify);
  app.get(AuditHook).register(fastify);
  setUpDocs(app);
  await app.init();
  await fastify.ready();
}
