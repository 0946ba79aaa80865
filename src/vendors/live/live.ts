import { Injectable, Logger } from '@nestjs/common';
import { LiveDevices } from '../live-devices.js';
import type { SendResult, Vendor, VendorRequest, VerifyResult } from '../vendor.js';
import { OUTCOMES } from './codes.js';
import { LIVE } from './definition.js';

/** Built in: pushes to devices over the connections they hold to Tidings. */
@Injectable()
export class LiveVendor implements Vendor {
  readonly definition = LIVE;
  private readonly logger = new Logger(LiveVendor.name);

  constructor(private readonly devices: LiveDevices) {}

  async send({ account, targets }: VendorRequest): Promise<SendResult> {
    try {
      const online = await this.devices.push(
        account,
        targets.map(({ reference }) => reference),
      );
      return { outcomes: targets.map((_, index) => (online[index] === true ? OUTCOMES.online : OUTCOMES.offline)) };
    } catch (error) {
      this.logger.warn(`Nobody knows which devices are online: ${String(error)}`);
      return { outcomes: targets.map(() => OUTCOMES.unasked) };
    }
  }

  verify(): Promise<VerifyResult> {
    return Promise.resolve({ ok: true, detail: 'The live channel is built in; it needs no account elsewhere.' });
  }
}
