import { transportSettings, urlSetting } from '../transport/transport-settings.js';
import type { VendorDefinition } from '../vendor.js';

/** A customer's own gateway, whatever it carries messages over. */
export const WEBHOOK: VendorDefinition = {
  code: 'webhook',
  name: 'Own gateway over HTTP',
  kind: 'any',
  ownReceipts: true,
  settings: [
    {
      ...urlSetting('url', 'Where batches are posted to, http or https. Redirects are not followed.'),
      example: 'https://gateway.example.com/tidings',
    },
    {
      name: 'secret',
      type: 'string',
      description:
        'Key that every request is signed with, at least 16 characters. The header X-Tidings-Signature holds v1= and the hex ' +
        'HMAC-SHA256 of the header X-Tidings-Timestamp (seconds since 1970), a full stop and the body.',
      required: true,
      sensitive: true,
      min: 16,
    },
    ...transportSettings(),
  ],
  capabilities: {
    batchSize: 1000,
    requestSize: 1000,
    concurrency: 64,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: null,
    ttl: { min: 0, max: 2_592_000 },
    paceUnit: 'requests',
  },
};
