import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';
import { ensurePartitions } from './partitions.js';

/** Any number, the same in every process: only one migrates at a time. */
const MIGRATION_LOCK = 7_468_101;

/** Brings the schema up to date and makes the partitions of the coming weeks. Safe in any number of processes at once. */
export async function migrateWith(dataSource: DataSource, now: Date): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations({ transaction: 'each' });
    await ensurePartitions((sql, values) => runner.query(sql, values), now);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}

/** Migrates the database at `url`, on a connection of its own. */
export async function migrate(url: string, now = new Date()): Promise<void> {
  const dataSource = createDataSource(url, 2);
  await dataSource.initialize();
  try {
    await migrateWith(dataSource, now);
  } finally {
    await dataSource.destroy();
  }
}
