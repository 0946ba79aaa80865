import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { type CancelTimer, Clock } from '../common/clock.js';
import { groupBy } from '../common/group-by.js';
import type { ReceiptSink } from '../vendors/receipt-sink.js';
import type { Receipt } from '../vendors/vendor.js';
import { type DeliveryReceipt, readReceipt } from './delivery-receipt.js';
import { ReceiptQueue } from './receipt-queue.js';
import { ReceiptRecorder } from './receipt-recorder.js';

/**
 * When to look again for a delivery that is not recorded yet, each counted from the look before. The first catch a vendor that is
 * faster than our recording; all together outlast a lease, after which another worker has recorded what a dead one sent.
 */
const RETRY_MILLISECONDS = [250, 1_000, 4_000, 15_000, 30_000, 60_000];
/** Receipts kept for another look; a flood of made-up references does not fill the memory. */
const MOST_LATE = 100_000;

interface Late {
  organisationId: number;
  receipts: DeliveryReceipt[];
  cancel: CancelTimer;
}

/** Takes receipts from vendors and callbacks, collects them for some milliseconds and applies them set-based. */
@Injectable()
export class ReceiptService implements ReceiptSink, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReceiptService.name);
  private readonly queues = new Map<number, ReceiptQueue>();
  private readonly late = new Set<Late>();
  private lateCount = 0;
  private stopping = false;

  constructor(
    private readonly recorder: ReceiptRecorder,
    private readonly clock: Clock,
  ) {}

  /** Resolves after the receipts are committed; those whose delivery is not recorded yet are kept and looked at again. */
  async submit(vendorAccount: { organisationId: number; id: number }, receipts: Receipt[]): Promise<void> {
    const now = this.clock.now();
    const read = receipts
      .map((receipt) => readReceipt(vendorAccount.id, receipt, now))
      .filter((receipt) => receipt !== undefined);
    if (read.length < receipts.length) {
      this.logger.warn(
        `${receipts.length - read.length} receipts of vendor account ${vendorAccount.id} (organisation ` +
          `${vendorAccount.organisationId}) carry no reference of ours and are ignored`,
      );
    }
    if (read.length > 0) await this.add(vendorAccount.organisationId, read);
  }

  /** Applies at once what has been collected. */
  async flush(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.flush()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const { organisationId, receipts, cancel } of this.late) {
      cancel();
      this.add(organisationId, receipts).catch((error: unknown) => this.complain(organisationId, receipts, error));
    }
    this.late.clear();
    await this.flush();
  }

  private add(organisationId: number, receipts: DeliveryReceipt[]): Promise<void> {
    let queue = this.queues.get(organisationId);
    if (queue === undefined) {
      queue = new ReceiptQueue(this.clock, (batch) => this.apply(organisationId, batch));
      this.queues.set(organisationId, queue);
    }
    const applied = queue.add(receipts);
    if (this.stopping) void queue.flush();
    return applied;
  }

  private async apply(organisationId: number, receipts: DeliveryReceipt[]): Promise<void> {
    const { missing, ignored, held } = await this.recorder.apply(organisationId, receipts);
    if (ignored > 0) {
      this.logger.warn(
        `${ignored} receipts in organisation ${organisationId} name no delivery of their account and are ignored`,
      );
    }
    if (held > 0) {
      this.logger.error(
        `${held} addresses in organisation ${organisationId} were called dead, as most of their message; none is quarantined`,
      );
    }
    this.lookAgain(organisationId, missing);
  }

  private lookAgain(organisationId: number, receipts: DeliveryReceipt[]): void {
    for (const [tries, group] of groupBy(receipts, (receipt) => receipt.tries)) {
      const delay = RETRY_MILLISECONDS[tries];
      if (delay === undefined || this.stopping || this.lateCount + group.length > MOST_LATE) {
        this.complain(organisationId, group, 'their deliveries are not on record');
        continue;
      }
      const again = group.map((receipt) => ({ ...receipt, tries: tries + 1 }));
      const cancel = this.clock.at(new Date(this.clock.now().getTime() + delay), () => {
        this.late.delete(late);
        this.lateCount -= again.length;
        this.add(organisationId, again).catch((error: unknown) => {
          this.logger.warn(`Late receipts wait for the database: ${String(error)}`);
          this.lookAgain(organisationId, again);
        });
      });
      const late = { organisationId, receipts: again, cancel };
      this.late.add(late);
      this.lateCount += again.length;
    }
  }

  private complain(organisationId: number, receipts: DeliveryReceipt[], why: unknown): void {
    this.logger.warn(`${receipts.length} receipts in organisation ${organisationId} are lost: ${String(why)}`);
  }
}
