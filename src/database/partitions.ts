import { sqlState } from './sql-state.js';

/** A query on some connection. */
export type Query = (sql: string, values?: unknown[]) => Promise<unknown>;

const DAY = 86_400_000;
/** A partition holds one week: few enough to look into for one person's inbox, small enough to drop often. */
const DAYS = 7;
/** Weeks made ahead, so that a stopped scheduler job is noticed long before it hurts. */
const WEEKS_AHEAD = 4;
const NAME = /^delivery_(\d{4})(\d{2})(\d{2})$/;

/** A lock timeout, and a deadlock that was broken. */
const BUSY = ['55P03', '40P01'];
/** As Citus says it, which calls it an internal error. */
const NOT_SUPPORTED = ['0A000', 'XX000'];

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The Monday (UTC) of the week that holds `at`. */
function weekOf(at: number): number {
  const day = Math.floor(at / DAY);
  return (day - ((day + 3) % DAYS)) * DAY;
}

/**
 * Makes the weekly partitions of `delivery` from last week to four weeks ahead; those that exist are left alone. Each is made by
 * itself and then attached, which waits for no reader or writer and makes none wait; CREATE … PARTITION OF locks them all out.
 */
export async function ensurePartitions(query: Query, now: Date): Promise<void> {
  const first = weekOf(now.getTime()) - DAYS * DAY;
  const known = new Set((await partitions(query)).map(({ name }) => name));
  for (let week = 0; week <= WEEKS_AHEAD + 1; week++) {
    const from = first + week * DAYS * DAY;
    const name = `delivery_${isoDay(from).replaceAll('-', '')}`;
    if (known.has(name)) continue;
    try {
      // All or nothing, so that no table is left unattached. The lock comes first, or LIKE would make retention wait for this, and
      // this for retention. Several commands sent as one text are a transaction too, but Citus passes the whole text on for each.
      await query(
        `DO $week$ BEGIN
           LOCK TABLE delivery IN SHARE UPDATE EXCLUSIVE MODE;
           CREATE TABLE ${name} (LIKE delivery INCLUDING ALL);
           ALTER TABLE delivery ATTACH PARTITION ${name} FOR VALUES FROM ('${isoDay(from)}') TO ('${isoDay(from + DAYS * DAY)}');
         END $week$`,
      );
    } catch (error) {
      // Another process made it at the same moment.
      if (!['42P07', '23505'].includes(sqlState(error) ?? '')) throw error;
    }
  }
}

/**
 * Drops the partitions that end before `before`. Each is detached first, which waits for whoever reads `delivery` without holding up
 * anybody else, and gives up after two seconds; what is left over is finished by the next run.
 *
 * Rejected: DROP TABLE alone, which waits for every reader with a lock that all inserts queue behind.
 */
export async function dropPartitions(query: Query, before: Date): Promise<string[]> {
  const old = (await partitions(query)).filter(({ name }) => endOf(name) <= before.getTime());
  const dropped: string[] = [];
  await query("SET lock_timeout = '2s'");
  try {
    for (const { name, state } of old) {
      if (state !== 'detached') await detach(query, name, state);
      await query(`DROP TABLE ${name}`);
      dropped.push(name);
    }
  } catch (error) {
    if (!BUSY.includes(sqlState(error) ?? '')) throw error;
  } finally {
    await query('RESET lock_timeout');
  }
  return dropped;
}

async function detach(query: Query, name: string, state: PartitionState): Promise<void> {
  try {
    await query(`ALTER TABLE delivery DETACH PARTITION ${name} ${state === 'pending' ? 'FINALIZE' : 'CONCURRENTLY'}`);
  } catch (error) {
    // Citus knows no other way than dropping the attached table.
    if (!NOT_SUPPORTED.includes(sqlState(error) ?? '')) throw error;
  }
}

type PartitionState = 'attached' | 'pending' | 'detached';

/** The weekly tables there are, oldest first, also those whose detaching was cut off. */
async function partitions(query: Query): Promise<{ name: string; state: PartitionState }[]> {
  const rows = (await query(
    `SELECT c.relname AS name,
            CASE WHEN i.inhrelid IS NULL THEN 'detached' WHEN i.inhdetachpending THEN 'pending' ELSE 'attached' END AS state
       FROM pg_class p
       JOIN pg_class c ON c.relnamespace = p.relnamespace AND c.relkind IN ('r', 'p') AND starts_with(c.relname, 'delivery_')
       LEFT JOIN pg_inherits i ON i.inhparent = p.oid AND i.inhrelid = c.oid
      WHERE p.oid = 'delivery'::regclass ORDER BY c.relname`,
  )) as { name: string; state: PartitionState }[];
  return rows.filter(({ name }) => NAME.test(name));
}

function endOf(name: string): number {
  const [, year, month, day] = NAME.exec(name) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) + DAYS * DAY;
}
