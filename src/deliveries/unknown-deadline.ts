import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Tenants } from '../database/tenants.js';
import { type DeliverySelection, daysOf, isoDay } from './delivery-selection.js';
import { UnknownDeliveries } from './unknown-deliveries.js';

const HOUR = 3_600_000;
/** Older than any record that is kept. */
const FIRST_DAY = '1970-01-01';

/** A channel with an end to its waiting. */
interface Deadline {
  channel: number;
  code: string;
  hours: number;
}

const DEADLINES = `
SELECT id AS channel, code, unknown_after_hours AS hours FROM channel
 WHERE organisation_id = $1 AND unknown_after_hours IS NOT NULL ORDER BY id`;

/** Ends the waiting for receipts that never came. */
@Injectable()
export class UnknownDeadline {
  private readonly logger = new Logger(UnknownDeadline.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenants: Tenants,
    private readonly unknown: UnknownDeliveries,
    private readonly clock: Clock,
  ) {}

  /**
   * Calls failed what has been unknown for longer than its channel waits. The time runs from the end of the message, which no delivery's
   * last try comes after; of one that is still being sent, nothing is settled.
   */
  async settle(): Promise<void> {
    const organisations: { id: number }[] = await this.dataSource.query('SELECT id FROM organisation ORDER BY id');
    for (const { id } of organisations) {
      const deadlines = await this.tenants.of(id).query<Deadline>(DEADLINES);
      for (const deadline of deadlines) await this.settleChannel(id, deadline);
    }
  }

  private async settleChannel(organisationId: number, { channel, code, hours }: Deadline): Promise<void> {
    const finishedBy = new Date(this.clock.now().getTime() - hours * HOUR);
    const last = isoDay(finishedBy.getTime());
    const days = await daysOf(this.tenants.of(organisationId), 'unknown', [FIRST_DAY, last, channel, null]);
    const selection: DeliverySelection = {
      kind: 'unknown',
      days,
      message: null,
      channel,
      account: null,
      reason: null,
      application: null,
      finishedBy,
      expiresAt: null,
    };
    const settled = await this.unknown.settleSelection(organisationId, selection, { as: 'failed' });
    if (settled === 0) return;
    this.logger.warn(
      `${settled} deliveries on channel ${code} of organisation ${organisationId} were unknown for ${hours} hours and count as failed now.`,
    );
  }
}
