import type { VendorDefinition, VendorField } from '../vendor.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';

const options: VendorField[] = [
  {
    name: 'channelId',
    type: 'string',
    description: 'Id of the notification channel that Xiaomi approved; it decides which quota the push counts under.',
    max: 64,
    example: '106765',
  },
  {
    name: 'notifyType',
    type: 'integer',
    description: 'How it is noticed: -1 in every way, or the sum of 1 sound, 2 vibration, 4 light.',
    min: -1,
    max: 7,
  },
  {
    name: 'foregroundShow',
    type: 'boolean',
    description: 'Whether it is shown while the app is in the foreground.',
  },
  { name: 'sound', type: 'string', description: 'Name of a sound resource of the app, or a URI of one.', max: 255 },
];

/** How long Xiaomi keeps a push for a device that is away. */
export const TTL = { min: 1, max: 1_209_600 };

/** Source: Mi Push server API, "extra" parameters and error codes (November 2026). */
export const XIAOMI: VendorDefinition = {
  code: 'xiaomi',
  name: 'Xiaomi Mi Push',
  kind: 'push',
  serves: 'xiaomi',
  settings: [
    {
      name: 'appSecret',
      type: 'string',
      description: 'AppSecret of the app in the Mi Push console.',
      required: true,
      sensitive: true,
    },
    {
      name: 'packageName',
      type: 'string',
      description: 'Package name of the app, as in the Mi Push console.',
      required: true,
      example: 'com.example.app',
    },
    {
      name: 'channelId',
      type: 'string',
      description: 'Notification channel of pushes that name none; without one they count as public messages.',
      max: 64,
    },
    urlSetting(
      'baseUrl',
      'Server: https://api.xmpush.xiaomi.com in China; elsewhere ru-api, idmb-api, fr-api or sgp-api.xmpush.global.xiaomi.com.',
      'https://api.xmpush.xiaomi.com',
    ),
    ...transportSettings(),
  ],
  options,
  // What Xiaomi takes of an app with fewer than 100 000 devices; of others, more.
  usualPace: { perSecond: 500 },
  capabilities: {
    batchSize: 1000,
    requestSize: 1000,
    concurrency: 8,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: 'notify_id',
    ttl: TTL,
    paceUnit: 'requests',
  },
};
