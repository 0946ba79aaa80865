import type { Client } from 'pg';

/** Tables with an organisation that are nevertheless looked up before it is known, or over all of them; see docs/scaling.md. */
export const PLAIN_TABLES: readonly string[] = ['credential', 'ready_work'];

/** Parts that every tenant-owned table is split into. */
export const PARTS = 4;

/** The tenant-owned tables, by the catalogue: those with an organisation, but for the plain ones. */
export async function tenantOwnedTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND NOT c.relname = ANY ($1) ORDER BY c.relname`,
    [PLAIN_TABLES],
  );
  return rows.map(({ name }) => name);
}

/** Which of the parts holds an organisation: the same in all tables, since all are split by it alone. */
export async function partOf(client: Client, organisationId: number): Promise<number> {
  const { rows } = await client.query<{ part: number }>(
    `SELECT part FROM generate_series(0, $1 - 1) part WHERE satisfies_hash_partition('message'::regclass, $1, part, $2::int)`,
    [PARTS, organisationId],
  );
  if (rows[0] === undefined) throw new Error(`Organisation ${organisationId} is in no part`);
  return rows[0].part;
}

/**
 * Splits every tenant-owned table of an empty, migrated database by hash of its organisation, with the same keys, defaults, checks
 * and foreign keys, into tables named …_h0 to …_h3. The weeks of `delivery` stay, each split in itself.
 */
export async function partitionByOrganisation(client: Client): Promise<void> {
  const tables = await tenantOwnedTables(client);
  const links = await foreignKeys(client);
  const weeks = await client.query<{ name: string; bound: string }>(
    `SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'delivery'::regclass`,
  );
  for (const table of tables) {
    const by = table === 'delivery' ? 'RANGE (day)' : 'HASH (organisation_id)';
    const identity = await identityOf(client, table);
    await client.query(
      `CREATE TABLE split (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES) PARTITION BY ${by}`,
    );
    await client.query(`DROP TABLE ${table} CASCADE`);
    await client.query(`ALTER TABLE split RENAME TO ${table}`);
    for (const column of identity) {
      // Identity columns of partitioned tables came with PostgreSQL 17.
      await client.query(`CREATE SEQUENCE ${table}_${column}_numbers OWNED BY ${table}.${column}`);
      await client.query(`ALTER TABLE ${table} ALTER ${column} SET DEFAULT nextval('${table}_${column}_numbers')`);
    }
    if (table !== 'delivery') await split(client, table);
  }
  for (const { name, bound } of weeks.rows) {
    await client.query(`CREATE TABLE ${name} PARTITION OF delivery ${bound} PARTITION BY HASH (organisation_id)`);
    await split(client, name);
  }
  for (const { table, name, definition } of links) {
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${name}`);
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
  }
}

async function split(client: Client, table: string): Promise<void> {
  for (let part = 0; part < PARTS; part++) {
    await client.query(
      `CREATE TABLE ${table}_h${part} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${PARTS}, REMAINDER ${part})`,
    );
  }
}

async function foreignKeys(client: Client): Promise<{ table: string; name: string; definition: string }[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0`,
  );
  return rows;
}

async function identityOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attidentity <> ''",
    [table],
  );
  return rows.map(({ name }) => name);
}
