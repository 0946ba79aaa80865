import { deliveryReference } from '../../src/messages/reference.js';
import type { ChaosDatabase } from './chaos-database.js';

const LEASED = `
SELECT message_id AS "messageId", channel_id AS "channelId", endpoint_ids AS "endpointIds" FROM batch
 WHERE lease IS NOT NULL AND ready_at <= $1`;

/** How long the product's leases last. */
const LEASE_MILLISECONDS = 60_000;

/** Which deliveries were under a lease when something died: only these may be repeated, or be left unknown, for that. */
export class InFlight {
  private readonly deaths = new Map<string, number>();

  constructor(private readonly database: ChaosDatabase) {}

  /** Call after a death, once no statement of the dead is running any more. `at`: milliseconds since 1970. */
  async note(at: number): Promise<void> {
    const rows = await this.database.query<{ messageId: string; channelId: number; endpointIds: string[] }>(LEASED, [
      new Date(at + LEASE_MILLISECONDS),
    ]);
    for (const { messageId, channelId, endpointIds } of rows) {
      for (const id of endpointIds) {
        const reference = deliveryReference(messageId, channelId, id);
        this.deaths.set(reference, (this.deaths.get(reference) ?? 0) + 1);
      }
    }
  }

  /** At how many deaths the delivery was in flight. */
  deathsOf(reference: string): number {
    return this.deaths.get(reference) ?? 0;
  }
}

/**
 * Ends all leases now, so that a run need not wait a minute for what the dead held. Leases carry no owner, so this is only right
 * when every worker is dead and none of their statements runs: then every lease is a dead one's.
 */
export async function expireLeases(database: ChaosDatabase): Promise<void> {
  await database.query('UPDATE batch SET ready_at = now() WHERE lease IS NOT NULL');
  await database.query("UPDATE message SET ready_at = now() WHERE lease IS NOT NULL AND state = 'planning'");
}

/** Brings forward what waits for its next attempt. Nobody holds it, so its time is no more than a wish. */
export async function bringForward(database: ChaosDatabase): Promise<void> {
  await database.query(
    `UPDATE batch SET ready_at = now()
      WHERE id IN (SELECT id FROM batch WHERE lease IS NULL AND ready_at > now() + interval '1 second' FOR UPDATE SKIP LOCKED)`,
  );
}
