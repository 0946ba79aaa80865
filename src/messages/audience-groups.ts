import type { TenantScope } from '../database/tenant-scope.js';
import type { ResolvedSelectors } from './resolved-message.js';

const BELOW = `
SELECT id FROM recipient_group WHERE organisation_id = $1 AND kind = 'department'
    AND path LIKE ANY (SELECT p || '%' FROM unnest($2::text[]) AS p)`;

/** The groups of selectors by id, with the departments below the named ones as the tree stands now. */
export async function audienceGroups(scope: TenantScope, selectors: ResolvedSelectors): Promise<number[]> {
  const { groupIds, departmentPaths } = selectors;
  if (departmentPaths.length === 0) return groupIds;
  const rows = await scope.query<{ id: number }>(BELOW, [departmentPaths]);
  return [...new Set([...groupIds, ...rows.map(({ id }) => id)])];
}

/** Recipients per step of planning: large enough to be set-based, small enough to be resumed and overlapped with sending. */
export const WINDOW = 50_000;

/** The first step is smaller, so that sending begins soon. */
export const FIRST_WINDOW = 10_000;

/** Whether an audience is small enough to be looked up person by person, whatever the number of recipients there are. */
export async function isFew(
  scope: TenantScope,
  { all, recipientIds }: { all: boolean; recipientIds: string[] },
  groupIds: number[],
): Promise<boolean> {
  if (all) return false;
  if (groupIds.length === 0) return recipientIds.length <= WINDOW;
  const rows = await scope.query<{ count: string }>(
    `SELECT count(*) FROM (SELECT FROM membership WHERE organisation_id = $1 AND group_id = ANY ($2::int[]) LIMIT $3) few`,
    [groupIds, WINDOW + 1],
  );
  return Number(rows[0]?.count) + recipientIds.length <= WINDOW;
}

/**
 * Set in the transaction of a statement over many recipients: its joins are hashed, whatever the statistics say. On tables that were
 * just filled Postgres expects a handful of rows, and would join two large sets row by row.
 */
export const HASH_JOINS = 'SET LOCAL enable_nestloop = off';
