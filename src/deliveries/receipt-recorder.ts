import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Tenants } from '../database/tenants.js';
import type { DeliveryReceipt } from './delivery-receipt.js';
import { APPLY_RECEIPTS } from './sql/apply-receipts.js';
import { anyShard } from './sql/count-moves.js';

/** What could not simply be applied. */
export interface Unapplied {
  /** Their deliveries are not recorded yet. */
  missing: DeliveryReceipt[];
  /** How many named no delivery of their account. */
  ignored: number;
  /** How many addresses were called dead and yet left alone, as most of their message's addresses were. */
  held: number;
}

interface UnappliedRow {
  position: number;
  fate: 'missing' | 'ignored' | 'held';
}

/** Writes what receipts say, once each: a repeated one changes nothing. */
@Injectable()
export class ReceiptRecorder {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /** Applies receipts, one per delivery and account; done again when Postgres broke a deadlock. */
  async apply(organisationId: number, receipts: readonly DeliveryReceipt[]): Promise<Unapplied> {
    const values = [this.clock.now(), anyShard(), ...columns(receipts)];
    const rows = await this.tenants.transaction(organisationId, (scope) =>
      scope.query<UnappliedRow>(APPLY_RECEIPTS, values),
    );
    const missing = rows
      .filter(({ fate }) => fate === 'missing')
      .map(({ position }) => receipts[position - 1])
      .filter((receipt) => receipt !== undefined);
    return {
      missing,
      ignored: rows.filter(({ fate }) => fate === 'ignored').length,
      held: rows.filter(({ fate }) => fate === 'held').length,
    };
  }
}

function columns(receipts: readonly DeliveryReceipt[]): unknown[] {
  return [
    receipts.map(({ vendorAccountId }) => vendorAccountId),
    receipts.map(({ messageId }) => messageId),
    receipts.map(({ channelId }) => channelId),
    receipts.map(({ endpointId }) => endpointId),
    receipts.map(({ status }) => status),
    receipts.map(({ deliveredAt }) => deliveredAt),
    receipts.map(({ readAt }) => readAt),
    receipts.map(({ failedAt }) => failedAt),
    receipts.map(({ code }) => code),
    receipts.map(({ gone }) => gone),
  ];
}
