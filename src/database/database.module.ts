import {
  Global,
  Inject,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Config } from '../config/config.js';
import { createDataSource } from './data-source.js';
import { type DatabaseServer, openDatabaseServer } from './database-server.js';
import { migrateWith } from './migrate.js';
import { Tenants } from './tenants.js';

const DATABASE_SERVER = Symbol('DATABASE_SERVER');

async function connect(server: DatabaseServer, config: Config, clock: Clock): Promise<DataSource> {
  const dataSource = createDataSource(server.url, config.databasePoolSize);
  try {
    await dataSource.initialize();
    await migrateWith(dataSource, clock.now());
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    await server.stop();
    throw error;
  }
  return dataSource;
}

@Global()
@Module({
  providers: [
    { provide: DATABASE_SERVER, inject: [Config], useFactory: openDatabaseServer },
    { provide: DataSource, inject: [DATABASE_SERVER, Config, Clock], useFactory: connect },
    Tenants,
  ],
  exports: [DataSource, Tenants],
})
export class DatabaseModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopping = false;

  constructor(
    @Inject(DATABASE_SERVER) private readonly server: DatabaseServer,
    private readonly dataSource: DataSource,
  ) {}

  /** Without its embedded server the process can do nothing: it ends, and its supervisor starts it anew, which recovers. */
  onApplicationBootstrap(): void {
    void this.server.ended.then(() => {
      if (this.stopping) return;
      new Logger('Database').fatal('The embedded PostgreSQL has ended by itself; Tidings stops.');
      process.exit(1);
    });
  }

  /** The last thing to go: workers and requests have ended by now. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    await this.server.stop();
  }
}
