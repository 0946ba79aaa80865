import type { Receipt } from './vendor.js';

/** Takes the receipts a vendor learns of by itself, as its callbacks would bring them. */
export abstract class ReceiptSink {
  /** One call for all receipts at hand; references that name no delivery of this account are ignored. */
  abstract submit(vendorAccount: { organisationId: number; id: number }, receipts: Receipt[]): Promise<void>;
}
