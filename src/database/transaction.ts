import type { DataSource, EntityManager } from 'typeorm';
import { sqlState } from './sql-state.js';

/** Serialisation failure and deadlock: nothing was done, and the same work can simply be done again. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      if (attempt >= ATTEMPTS || !RETRYABLE.has(sqlState(error) ?? '')) throw error;
    }
  }
}
