import { prepared } from '../database/prepared.js';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Tenants } from '../database/tenants.js';

/** Six index probes, however much waits. $1 organisation, $2 horizon */
export const NEXT_DUE = prepared(
  'next-due',
  `
SELECT min(due.at) AS at
  FROM unnest('{0,1,2}'::smallint[]) AS level (priority)
 CROSS JOIN LATERAL (
   (SELECT b.ready_at AS at FROM batch b
     WHERE b.organisation_id = $1 AND b.priority = level.priority AND b.ready_at < $2 ORDER BY b.ready_at LIMIT 1)
    UNION ALL
   (SELECT m.ready_at FROM message m
     WHERE m.organisation_id = $1 AND m.priority = level.priority AND m.ready_at < $2
       AND m.state IN ('scheduled', 'accepted', 'planning') ORDER BY m.ready_at LIMIT 1)) due`,
);

/** When the next piece of work falls due, so that a timed message starts on its instant and not at the next look. */
@Injectable()
export class NextDue {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /** The earliest instant, also a past one, within the next `milliseconds`; undefined when there is none. */
  async within(organisations: readonly number[], milliseconds: number): Promise<Date | undefined> {
    const horizon = new Date(this.clock.now().getTime() + milliseconds);
    let earliest: Date | undefined;
    for (const organisation of organisations) {
      const [row] = await this.tenants.of(organisation).query<{ at: Date | null }>(NEXT_DUE, [horizon]);
      const at = row?.at ?? undefined;
      if (at !== undefined && (earliest === undefined || at < earliest)) earliest = at;
    }
    return earliest;
  }
}
