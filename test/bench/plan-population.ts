import { seedPeople } from '../support/seed-people.js';
import type { Scratch } from '../support/scratch-server.js';

/** Sizes of the groups, as shares of everyone: the departments are a tree of two levels below one root. */
export const POPULATION = {
  branches: 10,
  leaves: 100,
  posts: 50,
  roleShare: 5,
  tagShare: 10,
  rare: 500,
  aliased: 1_000,
};

const GROUP = `
INSERT INTO recipient_group (organisation_id, kind, code, name, parent_id, path, created_at, updated_at)
SELECT $1, $2, $3, $3, p.id, '', now(), now() FROM (SELECT) one
  LEFT JOIN recipient_group p ON p.organisation_id = $1 AND p.kind = 'department' AND p.code = $4
RETURNING id`;

/** As the product keeps it: the ids from the root down. */
const PATH = `
UPDATE recipient_group g SET path = coalesce(p.path, '/') || g.id || '/'
  FROM recipient_group own
  LEFT JOIN recipient_group p ON p.organisation_id = own.organisation_id AND p.id = own.parent_id
 WHERE own.organisation_id = $1 AND own.id = $2 AND g.organisation_id = $1 AND g.id = own.id`;

/** Of each person one leaf and one post, spread evenly; roles and tags for every n-th, and a rare tag. */
const MEMBERS = `
WITH person AS (SELECT id, substr(code, 2)::int AS n FROM recipient WHERE organisation_id = $1),
member AS (
  SELECT id, 'department' AS kind, 'L' || n % $2 AS code FROM person
   UNION ALL SELECT id, 'post', 'P' || n % $3 FROM person
   UNION ALL SELECT id, 'role', 'R' FROM person WHERE n % $4 = 0
   UNION ALL SELECT id, 'tag', 'T' FROM person WHERE n % $5 = 0
   UNION ALL SELECT id, 'tag', 'rare' FROM person WHERE n <= $6
   UNION ALL SELECT id, 'tag', 'all' FROM person)
INSERT INTO membership (organisation_id, group_id, recipient_id)
SELECT $1, g.id, m.id FROM member m JOIN recipient_group g ON g.organisation_id = $1 AND g.kind = m.kind AND g.code = m.code`;

/** Two devices for every other person, an older one and a newer one; the first few bear an alias. */
const DEVICES = `
INSERT INTO endpoint (organisation_id, recipient_id, kind, vendor, platform, environment, address, alias, status, created_at, updated_at)
SELECT $1, r.id, 'push', d.vendor, d.platform, 'production', d.platform || ' ' || r.code,
       CASE WHEN substr(r.code, 2)::int <= 2 * $2 AND d.platform = 'ios' THEN 'kiosk' END, 'active', now(), now() - d.age
  FROM recipient r CROSS JOIN (VALUES ('apns', 'ios', interval '1 day'), ('fcm', 'android', interval '0')) AS d (vendor, platform, age)
 WHERE r.organisation_id = $1 AND substr(r.code, 2)::int % 2 = 0`;

/** People with a phone and an inbox each, half of them with devices, in the groups that the shapes select: straight into the tables, and with statistics. */
export async function populate({ client }: Scratch, organisationId: number, people: number): Promise<void> {
  const { branches, leaves, posts, roleShare, tagShare, rare, aliased } = POPULATION;
  const group = async (kind: string, code: string, parent: string | null = null): Promise<void> => {
    const { rows } = await client.query<{ id: number }>(GROUP, [organisationId, kind, code, parent]);
    await client.query(PATH, [organisationId, rows[0]?.id]);
  };
  await seedPeople(client, organisationId, people);
  await group('department', 'ROOT');
  for (let branch = 0; branch < branches; branch++) await group('department', `B${branch}`, 'ROOT');
  for (let leaf = 0; leaf < leaves; leaf++) await group('department', `L${leaf}`, `B${leaf % branches}`);
  for (let post = 0; post < posts; post++) await group('post', `P${post}`);
  await group('role', 'R');
  for (const tag of ['T', 'rare', 'all']) await group('tag', tag);
  await client.query(MEMBERS, [organisationId, leaves, posts, roleShare, tagShare, rare]);
  await client.query(DEVICES, [organisationId, aliased]);
  await client.query('VACUUM (ANALYZE) endpoint');
  await client.query('VACUUM (ANALYZE) membership');
  await client.query('VACUUM (ANALYZE) recipient_group');
}
