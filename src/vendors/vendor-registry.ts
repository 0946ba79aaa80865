import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InvalidRequest } from '../common/problem.js';
import type { Vendor } from './vendor.js';

/** Injection token of the list of vendors. */
export const VENDORS = Symbol('VENDORS');

/** Finds the adapter of a vendor account; closes all of them when the process stops. */
@Injectable()
export class VendorRegistry implements OnModuleDestroy {
  private readonly byCode = new Map<string, Vendor>();

  constructor(@Inject(VENDORS) vendors: readonly Vendor[]) {
    for (const vendor of vendors) {
      const { code } = vendor.definition;
      if (this.byCode.has(code)) throw new Error(`Two vendors have the code ${code}.`);
      this.byCode.set(code, vendor);
    }
  }

  /** @throws InvalidRequest at `vendor` when there is none of that code */
  get(code: string): Vendor {
    const vendor = this.byCode.get(code);
    if (vendor) return vendor;
    throw InvalidRequest.at('vendor', `must be one of ${[...this.byCode.keys()].join(', ')}`);
  }

  all(): Vendor[] {
    return [...this.byCode.values()];
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.all().map(async (vendor) => vendor.close?.()));
  }
}
