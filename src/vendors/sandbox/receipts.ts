import type { Receipt, VendorTarget } from '../vendor.js';
import { fraction } from './fraction.js';

/** The receipts that follow accepted targets. Who reads is among those delivered, as long as `read` is the smaller share. */
export function receiptsFor(
  targets: readonly VendorTarget[],
  { delivered = 0, read = 0 }: { delivered?: number; read?: number },
  at: Date,
): Receipt[] {
  const receipts: Receipt[] = [];
  for (const { reference } of targets) {
    const chance = fraction(`receipt ${reference}`);
    if (chance < delivered) receipts.push({ reference, status: 'delivered', at });
    if (chance < read) receipts.push({ reference, status: 'read', at });
  }
  return receipts;
}
