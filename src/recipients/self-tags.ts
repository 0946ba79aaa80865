import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { InvalidRequest } from '../common/problem.js';
import { Tenants } from '../database/tenants.js';

/** Tags one person may bear at once. */
export const MOST_TAGS = 100;

/** Two calls that tag the same person wait for each other, so that the limit holds. */
const LOCK = 'SELECT FROM recipient WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE';

/** $2 codes, $3 now */
const CREATE = `
WITH new AS (
  SELECT nextval(pg_get_serial_sequence('recipient_group', 'id'))::integer AS id, w.code
    FROM (SELECT code FROM unnest($2::text[]) AS given (code)
           WHERE NOT EXISTS (SELECT FROM recipient_group g WHERE g.organisation_id = $1 AND g.kind = 'tag' AND g.code = given.code)
           ORDER BY code) w)
INSERT INTO recipient_group (organisation_id, id, kind, code, name, parent_id, path, created_at, updated_at)
SELECT $1::int, id, 'tag', code, code, NULL, '/' || id || '/', $3::timestamptz, $3::timestamptz FROM new
ON CONFLICT (organisation_id, kind, code) DO NOTHING`;

const JOIN = `
INSERT INTO membership (organisation_id, group_id, recipient_id)
SELECT $1::int, g.id, $2::bigint FROM recipient_group g
 WHERE g.organisation_id = $1 AND g.kind = 'tag' AND g.code = ANY ($3::text[]) ORDER BY g.id
ON CONFLICT DO NOTHING`;

/** $3 codes, or null for every tag */
const LEAVE = `
DELETE FROM membership m USING recipient_group g
 WHERE m.organisation_id = $1 AND m.recipient_id = $2 AND g.organisation_id = $1 AND g.id = m.group_id AND g.kind = 'tag'
   AND ($3::text[] IS NULL OR g.code = ANY ($3::text[]))`;

const LIST = `
SELECT g.code FROM membership m
  JOIN recipient_group g ON g.organisation_id = $1 AND g.id = m.group_id AND g.kind = 'tag'
 WHERE m.organisation_id = $1 AND m.recipient_id = $2 ORDER BY g.code`;

/** The tags of one person, where callers put tags on people without making the tags first. */
@Injectable()
export class SelfTags {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts tags on a person; those that do not exist are made.
   * @throws InvalidRequest when the person would bear too many
   */
  add(organisationId: number, recipientId: string, tags: readonly string[]): Promise<void> {
    return this.tenants.transaction(organisationId, async (scope) => {
      await scope.query(LOCK, [recipientId]);
      const held = await scope.query<{ code: string }>(LIST, [recipientId]);
      const wanted = new Set([...held.map(({ code }) => code), ...tags]);
      if (wanted.size > MOST_TAGS && wanted.size > held.length)
        throw InvalidRequest.at('tags', `are too many: a person bears at most ${MOST_TAGS}`);
      await scope.query(CREATE, [[...new Set(tags)], this.clock.now()]);
      await scope.query(JOIN, [recipientId, tags]);
    });
  }

  /** Takes tags from a person; all of them when none are given. */
  async remove(organisationId: number, recipientId: string, tags?: readonly string[]): Promise<void> {
    await this.tenants.of(organisationId).query(LEAVE, [recipientId, tags ?? null]);
  }

  /** In order of code. */
  async list(organisationId: number, recipientId: string): Promise<string[]> {
    const rows = await this.tenants.of(organisationId).query<{ code: string }>(LIST, [recipientId]);
    return rows.map(({ code }) => code);
  }
}
