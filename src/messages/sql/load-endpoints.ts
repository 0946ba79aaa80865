import { prepared } from '../../database/prepared.js';

/** The endpoints of claimed batches with the people behind them, in one query. $1 organisation, $2 endpoint ids */
export const LOAD_ENDPOINTS = `
SELECT e.id, e.vendor, e.environment, e.address, CASE WHEN e.status <> 'active' THEN coalesce(e.quarantine_reason, 'quarantined') END AS refused,
       e.recipient_id AS "recipientId", r.locale, r.code, r.name, r.attributes
  FROM endpoint e
  LEFT JOIN recipient r ON r.organisation_id = $1 AND r.id = e.recipient_id
 WHERE e.organisation_id = $1 AND e.id = ANY ($2::bigint[])`;

const ADDRESSES = `
SELECT id, vendor, environment, address, CASE WHEN status <> 'active' THEN coalesce(quarantine_reason, 'quarantined') END AS refused,
       recipient_id AS "recipientId"
  FROM endpoint`;

/** The same where nothing is said of the person: half the work. */
export const LOAD_ADDRESSES = prepared(
  'load-addresses',
  `${ADDRESSES}
 WHERE organisation_id = $1 AND id = ANY ($2::bigint[])`,
);

/**
 * The same for ids that lie close together, as those of a broadcast do: read as one range, from $3 to $4, instead of a search for
 * each. The sum keeps the list out of the index condition, where it would be searched for one by one again.
 */
export const LOAD_NEIGHBOURS = `${ADDRESSES}
 WHERE organisation_id = $1 AND id BETWEEN $3 AND $4 AND id + 0 = ANY ($2::bigint[])`;
