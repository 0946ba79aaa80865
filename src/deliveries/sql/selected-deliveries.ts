/** What deliveries are selected by besides a filter: those given up, or those of which nobody knows. */
export type SelectionKind = 'dead' | 'unknown';

/** One that a vendor took is no dead letter, whatever a receipt said of it later. */
const KINDS: Readonly<Record<SelectionKind, string>> = {
  dead: `d.state = 'failed' AND d.sent_at IS NULL
     AND (d.reason = 'expired' OR starts_with(d.reason, 'expired: ') OR starts_with(d.reason, 'gave-up: '))`,
  unknown: `d.state = 'unknown'`,
};

/**
 * The condition of a selection within one day, so that one partition is read, in the order of its key.
 *
 * Rejected: a partial index over what failed. An index whose condition names the state makes every receipt's change of it a change of
 * all indexes (no HOT update), so the many that arrive would pay for the few that do not.
 *
 * From `$first` on: day, message, channel, vendor account, start of the reason, application, message finished until (all but the day may
 * be null)
 */
export function selectedDeliveries(kind: SelectionKind, first: number): string {
  const [day, message, channel, account, reason, application, finished] = numbered(first, 7);
  return `
         d.organisation_id = $1 AND d.day = ${day}::date AND ${KINDS[kind]}
     AND (${message}::bigint IS NULL OR d.message_id = ${message})
     AND (${channel}::int IS NULL OR d.channel_id = ${channel})
     AND (${account}::int IS NULL OR d.vendor_account_id = ${account})
     AND (${reason}::text IS NULL OR starts_with(d.reason, ${reason}))
     AND ((${application}::int IS NULL AND ${finished}::timestamptz IS NULL) OR EXISTS (
           SELECT FROM message m
            WHERE m.organisation_id = $1 AND m.id = d.message_id
              AND (${application}::int IS NULL OR m.application_id = ${application})
              AND (${finished}::timestamptz IS NULL OR m.finished_at <= ${finished})))`;
}

/** `$first`, `$first+1`, … */
export const numbered = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `$${first + index}`);

/**
 * Which of the days from $2 to $3 may hold some, by the counters. $1 organisation, $4 channel, $5 vendor account (null: any)
 */
export const daysWith = (kind: SelectionKind): string => `
SELECT day::text AS day FROM daily_statistic
 WHERE organisation_id = $1 AND day BETWEEN $2::date AND $3::date
   AND ($4::int IS NULL OR channel_id = $4) AND ($5::int IS NULL OR vendor_account_id = $5)
 GROUP BY day HAVING sum(${kind === 'dead' ? 'failed' : 'unknown'}) > 0
 ORDER BY day`;
