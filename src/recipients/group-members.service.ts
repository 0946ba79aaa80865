import { Injectable } from '@nestjs/common';
import { cursorId } from '../common/pagination.js';
import { Tenants } from '../database/tenants.js';
import { findGroup } from './groups.service.js';
import { Membership } from './membership.entity.js';
import type { GroupKind } from './recipient-group.entity.js';
import { findRecipient } from './recipients.service.js';

export interface Member {
  id: string;
  code: string;
  name: string;
}

/** What became of a change of members. */
export interface MembersChanged {
  added: number;
  removed: number;
  /** Codes that name nobody, from both lists. */
  unknown: string[];
}

const LIST = `
  SELECT r.id, r.code, r.name
    FROM membership m JOIN recipient r ON r.organisation_id = $1 AND r.id = m.recipient_id
   WHERE m.organisation_id = $1 AND m.group_id = $2 AND ($3::bigint IS NULL OR m.recipient_id > $3::bigint)
   ORDER BY m.recipient_id LIMIT $4`;

const UNKNOWN = `
  SELECT w.code FROM unnest($2::text[]) WITH ORDINALITY AS w (code, position)
   WHERE NOT EXISTS (SELECT FROM recipient r WHERE r.organisation_id = $1 AND r.code = w.code)
   GROUP BY w.code ORDER BY min(w.position)`;

const REMOVE = `
  DELETE FROM membership m USING recipient r
   WHERE m.organisation_id = $1 AND m.group_id = $2 AND r.organisation_id = $1 AND r.id = m.recipient_id
     AND r.code = ANY($3::text[])
  RETURNING m.recipient_id`;

const ADD = `
  INSERT INTO membership (organisation_id, group_id, recipient_id)
  SELECT $1, $2::integer, r.id FROM recipient r WHERE r.organisation_id = $1 AND r.code = ANY($3::text[]) ORDER BY r.id
  ON CONFLICT DO NOTHING
  RETURNING recipient_id`;

/** Who is in which group. */
@Injectable()
export class GroupMembers {
  constructor(private readonly tenants: Tenants) {}

  /** The group's direct members; one more than `limit` when there are more. */
  async list(
    organisationId: number,
    kind: GroupKind,
    key: string,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<Member[]> {
    const scope = this.tenants.of(organisationId);
    const { id } = await findGroup(scope, kind, key);
    return scope.query<Member>(LIST, [id, cursorId(cursor) ?? null, limit + 1]);
  }

  /** Takes out and puts in any number of people, in this order. */
  change(
    organisationId: number,
    kind: GroupKind,
    key: string,
    { add, remove }: { add: string[]; remove: string[] },
  ): Promise<MembersChanged> {
    return this.tenants.transaction(organisationId, async (scope) => {
      const { id } = await findGroup(scope, kind, key);
      const unknown = await scope.query<{ code: string }>(UNKNOWN, [[...add, ...remove]]);
      const removed = remove.length === 0 ? [] : await scope.query(REMOVE, [id, remove]);
      const added = add.length === 0 ? [] : await scope.query(ADD, [id, add]);
      return { added: added.length, removed: removed.length, unknown: unknown.map(({ code }) => code) };
    });
  }

  /** Puts one person into one group; does nothing when they are in it. */
  async join(organisationId: number, recipientKey: string, kind: GroupKind, groupKey: string): Promise<void> {
    const scope = this.tenants.of(organisationId);
    const { code } = await findRecipient(scope, recipientKey);
    const { id } = await findGroup(scope, kind, groupKey);
    await scope.query(ADD, [id, [code]]);
  }

  /** Takes one person out of one group; does nothing when they are not in it. */
  async leave(organisationId: number, recipientKey: string, kind: GroupKind, groupKey: string): Promise<void> {
    const scope = this.tenants.of(organisationId);
    const recipient = await findRecipient(scope, recipientKey);
    const group = await findGroup(scope, kind, groupKey);
    await scope.delete(Membership, { groupId: group.id, recipientId: recipient.id });
  }
}
