import type { VendorDefinition, VendorField } from '../vendor.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';

const noticeMsgType: VendorField = {
  name: 'noticeMsgType',
  type: 'integer',
  description: 'Class: 0 public, of which each device takes few a day; 1 private, for messages to one person.',
  values: [0, 1],
};

/** How long Meizu keeps a push for a device that is away; it counts in hours. */
export const TTL = { min: 3_600, max: 259_200 };

/** Source: Meizu (Flyme) push server API (April 2025). */
export const MEIZU: VendorDefinition = {
  code: 'meizu',
  name: 'Meizu Push (Flyme)',
  kind: 'push',
  serves: 'meizu',
  settings: [
    { name: 'appId', type: 'string', description: 'App id in the Flyme push console.', required: true },
    {
      name: 'appSecret',
      type: 'string',
      description: 'AppSecret of the app in the Flyme push console.',
      required: true,
      sensitive: true,
    },
    {
      name: 'receipts',
      type: 'boolean',
      description:
        'Whether receipts are asked for. The receipt address of this account must be registered in the Flyme push console ' +
        'first: Meizu refuses pushes with any other.',
      default: false,
    },
    { ...noticeMsgType, default: 0 },
    urlSetting(
      'baseUrl',
      'Server: https://server-api-push.meizu.com in China, https://server-api-push.in.meizu.com elsewhere.',
      'https://server-api-push.meizu.com',
    ),
    ...transportSettings(),
  ],
  options: [noticeMsgType],
  // What Meizu takes of any app.
  usualPace: { perSecond: 200 },
  capabilities: {
    batchSize: 1000,
    requestSize: 100,
    concurrency: 4,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: 'notifyKey',
    ttl: TTL,
    paceUnit: 'requests',
  },
};
