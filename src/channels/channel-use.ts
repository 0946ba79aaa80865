import { Conflict } from '../common/problem.js';
import type { TenantScope } from '../database/tenant-scope.js';

interface ChannelUse {
  messages: boolean;
  schedules: string[];
}

/** Schedules name channels by code, messages by id. */
const CHANNEL_USE = `
  SELECT EXISTS (SELECT 1 FROM message_statistic s WHERE s.organisation_id = $1 AND s.channel_id = $2)
      OR EXISTS (SELECT 1 FROM message m
                  WHERE m.organisation_id = $1 AND m.state IN ('scheduled', 'accepted', 'planning', 'sending')
                    AND m.channels @> jsonb_build_array(jsonb_build_object('channelId', $2::integer))) AS messages,
         ARRAY(SELECT s.code FROM schedule s
                WHERE s.organisation_id = $1
                  AND (jsonb_exists(s.request->'contents', $3)
                    OR jsonb_exists(s.request->'template'->'channels', $3)
                    OR jsonb_exists(s.request->'template'->'channelParams', $3)
                    OR jsonb_exists(s.request->'audience'->'addresses', $3))
                ORDER BY s.code LIMIT 10) AS schedules`;

/** @throws Conflict when messages or schedules name the channel */
export async function refuseWhileChannelUsed(
  scope: TenantScope,
  { id, code }: { id: number; code: string },
): Promise<void> {
  const [use] = await scope.query<ChannelUse>(CHANNEL_USE, [id, code]);
  if (use === undefined) return;
  if (use.schedules.length > 0) {
    throw new Conflict('in_use', `The channel ${code} is named by the schedules ${use.schedules.join(', ')}.`);
  }
  if (use.messages) {
    throw new Conflict('in_use', `Messages were sent or wait to be sent over the channel ${code}; disable it instead.`);
  }
}
