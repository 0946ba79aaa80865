import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Clock, SystemClock } from '../../../src/common/clock.js';
import { LiveDevices } from '../../../src/vendors/live-devices.js';
import { ReceiptSink } from '../../../src/vendors/receipt-sink.js';
import { SandboxJournal } from '../../../src/vendors/sandbox/sandbox-journal.js';
import { VendorsModule } from '../../../src/vendors/vendors.module.js';

const PORTS = [
  { provide: Clock, useClass: SystemClock },
  ...[SandboxJournal, LiveDevices, ReceiptSink].map((provide) => ({ provide, useValue: {} })),
];

@Global()
@Module({ providers: PORTS, exports: PORTS.map(({ provide }) => provide) })
class PortsModule {}

/** The vendors as the product has them, with nothing behind their ports. */
export const vendorsApp = (): Promise<TestingModule> =>
  Test.createTestingModule({ imports: [PortsModule, VendorsModule] }).compile();
