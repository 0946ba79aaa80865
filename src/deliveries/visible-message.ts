import type { Caller } from '../access/principal.js';
import { NotFound } from '../common/problem.js';
import type { TenantScope } from '../database/tenant-scope.js';

const ID = /^[1-9]\d{0,17}$/;

const FIND = `
SELECT id, day::text AS day, expires_at AS "expiresAt" FROM message
 WHERE organisation_id = $1 AND id = $2 AND ($3::int IS NULL OR application_id = $3)`;

/** A message, and the day whose partition holds its deliveries; null before it is planned. */
export interface VisibleMessage {
  id: string;
  day: string | null;
  expiresAt: Date | null;
}

/**
 * The message, when this caller may know of it: an application knows its own.
 * @throws NotFound
 */
export async function visibleMessage(scope: TenantScope, caller: Caller, id: string): Promise<VisibleMessage> {
  const [message] = ID.test(id) ? await scope.query<VisibleMessage>(FIND, [id, caller.applicationId]) : [];
  if (message === undefined) throw new NotFound('message', id.slice(0, 40));
  return message;
}
