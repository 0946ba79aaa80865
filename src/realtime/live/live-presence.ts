import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Tenants } from '../../database/tenants.js';
import { LIVE_CHANNEL } from './notification.js';
import { ANYBODY_CONNECTED } from './sql/connections.js';

/** A process that was not seen for so long is dead, and nobody is connected through it. */
export const DEAD_MILLISECONDS = 20_000;
/** Answers are kept for so long, so that sending where nobody is connected costs nothing. */
const CACHE_MILLISECONDS = 1_000;
const CACHE_ENTRIES = 10_000;

/** Another process may believe for so long that nobody is connected; a new connection looks again after it. */
export const SETTLED_MILLISECONDS = 2 * CACHE_MILLISECONDS;

interface Kept<T> {
  until: number;
  value: Promise<T>;
}

/** Who is connected, over all processes, and how they are told. */
@Injectable()
export class LivePresence {
  private processes: Kept<string[]> | undefined;
  private readonly anybodyOf = new Map<number, Kept<boolean>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /** The processes that serve live clients, as of a second ago at most. */
  living(): Promise<string[]> {
    const now = this.clock.now().getTime();
    if (this.processes === undefined || this.processes.until <= now) {
      const kept = { until: now + CACHE_MILLISECONDS, value: this.readProcesses(now) };
      this.processes = kept;
      kept.value.catch(() => (this.processes = this.processes === kept ? undefined : this.processes));
    }
    return this.processes.value;
  }

  /** Whether anybody of the organisation is connected, as of a second ago at most. */
  async anybody(organisationId: number): Promise<boolean> {
    const living = await this.living();
    if (living.length === 0) return false;
    const now = this.clock.now().getTime();
    const known = this.anybodyOf.get(organisationId);
    if (known !== undefined && known.until > now) return known.value;
    const value = this.readAnybody(organisationId, living);
    if (this.anybodyOf.size >= CACHE_ENTRIES) this.anybodyOf.clear();
    this.anybodyOf.set(organisationId, { until: now + CACHE_MILLISECONDS, value });
    value.catch(() => this.anybodyOf.delete(organisationId));
    return value;
  }

  /** Somebody connects to this process, so what it remembers is out of date. */
  forget(organisationId: number): void {
    this.processes = undefined;
    this.anybodyOf.delete(organisationId);
  }

  /**
   * Tells all processes that serve live clients.
   *
   * A statement of its own: joined to the question who is connected, Citus would run it on a worker node, where nobody listens.
   */
  async notify(texts: readonly string[]): Promise<void> {
    if (texts.length === 0) return;
    await this.dataSource.query(`SELECT pg_notify('${LIVE_CHANNEL}', text) FROM unnest($1::text[]) AS text`, [texts]);
  }

  private async readProcesses(now: number): Promise<string[]> {
    const after = new Date(now - DEAD_MILLISECONDS);
    const rows: { id: string }[] = await this.dataSource.query('SELECT id FROM live_process WHERE seen_at > $1', [
      after,
    ]);
    return rows.map(({ id }) => id);
  }

  private async readAnybody(organisationId: number, living: string[]): Promise<boolean> {
    const [row] = await this.tenants.of(organisationId).query<{ yes: boolean }>(ANYBODY_CONNECTED, [living]);
    return row?.yes ?? false;
  }
}
