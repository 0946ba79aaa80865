import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { ConfigError } from './config-error.js';
import { ConfigModule } from './config.module.js';
import { Config } from './config.js';
import { ENVIRONMENT_VARIABLES, loadConfig } from './environment.js';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('needs nothing: an empty environment gives the defaults', () => {
    const config = loadConfig({});
    expect(Object.fromEntries(Object.entries(config))).toEqual({
      port: 3000,
      host: '0.0.0.0',
      dataDir: resolve('.data'),
      databaseUrl: undefined,
      databasePoolSize: 10,
      roles: ['api', 'worker', 'scheduler', 'realtime'],
      adminApiKey: undefined,
      secretsKey: undefined,
      logLevel: 'log',
      deliveryRetentionDays: 180,
      bodyLimitBytes: 1048576,
      workerConcurrency: 4,
      shutdownGraceSeconds: 10,
      embeddedPostgresPort: 0,
    });
    expect(config).toBeInstanceOf(Config);
  });

  it('reads what is set, and takes an empty variable for an unset one', () => {
    const config = loadConfig({
      PORT: '',
      HOST: '::1',
      DATABASE_URL: 'postgresql://u:p@db:5432/tidings',
      ROLES: 'worker, api,worker',
      ADMIN_API_KEY: ' 0123456789abcdef ',
      LOG_LEVEL: 'warn',
      DELIVERY_RETENTION_DAYS: '3650',
    });
    expect(config).toMatchObject({
      port: 3000,
      host: '::1',
      databaseUrl: 'postgresql://u:p@db:5432/tidings',
      roles: ['worker', 'api'],
      adminApiKey: '0123456789abcdef',
      logLevel: 'warn',
      deliveryRetentionDays: 3650,
    });
  });

  it('takes the secrets key as base64 and as hexadecimal digits', () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 8));
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      expect(loadConfig({ SECRETS_KEY: key.toString(encoding) }).secretsKey).toEqual(key);
    }
  });

  it('names every wrong variable, what was wrong and what is allowed, one per line', () => {
    expect(problemsOf({ PORT: '70000', ROLES: 'api,cook', LOG_LEVEL: 'loud', DELIVERY_RETENTION_DAYS: '0' })).toEqual([
      'PORT: "70000" is not allowed; it takes a whole number from 0 to 65535.',
      'ROLES: "api,cook" is not allowed; it takes a comma-separated list of api, worker, scheduler, realtime.',
      'LOG_LEVEL: "loud" is not allowed; it takes one of fatal, error, warn, log, debug, verbose.',
      'DELIVERY_RETENTION_DAYS: "0" is not allowed; it takes a whole number from 1 to 3650.',
    ]);
    expect(() => loadConfig({ PORT: 'x', HOST: 'a b' })).toThrow(/^PORT: .+\nHOST: .+$/);
  });

  it.each(['3000.5', '-1', '1e3', '0x10', '3000 '.repeat(2), 'NaN'])('refuses the port %j', (PORT) => {
    expect(problemsOf({ PORT })).toHaveLength(1);
  });

  it('never shows a secret', () => {
    const env = {
      ADMIN_API_KEY: 'tooshort',
      SECRETS_KEY: 'sesame'.repeat(7),
      DATABASE_URL: 'mysql://root:hunter2@db/tidings',
    };
    const problems = problemsOf(env);
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['DATABASE_URL', 'ADMIN_API_KEY', 'SECRETS_KEY']);
    for (const value of ['tooshort', 'sesame', 'hunter2']) expect(problems.join('\n')).not.toContain(value);
  });

  it.each(['postgres', 'localhost:5432/tidings', 'postgres://host:notaport/tidings'])('refuses the URL %j', (url) => {
    expect(problemsOf({ DATABASE_URL: url })).toHaveLength(1);
  });
});

describe('ENVIRONMENT_VARIABLES', () => {
  it('describes each field of the configuration, and its defaults are values it takes', () => {
    expect(ENVIRONMENT_VARIABLES).toHaveLength(Object.keys(loadConfig({})).length);
    const defaults = Object.fromEntries(ENVIRONMENT_VARIABLES.map((variable) => [variable.name, variable.default]));
    expect(loadConfig(defaults)).toEqual(loadConfig({}));
    for (const { description } of ENVIRONMENT_VARIABLES) expect(description).toMatch(/\.$/);
  });
});

describe('ConfigModule', () => {
  it('gives the configuration to whoever injects Config', async () => {
    const config = loadConfig({ PORT: '4000' });
    const app = await Test.createTestingModule({ imports: [ConfigModule.register(config)] }).compile();
    expect(app.get(Config)).toBe(config);
    await app.close();
  });
});
