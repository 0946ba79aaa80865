import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { cursorId } from '../common/pagination.js';
import { Conflict, InvalidRequest, NotFound } from '../common/problem.js';
import { smallResourceKey } from '../common/resource-key.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { checkDepth, findParent, levelOf, lockTree, moveDepartment } from './group-tree.js';
import { Membership } from './membership.entity.js';
import { type GroupKind, RecipientGroup } from './recipient-group.entity.js';

/** A group with the code of its parent. */
export interface PlacedGroup extends Omit<RecipientGroup, 'organisationId' | 'parentId'> {
  parent: string | null;
}

export interface NewGroup {
  kind: GroupKind;
  code: string;
  name: string;
  /** Code of the department above. */
  parent?: string | null;
}

export interface GroupFilter {
  limit: number;
  cursor?: string;
  kind?: GroupKind;
  /** Code of a department: only those directly below it. */
  parent?: string;
}

const INSERT = `
  WITH new AS (SELECT nextval(pg_get_serial_sequence('recipient_group', 'id'))::integer AS id)
  INSERT INTO recipient_group (organisation_id, id, kind, code, name, parent_id, path, created_at, updated_at)
  SELECT $1, new.id, $2, $3, $4, $5::integer, $6 || new.id || '/', $7, $7 FROM new
  RETURNING id`;

const PLACED_GROUP = `
  SELECT g.id, g.kind, g.code, g.name, p.code AS parent, g.path, g.created_at AS "createdAt", g.updated_at AS "updatedAt"
    FROM recipient_group g LEFT JOIN recipient_group p ON p.organisation_id = $1 AND p.id = g.parent_id
   WHERE g.organisation_id = $1`;

const LIST = `${PLACED_GROUP}
     AND ($2::bigint IS NULL OR g.id > $2::bigint)
     AND ($3::text IS NULL OR g.kind = $3)
     AND ($4::text IS NULL OR p.code = $4)
   ORDER BY g.id LIMIT $5`;

/** The group that kind and key name; throws NotFound. */
export async function findGroup(scope: TenantScope, kind: GroupKind, key: string): Promise<RecipientGroup> {
  const found = await scope.findOne(RecipientGroup, { kind, ...smallResourceKey(key) });
  if (found === null) throw new NotFound(kind, key);
  return found;
}

/** Departments, posts, roles and tags. */
@Injectable()
export class Groups {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  create(organisationId: number, { kind, code, name, parent }: NewGroup): Promise<PlacedGroup> {
    return this.tenants.transaction(organisationId, async (scope) => {
      const above = typeof parent === 'string' ? await this.parentFor(scope, kind, parent) : null;
      const path = above?.path ?? '/';
      checkDepth(levelOf(path) + 1);
      const now = this.clock.now();
      const [row] = await scope.query<{ id: number }>(INSERT, [kind, code, name, above?.id ?? null, path, now]);
      return this.placed(scope, row?.id, kind, code);
    });
  }

  /** One group more than `limit` when there are more. */
  list(organisationId: number, { limit, cursor, kind, parent }: GroupFilter): Promise<PlacedGroup[]> {
    return this.tenants
      .of(organisationId)
      .query<PlacedGroup>(LIST, [cursorId(cursor) ?? null, kind ?? null, parent ?? null, limit + 1]);
  }

  async get(organisationId: number, kind: GroupKind, key: string): Promise<PlacedGroup> {
    const scope = this.tenants.of(organisationId);
    const { id } = await findGroup(scope, kind, key);
    return this.placed(scope, id, kind, key);
  }

  update(
    organisationId: number,
    kind: GroupKind,
    key: string,
    { name, parent }: { name?: string; parent?: string | null },
  ): Promise<PlacedGroup> {
    return this.tenants.transaction(organisationId, async (scope) => {
      if (parent !== undefined) await lockTree(scope);
      const group = await findGroup(scope, kind, key);
      const now = this.clock.now();
      if (parent !== undefined) {
        const above = parent === null ? null : await this.parentFor(scope, kind, parent);
        if ((above?.id ?? null) !== group.parentId) await moveDepartment(scope, group, above, now);
      }
      await scope.update(RecipientGroup, { id: group.id }, { name, updatedAt: now });
      return this.placed(scope, group.id, kind, key);
    });
  }

  /** Refuses while there are departments below or members, unless these are to leave the group. */
  delete(organisationId: number, kind: GroupKind, key: string, removeMembers: boolean): Promise<void> {
    return this.tenants.transaction(organisationId, async (scope) => {
      await lockTree(scope);
      const { id } = await findGroup(scope, kind, key);
      // Nobody can join the group between the look and the deletion.
      await scope.query('SELECT FROM recipient_group WHERE organisation_id = $1 AND id = $2 FOR UPDATE', [id]);
      const below = await scope.find(RecipientGroup, { parentId: id }, { take: 1 });
      if (below[0] !== undefined) {
        throw new Conflict('in_use', `The department ${key} has others below it, such as ${below[0].code}.`);
      }
      if (!removeMembers && (await scope.exists(Membership, { groupId: id }))) {
        throw new Conflict('in_use', `The ${kind} ${key} has members; members=remove takes them out.`);
      }
      await scope.delete(RecipientGroup, { id });
    });
  }

  private async parentFor(scope: TenantScope, kind: GroupKind, code: string): Promise<RecipientGroup> {
    if (kind !== 'department') throw InvalidRequest.at('parent', 'only departments have one');
    await lockTree(scope);
    return findParent(scope, code);
  }

  private async placed(scope: TenantScope, id: number | undefined, kind: GroupKind, key: string): Promise<PlacedGroup> {
    const [group] = await scope.query<PlacedGroup>(`${PLACED_GROUP} AND g.id = $2`, [id ?? null]);
    if (group === undefined) throw new NotFound(kind, key);
    return group;
  }
}
