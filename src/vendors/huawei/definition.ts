import { transportSettings, urlSetting } from '../transport/transport-settings.js';
import type { VendorDefinition, VendorField, VendorSetting } from '../vendor.js';
import { CATEGORIES } from './categories.js';
import { LEAST_RATE, MOST_TOKENS, TTL } from './limits.js';
import { checkReceiptSettings, RECEIPT_SETTINGS, type ReceiptSettings } from './receipt-settings.js';

export interface HuaweiSettings extends ReceiptSettings {
  appId: string;
  appSecret: string;
  projectId?: string;
  category?: string;
  badgeClass?: string;
  highUrgency: boolean;
  authUrl: string;
  baseUrl: string;
}

const settings: VendorSetting[] = [
  {
    name: 'appId',
    type: 'string',
    description: 'App id (client id) of the app in AppGallery Connect.',
    required: true,
    example: '104412345',
  },
  {
    name: 'appSecret',
    type: 'string',
    description: 'App secret (client secret) that belongs to the app id.',
    required: true,
    sensitive: true,
  },
  {
    name: 'projectId',
    type: 'string',
    description:
      'Id of the project in AppGallery Connect: with it, pushes go by version 2 of the service, else by version 1.',
    max: 64,
  },
  {
    name: 'category',
    type: 'string',
    description:
      'Kind of pushes that name none, a right that Huawei grants to an app; without the right they count as marketing.',
    values: CATEGORIES,
  },
  {
    name: 'badgeClass',
    type: 'string',
    description: 'Full class name of the app’s launcher activity. Without it, the number on the icon is left as it is.',
    max: 256,
    example: 'com.example.app.MainActivity',
  },
  {
    name: 'highUrgency',
    type: 'boolean',
    description:
      'Whether Huawei granted the app the right to send with high urgency, which wakes the device: pushes of high priority then do. ' +
      'Without the right Huawei refuses such pushes.',
    default: false,
  },
  ...RECEIPT_SETTINGS,
  urlSetting('authUrl', 'Where access tokens are fetched.', 'https://oauth-login.cloud.huawei.com/oauth2/v3/token'),
  urlSetting(
    'baseUrl',
    'Server: https://push-api.cloud.huawei.com in China; elsewhere that of the app’s data region.',
    'https://push-api.cloud.huawei.com',
  ),
  ...transportSettings(),
];

const options: VendorField[] = [
  {
    name: 'category',
    type: 'string',
    description: 'Kind of the push, in the place of the account’s.',
    values: CATEGORIES,
  },
  {
    name: 'importance',
    type: 'string',
    description: 'LOW is shown without sound; NORMAL unless told, or LOW of a push of low priority.',
    values: ['LOW', 'NORMAL'],
  },
  {
    name: 'urgency',
    type: 'string',
    description: 'HIGH wakes the device, where the account has the right; by the priority unless told.',
    values: ['HIGH', 'NORMAL'],
  },
  {
    name: 'badgeClass',
    type: 'string',
    description: 'Full class name of the app’s launcher activity, in the place of the account’s.',
    max: 256,
  },
  {
    name: 'testMessage',
    type: 'boolean',
    description: 'A test push, of which 500 a day are outside the limits of a device.',
  },
  { name: 'channelId', type: 'string', description: 'Id of a notification channel of the app.', max: 128 },
  { name: 'sound', type: 'string', description: 'Sound resource of the app, such as /raw/shake.', max: 256 },
  {
    name: 'foregroundShow',
    type: 'boolean',
    description: 'Whether it is shown while the app is in the foreground; true unless told.',
  },
];

/** Source: HMS Core Push Kit, REST API for Android-based devices up to HarmonyOS 4, versions 1 and 2 (November 2026). */
export const HUAWEI: VendorDefinition = {
  code: 'huawei',
  name: 'Huawei Push Kit (Android, HarmonyOS up to 4)',
  kind: 'push',
  serves: 'huawei',
  settings,
  checkSettings: checkReceiptSettings,
  options,
  usualPace: { perSecond: LEAST_RATE },
  capabilities: {
    batchSize: MOST_TOKENS,
    requestSize: MOST_TOKENS,
    concurrency: 8,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: ['set', 'add'],
    collapse: 'notify_id',
    ttl: TTL,
    paceUnit: 'recipients',
  },
};
