import type { VendorDefinition, VendorSetting } from '../vendor.js';

const settings: VendorSetting[] = [
  { name: 'latencyMs', type: 'integer', description: 'How long each call takes, in milliseconds.', default: 0 },
  {
    name: 'failureRate',
    type: 'number',
    description:
      'Share of targets that fail, 0 to 1. Which ones depends on their reference only, so a repeat fails again.',
    default: 0,
    example: 0.05,
  },
  {
    name: 'failureStatus',
    type: 'string',
    description: 'How they fail: rejected, retry, unreachable or unknown.',
    default: 'rejected',
  },
  { name: 'failureCode', type: 'string', description: 'The code they fail with.', default: 'sandbox-failure' },
  {
    name: 'deadAddresses',
    type: 'array',
    description: 'Addresses that no longer exist, exactly as sent to.',
    default: [],
    example: ['18600000000'],
  },
  {
    name: 'rules',
    type: 'array',
    description:
      'What becomes of single addresses: { match, status, code?, times?, afterSeconds? }. `match` is an address or a ' +
      'prefix ending in *; with `times`, the rule holds for that many attempts only. The first rule that holds decides.',
    default: [],
    example: [{ match: '186*', status: 'retry', code: 'busy', times: 2, afterSeconds: 1 }],
  },
  {
    name: 'accountProblem',
    type: 'string',
    description: 'Trouble of the whole account: none, credentials, quota, throttled or unreachable.',
    default: 'none',
  },
  {
    name: 'receipts',
    type: 'object',
    description:
      'Receipts for accepted targets: { delivered, read, afterMs }: the shares, 0 to 1, reported delivered and read, ' +
      'and how many milliseconds after the call.',
    example: { delivered: 0.95, read: 0.4, afterMs: 500 },
  },
  {
    name: 'journal',
    type: 'boolean',
    description: 'Whether to keep what was sent, so that it can be looked at.',
    default: true,
  },
];

export const SANDBOX: VendorDefinition = {
  code: 'sandbox',
  name: 'Sandbox',
  kind: 'any',
  ownReceipts: true,
  settings,
  capabilities: {
    batchSize: 1000,
    requestSize: 1000,
    concurrency: 1000,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: ['set', 'add'],
    collapse: 'collapseKey',
    ttl: { min: 0, max: 2_592_000 },
    paceUnit: 'recipients',
  },
};
