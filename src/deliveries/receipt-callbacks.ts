import { Injectable } from '@nestjs/common';
import { AccountConfigs } from '../channels/account-configs.js';
import type { VendorAccount } from '../channels/vendor-account.entity.js';
import { Clock } from '../common/clock.js';
import { NotFound } from '../common/problem.js';
import { validation } from '../common/validation.js';
import { Config } from '../config/config.js';
import type { ReceiptAnswer, ReceiptCall, ReceiptReading } from '../vendors/vendor.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import { readJsonBody } from '../common/body-parsers.js';
import { ReceiptAccounts } from './receipt-accounts.js';
import { ReceiptsDto, toReceipts } from './receipt.dto.js';
import { ReceiptService } from './receipt-service.js';

/** A callback as it came in. */
export interface Callback {
  method: string;
  /** Path and query. */
  path: string;
  headers: ReceiptCall['headers'];
  query: ReceiptCall['query'];
  body: string;
}

/** Nothing to say but that it was stored. */
const STORED: ReceiptAnswer = { status: 204 };

/** Takes the callbacks of vendors, each in its own words, and answers in these once the receipts are stored. */
@Injectable()
export class ReceiptCallbacks {
  private readonly pipe = validation();

  constructor(
    private readonly accounts: ReceiptAccounts,
    private readonly configs: AccountConfigs,
    private readonly vendors: VendorRegistry,
    private readonly receipts: ReceiptService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound for a wrong account or secret, InvalidRequest for receipts in Tidings' own shape that are wrong */
  async take(name: string, secret: string, callback: Callback): Promise<ReceiptAnswer> {
    const account = await this.accounts.authenticate(name, secret);
    const { receipts, answer } = await this.read(account, callback);
    if (receipts.length > 0) await this.receipts.submit(account, receipts);
    return answer;
  }

  private async read(account: VendorAccount, callback: Callback): Promise<ReceiptReading> {
    const vendor = this.vendors.get(account.vendor);
    const now = this.clock.now();
    if (vendor.readReceipts !== undefined) {
      const { path, headers, query, body } = callback;
      const url = `${this.config.publicUrl ?? `http://${headers['host'] ?? 'localhost'}`}${path}`;
      return vendor.readReceipts({ account: this.configs.of(account), url, headers, query, body, now });
    }
    if (callback.method !== 'POST') throw new NotFound('resource', callback.path.slice(0, 40));
    const given = (await this.pipe.transform(readJsonBody(callback.body), {
      type: 'body',
      metatype: ReceiptsDto,
    })) as ReceiptsDto;
    return { receipts: toReceipts(given, now), answer: STORED };
  }
}
