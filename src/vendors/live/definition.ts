import type { VendorDefinition } from '../vendor.js';

/** Devices that hold a connection to Tidings' own live channel. */
export const LIVE: VendorDefinition = {
  code: 'live',
  name: 'Devices connected to Tidings',
  kind: 'push',
  everyEnvironment: true,
  settings: [],
  capabilities: {
    batchSize: 1000,
    requestSize: 1000,
    concurrency: 4,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: null,
    ttl: { min: 0, max: 2_592_000 },
    paceUnit: 'recipients',
  },
};
