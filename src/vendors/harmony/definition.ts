import { CATEGORIES as ANDROID_CATEGORIES } from '../huawei/categories.js';
import { LEAST_RATE, MOST_TOKENS, TTL } from '../huawei/limits.js';
import { checkReceiptSettings, RECEIPT_SETTINGS, type ReceiptSettings } from '../huawei/receipt-settings.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';
import type { VendorDefinition, VendorField, VendorSetting } from '../vendor.js';
import { type ServiceAccount, serviceAccountProblem } from './service-account.js';

export interface HarmonySettings extends ReceiptSettings {
  serviceAccount: ServiceAccount;
  category: string;
  baseUrl: string;
}

const CATEGORIES = [...ANDROID_CATEGORIES, 'MISS_CALL'];

const settings: VendorSetting[] = [
  {
    name: 'serviceAccount',
    type: 'object',
    description:
      'Key file of a service account of the app’s project, made in the API Console: project_id, key_id, private_key and sub_account; ' +
      'its other fields are not used.',
    required: true,
    sensitive: true,
    check: serviceAccountProblem,
  },
  {
    name: 'category',
    type: 'string',
    description:
      'Kind of pushes that name none; HarmonyOS demands one. All but MARKETING are a right that Huawei grants to an app.',
    required: true,
    values: CATEGORIES,
    example: 'WORK',
  },
  ...RECEIPT_SETTINGS,
  urlSetting('baseUrl', 'Server of the push service.', 'https://push-api.cloud.huawei.com'),
  ...transportSettings(),
];

const options: VendorField[] = [
  {
    name: 'category',
    type: 'string',
    description: 'Kind of the push, in the place of the account’s; PLAY_VOICE is read out by the app.',
    values: CATEGORIES,
  },
  {
    name: 'testMessage',
    type: 'boolean',
    description: 'A test push: outside the limits of its category, 1000 a day for a project.',
  },
  {
    name: 'foregroundShow',
    type: 'boolean',
    description: 'Whether it is shown while the app is in the foreground; true unless told.',
  },
  { name: 'sound', type: 'string', description: 'Sound file in the app’s rawfile folder: alert.mp3.', max: 256 },
  {
    name: 'soundDuration',
    type: 'integer',
    description: 'How long the sound is played, 1 to 60 seconds.',
    min: 1,
    max: 60,
  },
  { name: 'profileId', type: 'string', description: 'Anonymous id of the account inside the app.', max: 64 },
];

/** Source: HarmonyOS Push Kit, REST API for scenario-based messages, version 3 (November 2026). */
export const HARMONY: VendorDefinition = {
  code: 'harmony',
  name: 'Huawei Push Kit (HarmonyOS 5 and later)',
  kind: 'push',
  serves: 'harmony',
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
    collapse: 'notifyId',
    ttl: TTL,
    paceUnit: 'recipients',
  },
};
