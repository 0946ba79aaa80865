/**
 * The deliveries of one account that receipts name by the tag of their message and channel and by the address: of the endpoints that
 * have it, in any of its spellings, the one that the message went to. Each address and each delivery is looked up by its whole key.
 *
 * $1 organisation, $2 account; per spelling: $3 which receipt, $4 message, $5 channel, $6 address
 */
export const FIND_BY_TAG = `
SELECT DISTINCT ON (n.position) n.position, d.message_id AS "messageId", d.channel_id AS "channelId", d.endpoint_id AS "endpointId"
  FROM unnest($3::int[], $4::bigint[], $5::int[], $6::text[]) AS n (position, message_id, channel_id, address)
 CROSS JOIN LATERAL (SELECT kind FROM channel WHERE organisation_id = $1 AND id = n.channel_id LIMIT 1) c
 CROSS JOIN LATERAL (SELECT day FROM message WHERE organisation_id = $1 AND id = n.message_id LIMIT 1) m
 CROSS JOIN LATERAL (
       SELECT id FROM endpoint WHERE organisation_id = $1 AND kind = c.kind AND address = n.address OFFSET 0) e
 CROSS JOIN LATERAL (
       SELECT message_id, channel_id, endpoint_id FROM delivery
        WHERE organisation_id = $1 AND day = m.day AND message_id = n.message_id AND channel_id = n.channel_id
          AND endpoint_id = e.id AND vendor_account_id = $2
        LIMIT 1) d
 ORDER BY n.position, d.endpoint_id`;

/** Likewise by the vendor's own reference, which was kept when the vendor gave it. $1 organisation, $2 account, $3 references */
export const FIND_BY_VENDOR_REFERENCE = `
SELECT n.position::int, a.message_id AS "messageId", a.channel_id AS "channelId", a.endpoint_id AS "endpointId"
  FROM unnest($3::text[]) WITH ORDINALITY AS n (vendor_reference, position)
  JOIN awaited_receipt a ON a.organisation_id = $1 AND a.vendor_account_id = $2 AND a.vendor_reference = n.vendor_reference`;
