import { LEASE_MILLISECONDS } from '../../src/messages/lease.js';
import { deliveryReference } from '../../src/messages/reference.js';
import type { ChaosDatabase } from './chaos-database.js';

const LEASED_BATCHES = `
SELECT id, lease, message_id AS "messageId", channel_id AS "channelId", endpoint_ids AS "endpointIds" FROM batch
 WHERE lease IS NOT NULL AND ready_at <= $1`;
const LEASED_MESSAGES = `
SELECT lease, id AS "messageId" FROM message WHERE lease IS NOT NULL AND state = 'planning' AND ready_at <= $1`;

interface Message {
  lease: string;
  messageId: string;
}

interface Batch extends Message {
  id: string;
  channelId: number;
  endpointIds: string[];
}

/**
 * What was under a lease when something died: only such deliveries may be repeated, or be left unknown, and only such messages may
 * come late, for that. Leases carry no owner, so those of survivors are noted as well; but each lease counts once, however many
 * deaths it sees, since its holder dies only once.
 */
export class InFlight {
  /** Messages that were being planned. */
  plans = 0;
  private readonly deliveries = new Map<string, number>();
  private readonly messages = new Map<string, number>();
  private readonly noted = new Set<string>();

  constructor(private readonly database: Pick<ChaosDatabase, 'query'>) {}

  /** Call after a death, once no statement of the dead is running any more. `at`: milliseconds since 1970. */
  async note(at: number): Promise<void> {
    // What was claimed or renewed later is held by somebody alive.
    const latest = [new Date(at + LEASE_MILLISECONDS)];
    for (const { id, lease, messageId, channelId, endpointIds } of await this.database.query<Batch>(
      LEASED_BATCHES,
      latest,
    )) {
      if (!this.isNew(`${lease} batch ${id}`)) continue;
      for (const endpointId of endpointIds) add(this.deliveries, deliveryReference(messageId, channelId, endpointId));
      if (this.isNew(`${lease} ${messageId}`)) add(this.messages, messageId);
    }
    for (const { lease, messageId } of await this.database.query<Message>(LEASED_MESSAGES, latest)) {
      if (!this.isNew(`${lease} ${messageId}`)) continue;
      add(this.messages, messageId);
      this.plans++;
    }
  }

  /** At how many deaths the delivery was in flight. */
  deathsOf(reference: string): number {
    return this.deliveries.get(reference) ?? 0;
  }

  /** At how many deaths the message was being planned, or a batch of it was in flight. */
  deathsOfMessage(id: string): number {
    return this.messages.get(id) ?? 0;
  }

  private isNew(name: string): boolean {
    const before = this.noted.size;
    return this.noted.add(name).size > before;
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/**
 * Ends all leases now, so that a run need not wait for what the dead held. Leases carry no owner, so this is only right when every
 * worker is dead and none of their statements runs: then every lease is a dead one's.
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
