import { Injectable } from '@nestjs/common';
import type { Outcome, SendResult, Vendor, VendorRequest, VerifyResult } from '../vendor.js';
import { INBOX } from './definition.js';

const ACCEPTED: Outcome = Object.freeze({ status: 'accepted' });

/** Built in: the delivery record is itself the entry in the person's inbox, so there is nothing left to send. */
@Injectable()
export class InboxVendor implements Vendor {
  readonly definition = INBOX;

  send({ targets }: VendorRequest): Promise<SendResult> {
    return Promise.resolve({ outcomes: targets.map(() => ACCEPTED) });
  }

  verify(): Promise<VerifyResult> {
    return Promise.resolve({ ok: true, detail: 'The inbox is built in; it needs no account.' });
  }
}
