/**
 * Adds to the counters what a change of deliveries amounts to. Expects a CTE
 * `moved (message_id, channel_id, vendor_account_id, day, template_id, old_state, new_state)`; the rows and their order are those of
 * recording, so that the two never wait for each other crosswise.
 *
 * `sent` counts what a vendor took and is never taken back: of what was sent and failed later, both counters speak.
 *
 * $1 organisation, $3 counter shard
 */
export const COUNT_MOVES = `
counted AS (
  SELECT message_id, channel_id, vendor_account_id, day, template_id,
         count(*) FILTER (WHERE new_state IN ('sent', 'delivered', 'read') AND old_state NOT IN ('sent', 'delivered')) AS sent,
         count(*) FILTER (WHERE new_state IN ('delivered', 'read') AND old_state <> 'delivered') AS delivered,
         count(*) FILTER (WHERE new_state = 'read') AS read,
         count(*) FILTER (WHERE new_state = 'failed') - count(*) FILTER (WHERE old_state = 'failed') AS failed,
         -count(*) FILTER (WHERE old_state = 'unknown') AS unknown
    FROM moved GROUP BY 1, 2, 3, 4, 5),
message_counter AS (
  INSERT INTO message_statistic AS s (organisation_id, message_id, channel_id, vendor_account_id, target, sent, delivered, read, failed, unknown)
  SELECT $1, message_id, channel_id, vendor_account_id, 0, sent, delivered, read, failed, unknown
    FROM counted ORDER BY message_id, channel_id, vendor_account_id
  ON CONFLICT (organisation_id, message_id, channel_id, vendor_account_id) DO UPDATE
     SET sent = s.sent + excluded.sent, delivered = s.delivered + excluded.delivered, read = s.read + excluded.read,
         failed = s.failed + excluded.failed, unknown = s.unknown + excluded.unknown),
day_counter AS (
  INSERT INTO daily_statistic AS s
         (organisation_id, day, channel_id, vendor_account_id, template_id, shard, target, sent, delivered, read, failed, unknown)
  SELECT $1, day, channel_id, vendor_account_id, template_id, $3, 0, sum(sent), sum(delivered), sum(read), sum(failed), sum(unknown)
    FROM counted GROUP BY day, channel_id, vendor_account_id, template_id ORDER BY day, channel_id, vendor_account_id, template_id
  ON CONFLICT (organisation_id, day, channel_id, vendor_account_id, template_id, shard) DO UPDATE
     SET sent = s.sent + excluded.sent, delivered = s.delivered + excluded.delivered, read = s.read + excluded.read,
         failed = s.failed + excluded.failed, unknown = s.unknown + excluded.unknown)`;

/** Counters of a day are spread over this many rows. */
const SHARDS = 8;

export const anyShard = (): number => Math.floor(Math.random() * SHARDS);
