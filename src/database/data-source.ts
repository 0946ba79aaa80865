import { DataSource, type DataSourceOptions } from 'typeorm';
import { Initial1764000000000 } from '../../migrations/1764000000000-initial.js';
import { Pacing1764100000000 } from '../../migrations/1764100000000-pacing.js';
import { UnknownDeadline1764200000000 } from '../../migrations/1764200000000-unknown-deadline.js';
import { BatchRecipients1764300000000 } from '../../migrations/1764300000000-batch-recipients.js';
import { EndpointAlias1764400000000 } from '../../migrations/1764400000000-endpoint-alias.js';
import { EndpointDevice1764500000000 } from '../../migrations/1764500000000-endpoint-device.js';
import { Live1764600000000 } from '../../migrations/1764600000000-live.js';
import { Media1764700000000 } from '../../migrations/1764700000000-media.js';
import { RateWindow1764800000000 } from '../../migrations/1764800000000-rate-window.js';
import { Lanying1764900000000 } from '../../migrations/1764900000000-lanying.js';
import { Vendors1765000000000 } from '../../migrations/1765000000000-vendors.js';
import { ENTITIES } from './entities.js';
import { PreparingClient } from './prepared.js';
import { SnakeCaseNaming } from './snake-case-naming.js';

export const MIGRATIONS = [
  Initial1764000000000,
  Pacing1764100000000,
  UnknownDeadline1764200000000,
  BatchRecipients1764300000000,
  EndpointAlias1764400000000,
  EndpointDevice1764500000000,
  Live1764600000000,
  Media1764700000000,
  RateWindow1764800000000,
  Lanying1764900000000,
  Vendors1765000000000,
];

/** The one description of the database connection; nothing else opens one. */
export function dataSourceOptions(url: string, poolSize = 10): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeCaseNaming(),
    synchronize: false,
    installExtensions: false,
    applicationName: 'tidings',
    poolSize,
    // JIT compiles for longer than these statements run; sorts of one window stay in memory.
    extra: {
      Client: PreparingClient,
      options: '-c jit=off -c work_mem=16MB',
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
    },
  };
}

export function createDataSource(url: string, poolSize?: number): DataSource {
  return new DataSource(dataSourceOptions(url, poolSize));
}
