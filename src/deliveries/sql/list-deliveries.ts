import { selectedDeliveries, type SelectionKind } from './selected-deliveries.js';

/** The deliveries of the CTE `page`, with the codes of what they refer to. The page is cut before the codes are looked up. */
const SHOW_PAGE = `
SELECT p.message_id AS "messageId", p.channel_id AS "channelId", p.endpoint_id AS "endpointId", c.code AS channel,
       r.code AS recipient, e.address, coalesce(a.code, '~' || p.vendor_account_id) AS "vendorAccount", p.state, p.reason, p.attempts,
       p.vendor_reference AS "vendorReference", p.created_at AS "createdAt", p.sent_at AS "sentAt", p.delivered_at AS "deliveredAt",
       p.read_at AS "readAt", p.failed_at AS "failedAt"
  FROM page p
  JOIN channel c ON c.organisation_id = $1 AND c.id = p.channel_id
  LEFT JOIN recipient r ON r.organisation_id = $1 AND r.id = p.recipient_id
  LEFT JOIN endpoint e ON e.organisation_id = $1 AND e.id = p.endpoint_id
  LEFT JOIN vendor_account a ON a.organisation_id = $1 AND a.id = p.vendor_account_id
 ORDER BY p.message_id DESC, p.channel_id DESC, p.endpoint_id DESC`;

/**
 * One page of deliveries, newest message first.
 * Of one message it reads one partition in the order of its key; of one person it follows delivery_recipient_idx.
 *
 * $1 organisation, $2 day of the message (null: any), $3 message (null: any), $4 recipient (null: any), $5 state (null: any), $6 channel
 * (null: any), $7 application (null: any), after: $8 message (null: from the newest), $9 channel, $10 endpoint; $11 most rows
 */
export const LIST_DELIVERIES = `
WITH page AS MATERIALIZED (
  SELECT d.* FROM delivery d
   WHERE d.organisation_id = $1
     AND ($2::date IS NULL OR d.day = $2)
     AND ($3::bigint IS NULL OR d.message_id = $3)
     AND ($4::bigint IS NULL OR d.recipient_id = $4)
     AND ($5::text IS NULL OR d.state = $5)
     AND ($6::int IS NULL OR d.channel_id = $6)
     AND ($7::int IS NULL OR EXISTS (
           SELECT FROM message m WHERE m.organisation_id = $1 AND m.id = d.message_id AND m.application_id = $7))
     AND ($8::bigint IS NULL OR (d.message_id, d.channel_id, d.endpoint_id) < ($8, $9::int, $10::bigint))
   ORDER BY d.message_id DESC, d.channel_id DESC, d.endpoint_id DESC LIMIT $11)
${SHOW_PAGE}`;

/**
 * One page of a selection within one day, newest message first.
 *
 * $1 organisation, from $2 on: as for `selectedDeliveries`, after: $9 message (null: from the newest), $10 channel, $11 endpoint; $12 most
 * rows
 */
export const listSelected = (kind: SelectionKind): string => `
WITH page AS MATERIALIZED (
  SELECT d.* FROM delivery d
   WHERE ${selectedDeliveries(kind, 2)}
     AND ($9::bigint IS NULL OR (d.message_id, d.channel_id, d.endpoint_id) < ($9, $10::int, $11::bigint))
   ORDER BY d.message_id DESC, d.channel_id DESC, d.endpoint_id DESC LIMIT $12)
${SHOW_PAGE}`;
