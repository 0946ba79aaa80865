import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.js';

/** An organisation is looked into for this long after its last known work. */
const LINGER = 10 * 60_000;
/** A mark is renewed only when less than this is left, so a busy organisation writes it once in minutes. */
const SPARE = 5 * 60_000;

const MARK = `
INSERT INTO ready_work AS w (organisation_id, until) VALUES ($1, $2)
ON CONFLICT (organisation_id) DO UPDATE SET until = greatest(w.until, excluded.until)`;

/**
 * Whoever has messages or batches has channels. Asked for each organisation that has some, so that on Citus every node answers for
 * its own; `organisation` itself is on all nodes, and Citus does not look from such a table into spread ones.
 */
const SWEEP = `
INSERT INTO ready_work AS w (organisation_id, until)
SELECT c.organisation_id, $2 FROM (SELECT DISTINCT organisation_id FROM channel) c
 WHERE EXISTS (SELECT FROM batch b WHERE b.organisation_id = c.organisation_id AND b.ready_at <= $1)
    OR EXISTS (SELECT FROM message m WHERE m.organisation_id = c.organisation_id AND m.state IN ('scheduled', 'accepted', 'planning')
                  AND m.priority BETWEEN 0 AND 2 AND m.ready_at <= $1)
ON CONFLICT (organisation_id) DO UPDATE SET until = greatest(w.until, excluded.until)`;

/**
 * Which organisations workers look into. It is a hint that is never wrong for long: whoever makes work marks the organisation
 * first, a mark outlives the work by minutes, and a job marks again whatever has work due.
 */
@Injectable()
export class ReadyWork {
  private readonly marked = new Map<number, number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Call before writing work that is due at `due`. Work far in the future is marked when its time comes near, by `sweep`. */
  async mark(organisationId: number, due: Date): Promise<void> {
    const now = this.clock.now().getTime();
    const at = Math.max(due.getTime(), now);
    if (at > now + LINGER || (this.marked.get(organisationId) ?? 0) > at + SPARE) return;
    const until = at + LINGER;
    await this.dataSource.query(MARK, [organisationId, new Date(until)]);
    this.marked.set(organisationId, until);
  }

  /** Marks every organisation with something due soon; run at start and every minute. */
  async sweep(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.dataSource.query(SWEEP, [new Date(now + LINGER / 2), new Date(now + LINGER)]);
  }

  async organisations(): Promise<number[]> {
    const rows: { id: number }[] = await this.dataSource.query(
      'SELECT organisation_id AS id FROM ready_work WHERE until >= $1 ORDER BY organisation_id',
      [this.clock.now()],
    );
    return rows.map(({ id }) => id);
  }
}
