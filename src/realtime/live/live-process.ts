import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type CancelTimer, Clock } from '../../common/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { DEAD_MILLISECONDS } from './live-presence.js';

const BEAT_MILLISECONDS = 5_000;

const BEAT = `
INSERT INTO live_process (id, seen_at) VALUES ($1, $2)
ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
RETURNING xmax = 0 AS new`;

const BURY = 'DELETE FROM live_process WHERE seen_at <= $1 RETURNING id';
const FORGET = 'DELETE FROM live_connection WHERE process = ANY ($1::uuid[])';

/**
 * This process among those that serve live clients: it is seen every five seconds, and clears away what dead ones left behind. These
 * few statements look over all organisations, because a process serves all of them.
 */
@Injectable()
export class LiveProcess {
  readonly id = randomUUID();
  private readonly logger = new Logger(LiveProcess.name);
  private cancel: CancelTimer | undefined;
  private running = false;
  private due = false;
  private forgotten = false;
  private beating: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** From now on it is seen. `revive` puts its connections back after others took it for dead; `everyBeat` runs at each beat. */
  async begin(revive: () => Promise<void>, everyBeat: () => void): Promise<void> {
    this.running = true;
    await this.beat();
    this.arm(revive, everyBeat);
  }

  /** It serves nobody any more. */
  async end(): Promise<void> {
    if (!this.running) return;
    this.running = false;
    this.cancel?.();
    await this.beating;
    await this.dataSource.query('DELETE FROM live_process WHERE id = $1', [this.id]);
    await this.dataSource.query(FORGET, [[this.id]]);
  }

  private arm(revive: () => Promise<void>, everyBeat: () => void): void {
    this.cancel = this.clock.at(new Date(this.clock.now().getTime() + BEAT_MILLISECONDS), () => {
      this.arm(revive, everyBeat);
      everyBeat();
      this.due = true;
      this.beating ??= this.beatWhileDue(revive).finally(() => (this.beating = undefined));
    });
  }

  /** One after the other: while the database is slow, beats do not pile up. */
  private async beatWhileDue(revive: () => Promise<void>): Promise<void> {
    while (this.due && this.running) {
      this.due = false;
      try {
        this.forgotten = (await this.beat()) || this.forgotten;
        if (!this.forgotten) continue;
        await revive();
        this.forgotten = false;
      } catch (error) {
        this.logger.warn(`This process could not show that it lives: ${String(error)}`);
      }
    }
  }

  /** Returns whether nobody knew of it. */
  private async beat(): Promise<boolean> {
    const now = this.clock.now();
    const rows: { new: boolean }[] = await this.dataSource.query(BEAT, [this.id, now]);
    // Together, or a process that is seen again just now would be known and its connections would not.
    await inTransaction(this.dataSource, async (manager) => {
      const [dead] = (await manager.query(BURY, [new Date(now.getTime() - DEAD_MILLISECONDS)])) as [{ id: string }[]];
      if (dead.length > 0) await manager.query(FORGET, [dead.map(({ id }) => id)]);
    });
    return rows[0]?.new ?? false;
  }
}
