const WRITES = /(INSERT INTO|DELETE FROM|(?<!FOR |DO )UPDATE) "?(\w+)"?/g;
const READS = /(?:FROM|JOIN) "?(\w+)"?/g;
/** What stands behind FROM without being a table. */
const NOT_TABLES = new Set(['unnest', 'generate_series', 'lateral', 'select']);

/**
 * What a statement does, in a few words: the tables it writes, or else those it reads.
 *
 * @example describeStatement('WITH x AS (DELETE FROM batch …) UPDATE message m SET …') // 'DELETE FROM batch, UPDATE message'
 */
export function describeStatement(sql: string): string {
  const text = sql.replaceAll(/\s+/g, ' ').trim();
  const parts = new Set([...text.matchAll(/(\w+) (?:\([\w ,]*\) )?AS (?:MATERIALIZED )?\(/g)].map(([, name]) => name));
  const writes = new Set([...text.matchAll(WRITES)].map(([, verb, table]) => `${verb} ${table}`));
  if (writes.size > 0) return [...writes].join(', ');
  const tables = [...text.matchAll(READS)].flatMap(([, table = '']) =>
    parts.has(table) || NOT_TABLES.has(table.toLowerCase()) ? [] : [table],
  );
  return tables.length > 0 ? `SELECT ${[...new Set(tables)].join(', ')}` : text.slice(0, 60);
}
