import { Logger } from '@nestjs/common';
import { Problem } from '../../common/problem.js';
import { isDatabaseAway } from '../../database/sql-state.js';
import type { LiveFailure } from './events.js';

const logger = new Logger('Live');

/** What a client is told of an error; what it cannot know of is logged here. */
export function liveFailure(error: unknown): LiveFailure['error'] {
  if (error instanceof Problem) return { code: error.code, message: error.message };
  if (isDatabaseAway(error))
    return { code: 'database_unavailable', message: 'The database cannot be reached at the moment.' };
  logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return { code: 'internal_error', message: 'Something went wrong here; it has been logged.' };
}
