import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Clock, SystemClock } from '../common/clock.js';
import { InvalidRequest } from '../common/problem.js';
import { InboxVendor } from './inbox/inbox.js';
import { LiveDevices } from './live-devices.js';
import { ReceiptSink } from './receipt-sink.js';
import { SandboxJournal } from './sandbox/sandbox-journal.js';
import { VendorRegistry } from './vendor-registry.js';
import { VendorsModule } from './vendors.module.js';

const PORTS = [
  { provide: Clock, useClass: SystemClock },
  { provide: SandboxJournal, useValue: { append: () => Promise.resolve() } },
  { provide: LiveDevices, useValue: { push: () => Promise.resolve([]) } },
  { provide: ReceiptSink, useValue: { submit: () => Promise.resolve() } },
];

@Global()
@Module({ providers: PORTS, exports: PORTS.map(({ provide }) => provide) })
class PortsModule {}

class ClosingVendor extends InboxVendor {
  closed = false;

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

describe('the registry of vendors', () => {
  it('has every vendor of the module, by its code', async () => {
    const app = await Test.createTestingModule({ imports: [PortsModule, VendorsModule] }).compile();
    const registry = app.get(VendorRegistry);
    expect(registry.all().map(({ definition }) => definition.code)).toEqual([
      'inbox',
      'live',
      'sandbox',
      'smtp',
      'webhook',
    ]);
    for (const vendor of registry.all()) expect(registry.get(vendor.definition.code)).toBe(vendor);
    await app.close();
  });

  it('names the field when there is no such vendor', () => {
    const registry = new VendorRegistry([new InboxVendor()]);
    try {
      registry.get('pigeon');
      throw new Error('The registry knows a pigeon.');
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidRequest);
      expect((error as InvalidRequest).errors).toEqual([{ path: 'vendor', message: 'must be one of inbox' }]);
    }
  });

  it('refuses to start with two vendors of one code', () => {
    expect(() => new VendorRegistry([new InboxVendor(), new InboxVendor()])).toThrow(
      'Two vendors have the code inbox.',
    );
  });

  it('closes the vendors with the process', async () => {
    const vendor = new ClosingVendor();
    await new VendorRegistry([vendor]).onModuleDestroy();
    expect(vendor.closed).toBe(true);
  });
});
