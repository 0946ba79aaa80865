import type { Scratch } from '../support/scratch-server.js';

/** Every measurement begins with an empty table and nothing left to be flushed. */
export async function freshDeliveries({ client }: Scratch): Promise<void> {
  await client.query('TRUNCATE delivery');
  await client.query('CHECKPOINT');
}

/** The planner's settings of Tidings' own connections, and more memory than those get. */
const SETTINGS = "SET jit = off; SET work_mem = '64MB'";

/** The least that any implementation must do: choose the endpoints, and insert a row for each. */
const FLOOR = `
INSERT INTO delivery (organisation_id, day, message_id, channel_id, endpoint_id, vendor_account_id, recipient_id, state, attempts, created_at, sent_at)
SELECT e.organisation_id, current_date, 1, 1, e.id, 1, e.recipient_id, 'sent', 1, now(), now()
  FROM recipient r JOIN endpoint e ON e.organisation_id = r.organisation_id AND e.recipient_id = r.id AND e.kind = 'sms' AND e.status = 'active'
 WHERE r.organisation_id = $1 AND r.enabled`;

/** Seconds of one set-based plan and one INSERT … SELECT for everyone of an organisation. */
export async function measureFloor(scratch: Scratch, organisationId: number, expected: number): Promise<number> {
  await scratch.client.query(SETTINGS);
  await freshDeliveries(scratch);
  const start = performance.now();
  const { rowCount } = await scratch.client.query(FLOOR, [organisationId]);
  const seconds = (performance.now() - start) / 1000;
  if (rowCount !== expected) throw new Error(`The floor wrote ${rowCount} rows instead of ${expected}`);
  return seconds;
}
