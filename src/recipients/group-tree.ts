import { InvalidRequest } from '../common/problem.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { RecipientGroup } from './recipient-group.entity.js';

/** Levels of departments; the path of ids must fit into an index entry. */
const DEEPEST = 64;

/**
 * Lets one request at a time change the tree of an organisation: a department made below one that is just being moved would keep
 * a path that leads nowhere. The lock is on the organisation's row and hinders nothing but other changes of that row.
 */
export async function lockTree(scope: TenantScope): Promise<void> {
  await scope.query('SELECT FROM organisation WHERE id = $1 FOR NO KEY UPDATE');
}

/** The department that shall be a parent; throws InvalidRequest naming `parent`. */
export async function findParent(scope: TenantScope, code: string): Promise<RecipientGroup> {
  const parent = await scope.findOne(RecipientGroup, { kind: 'department', code });
  if (parent === null) throw InvalidRequest.at('parent', `there is no department ${code}`);
  return parent;
}

export function checkDepth(levels: number): void {
  if (levels > DEEPEST) throw InvalidRequest.at('parent', `departments go at most ${DEEPEST} levels deep`);
}

/** Departments from the root down to this one: `/1/5/` is 2. */
export const levelOf = (path: string): number => path.split('/').length - 2;

const DEEPEST_BELOW = `
  SELECT path FROM recipient_group WHERE organisation_id = $1 AND path LIKE $2 || '%'
   ORDER BY length(path) - length(replace(path, '/', '')) DESC LIMIT 1`;

const MOVE = `
  UPDATE recipient_group
     SET path = $4 || substr(path, length($3) + 1),
         parent_id = CASE WHEN id = $2 THEN $5::integer ELSE parent_id END,
         updated_at = CASE WHEN id = $2 THEN $6 ELSE updated_at END
   WHERE organisation_id = $1 AND path LIKE $3 || '%'`;

/** Puts a department with everything below it under another parent, or makes it a root, in one statement. The tree is locked. */
export async function moveDepartment(
  scope: TenantScope,
  department: RecipientGroup,
  parent: RecipientGroup | null,
  now: Date,
): Promise<void> {
  if (parent?.path.startsWith(department.path)) {
    throw InvalidRequest.at('parent', `${parent.code} is ${department.code} itself or stands below it`);
  }
  const [deepest] = await scope.query<{ path: string }>(DEEPEST_BELOW, [department.path]);
  const parentPath = parent?.path ?? '/';
  checkDepth(levelOf(parentPath) + 1 + levelOf(deepest?.path ?? department.path) - levelOf(department.path));
  const path = `${parentPath}${department.id}/`;
  await scope.query(MOVE, [department.id, department.path, path, parent?.id ?? null, now]);
}
