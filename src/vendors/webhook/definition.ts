import type { VendorDefinition, VendorSetting } from '../vendor.js';

const settings: VendorSetting[] = [
  {
    name: 'url',
    type: 'string',
    description: 'Where batches are posted to, http or https. Redirects are not followed.',
    required: true,
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
  },
  {
    name: 'connections',
    type: 'integer',
    description: 'Most connections at once from one process, 1 to 256.',
    default: 8,
  },
  {
    name: 'timeoutSeconds',
    type: 'integer',
    description: 'How long the whole answer may take, 1 to 30 seconds; after it nobody knows what became of the batch.',
    default: 20,
  },
  {
    name: 'allowPrivateNetwork',
    type: 'boolean',
    description:
      'Also connect to addresses of this machine and of private networks (127.0.0.1, 10.x, 192.168.x, fd00:: …), where ' +
      'the gateway stands beside Tidings.',
    default: false,
  },
];

/** A customer's own gateway, whatever it carries messages over. */
export const WEBHOOK: VendorDefinition = {
  code: 'webhook',
  name: 'Own gateway over HTTP',
  kind: 'any',
  settings,
  capabilities: {
    batchSize: 1000,
    concurrency: 64,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: false,
    collapse: false,
    ttl: true,
    paceUnit: 'requests',
  },
};
