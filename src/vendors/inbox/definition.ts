import type { VendorDefinition } from '../vendor.js';

export const INBOX: VendorDefinition = {
  code: 'inbox',
  name: 'Inbox of Tidings',
  kind: 'inbox',
  settings: [],
  capabilities: {
    batchSize: 1000,
    requestSize: 1000,
    concurrency: 1000,
    receipts: false,
    acceptanceIsDelivery: true,
    badge: [],
    collapse: null,
    ttl: null,
    paceUnit: 'recipients',
  },
};
