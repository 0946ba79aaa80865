import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { type CancelTimer, Clock } from '../common/clock.js';
import { groupBy } from '../common/group-by.js';
import type { ReceiptSink } from '../vendors/receipt-sink.js';
import type { Receipt } from '../vendors/vendor.js';
import { type DeliveryReceipt, readReceipt } from './delivery-receipt.js';
import { ReceiptQueue } from './receipt-queue.js';
import { ReceiptRecorder } from './receipt-recorder.js';
import { type NamedReceipt, ReceiptSubjects } from './receipt-subjects.js';

/**
 * When to look again for a delivery that is not recorded yet, each counted from the look before. The first catch a vendor that is
 * faster than our recording; all together outlast a lease, after which another worker has recorded what a dead one sent.
 */
const RETRY_MILLISECONDS = [250, 1_000, 4_000, 15_000, 30_000, 60_000];
/** Receipts kept for another look; a flood of made-up references does not fill the memory. */
const MOST_LATE = 100_000;

interface ReceiptAccount {
  organisationId: number;
  id: number;
}

/** Something to be done again, and for how many receipts. */
interface Late {
  organisationId: number;
  count: number;
  cancel: CancelTimer;
  again: () => Promise<void>;
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
    private readonly subjects: ReceiptSubjects,
    private readonly clock: Clock,
  ) {}

  /** Resolves after the receipts are committed; those whose delivery is not recorded yet are kept and looked at again. */
  submit(vendorAccount: { organisationId: number; id: number }, receipts: Receipt[]): Promise<void> {
    return this.take(vendorAccount, receipts, 0);
  }

  private async take(vendorAccount: ReceiptAccount, receipts: readonly Receipt[], tries: number): Promise<void> {
    const named = receipts.filter((receipt) => 'reference' in receipt);
    const others = receipts.filter((receipt) => !('reference' in receipt));
    const taken = this.takeNamed(vendorAccount, named);
    if (others.length > 0) {
      const found = await this.subjects.find(vendorAccount, others);
      this.lookForAgain(vendorAccount, found.unnamed, tries);
      await this.takeNamed(vendorAccount, found.named);
    }
    await taken;
  }

  private async takeNamed({ organisationId, id }: ReceiptAccount, receipts: readonly NamedReceipt[]): Promise<void> {
    const now = this.clock.now();
    const read = receipts.map((receipt) => readReceipt(id, receipt, now)).filter((receipt) => receipt !== undefined);
    if (read.length < receipts.length) {
      this.logger.warn(
        `${receipts.length - read.length} receipts of vendor account ${id} (organisation ${organisationId}) carry no ` +
          'reference of ours and are ignored',
      );
    }
    if (read.length > 0) await this.add(organisationId, read);
  }

  /** Applies at once what has been collected. */
  async flush(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.flush()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    const waiting = [...this.late];
    this.late.clear();
    await Promise.all(
      waiting.map(({ organisationId, count, cancel, again }) => {
        cancel();
        return again().catch((error: unknown) => this.complain(organisationId, count, error));
      }),
    );
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
      const again = group.map((receipt) => ({ ...receipt, tries: tries + 1 }));
      this.later(organisationId, again.length, tries, {
        again: () => this.add(organisationId, again),
        retry: () => this.lookAgain(organisationId, again),
      });
    }
  }

  /** Those whose very delivery was not found, by a vendor that is faster than our recording. */
  private lookForAgain(account: ReceiptAccount, receipts: readonly Receipt[], tries: number): void {
    if (receipts.length === 0) return;
    this.later(account.organisationId, receipts.length, tries, {
      again: () => this.take(account, receipts, tries + 1),
      retry: () => this.lookForAgain(account, receipts, tries + 1),
    });
  }

  /** Does something again later, unless it was tried often enough or too much waits already. */
  private later(
    organisationId: number,
    count: number,
    tries: number,
    { again, retry }: { again: () => Promise<void>; retry: () => void },
  ): void {
    const delay = RETRY_MILLISECONDS[tries];
    if (delay === undefined || this.stopping || this.lateCount + count > MOST_LATE) {
      this.complain(organisationId, count, 'their deliveries are not on record');
      return;
    }
    const cancel = this.clock.at(new Date(this.clock.now().getTime() + delay), () => {
      this.late.delete(late);
      this.lateCount -= count;
      again().catch((error: unknown) => {
        this.logger.warn(`Late receipts wait for the database: ${String(error)}`);
        retry();
      });
    });
    const late = { organisationId, count, cancel, again };
    this.late.add(late);
    this.lateCount += count;
  }

  private complain(organisationId: number, count: number, why: unknown): void {
    this.logger.warn(`${count} receipts in organisation ${organisationId} are lost: ${String(why)}`);
  }
}
