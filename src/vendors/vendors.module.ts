import { Module } from '@nestjs/common';
import { InboxVendor } from './inbox/inbox.js';
import { LiveVendor } from './live/live.js';
import { SandboxVendor } from './sandbox/sandbox.js';
import { SmtpVendor } from './smtp/smtp.js';
import type { Vendor } from './vendor.js';
import { VendorRegistry, VENDORS } from './vendor-registry.js';
import { WebhookVendor } from './webhook/webhook.js';

/** Every vendor Tidings knows: a new one is its folder and a line here. */
const VENDOR_CLASSES = [
  InboxVendor, // keep this list sorted
  LiveVendor,
  SandboxVendor,
  SmtpVendor,
  WebhookVendor,
];

/** Imports nothing: `Clock`, `LiveDevices`, `SandboxJournal` and `ReceiptSink` are expected from global modules. */
@Module({
  providers: [
    ...VENDOR_CLASSES,
    { provide: VENDORS, useFactory: (...vendors: Vendor[]) => vendors, inject: VENDOR_CLASSES },
    VendorRegistry,
  ],
  exports: [VendorRegistry],
})
export class VendorsModule {}
