import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Clock, SystemClock } from '../common/clock.js';
import { LiveDevices } from './live-devices.js';
import { ReceiptSink } from './receipt-sink.js';
import { SandboxJournal } from './sandbox/sandbox-journal.js';
import type { VendorDefinition } from './vendor.js';
import { VendorRegistry } from './vendor-registry.js';
import { VendorsModule } from './vendors.module.js';

/** Nothing is sent, so nothing is asked of them. */
const PORTS = [
  { provide: Clock, useClass: SystemClock },
  ...[SandboxJournal, LiveDevices, ReceiptSink].map((provide) => ({ provide, useValue: {} })),
];

@Global()
@Module({ providers: PORTS, exports: PORTS.map(({ provide }) => provide) })
class PortsModule {}

@Module({ imports: [PortsModule, VendorsModule] })
class DefinitionsModule {}

/** The definitions of all vendors, in order of their codes, without a server or a database. */
export async function listDefinitions(): Promise<VendorDefinition[]> {
  const context = await NestFactory.createApplicationContext(DefinitionsModule, { logger: false });
  const definitions = context
    .get(VendorRegistry)
    .all()
    .map(({ definition }) => definition);
  await context.close();
  return definitions.sort((one, other) => (one.code < other.code ? -1 : 1));
}
