import type { VendorDefinition } from '../vendor.js';

/** Devices that hold a connection to Tidings' own live channel. */
export const LIVE: VendorDefinition = {
  code: 'live',
  name: 'Devices connected to Tidings',
  kind: 'push',
  settings: [],
  capabilities: {
    batchSize: 1000,
    concurrency: 4,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: false,
    collapse: false,
    ttl: true,
    paceUnit: 'recipients',
  },
};
