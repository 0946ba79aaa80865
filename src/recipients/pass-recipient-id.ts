import type { TenantScope } from '../database/tenant-scope.js';

/**
 * Moves the numbering past an id that was chosen, so that it is never given out again. Near numbers are drawn one by one: to set a
 * sequence can put it back behind what others draw meanwhile, which is only impossible when it is far behind. $2 id
 */
const PASS = `
SELECT CASE WHEN s.gap > 100000 THEN setval(s.sequence, $2::bigint)
            ELSE (SELECT max(n) FROM (SELECT nextval(s.sequence) AS n FROM generate_series(1, s.gap)) drawn) END
  FROM (SELECT n.sequence, $2::bigint - coalesce(pg_sequence_last_value(n.sequence), 0) AS gap
          FROM (SELECT pg_get_serial_sequence('recipient', 'id')::regclass AS sequence) n) s
 WHERE s.gap > 0 AND $1::int IS NOT NULL`;

export async function passRecipientId(scope: TenantScope, id: string): Promise<void> {
  await scope.query(PASS, [id]);
}
