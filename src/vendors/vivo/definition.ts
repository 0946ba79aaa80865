import type { FieldError } from '../../common/problem.js';
import type { VendorDefinition, VendorField } from '../vendor.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';

const CATEGORIES: readonly (readonly string[])[] = [
  ['NEWS', 'CONTENT', 'MARKETING', 'SOCIAL'],
  ['IM', 'ACCOUNT', 'TODO', 'DEVICE_REMINDER', 'ORDER', 'SUBSCRIPTION'],
];
const CLASSES = ['operations', 'system'] as const;

const CLASS_WORDS =
  '0 operations, of which each device takes few a day, and none from 23:00 to 7:00; 1 system; without one, that of the category.';
const CATEGORY_WORDS = `${CATEGORIES[0]?.join(', ')} of operations, ${CATEGORIES[1]?.join(', ')} of system messages.`;

const classification: VendorField = {
  name: 'classification',
  type: 'integer',
  description: `Class: ${CLASS_WORDS}`,
  values: [0, 1],
};
const category: VendorField = {
  name: 'category',
  type: 'string',
  description: `Category: ${CATEGORY_WORDS}`,
  values: CATEGORIES.flat(),
};
const notifyType: VendorField = {
  name: 'notifyType',
  type: 'integer',
  description: 'How it is noticed up to Android 8: 1 not, 2 by sound, 3 by vibration, 4 by both.',
  values: [1, 2, 3, 4],
};
const pushMode: VendorField = {
  name: 'pushMode',
  type: 'integer',
  description: '1: a test, which reaches the test devices of the vivo console only; 0: a real push.',
  values: [0, 1],
};

/** How long vivo keeps a push for a device that is away; the least of a push to several is longer. */
export const TTL = { min: 60, max: 604_800 };
export const LEAST_TTL_OF_A_LIST = 900;

/** Source: vivo PUSH-UPS server API, classes of messages, return codes and receipts (November 2026). */
export const VIVO: VendorDefinition = {
  code: 'vivo',
  name: 'vivo Push (vivo, iQOO)',
  kind: 'push',
  serves: 'vivo',
  settings: [
    {
      name: 'appId',
      type: 'string',
      description: 'App id in the vivo push console.',
      required: true,
      check: (value) => (/^\d{1,15}$/.test(String(value)) ? undefined : 'must be a number, in digits'),
      example: '10004',
    },
    { name: 'appKey', type: 'string', description: 'AppKey of the app in the vivo push console.', required: true },
    {
      name: 'appSecret',
      type: 'string',
      description: 'AppSecret of the app in the vivo push console.',
      required: true,
      sensitive: true,
    },
    {
      name: 'receiptId',
      type: 'string',
      description:
        'Id of the receipt address that was registered in the vivo push console. Without one, vivo sends receipts of pushes to ' +
        'single devices only.',
      max: 64,
    },
    { ...classification, description: `Class of pushes that name neither class nor category: ${CLASS_WORDS}` },
    { ...category, description: `Category of pushes of its class that name none: ${CATEGORY_WORDS}` },
    { ...notifyType, default: 4 },
    { ...pushMode, default: 0 },
    urlSetting('baseUrl', 'Server of the push service.', 'https://api-push.vivo.com.cn'),
    ...transportSettings(),
  ],
  checkSettings: (settings) => checkClass(settings, 'settings.category'),
  options: [
    classification,
    category,
    notifyType,
    pushMode,
    { name: 'foregroundShow', type: 'boolean', description: 'Whether it is shown while the app is in the foreground.' },
  ],
  checkOptions: (options) => checkClass(options, 'category'),
  // vivo takes 3000 requests in a second of a small app; a push to several is two of them.
  usualPace: { perSecond: 1_500 },
  capabilities: {
    batchSize: 1000,
    requestSize: 1000,
    concurrency: 8,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: ['add'],
    collapse: 'notifyId',
    ttl: TTL,
    paceUnit: 'requests',
  },
};

/** The class that a category belongs to. */
export function classOfCategory(category: unknown): number | undefined {
  const found = CATEGORIES.findIndex((names) => names.includes(String(category)));
  return found === -1 ? undefined : found;
}

function checkClass({ classification, category }: Readonly<Record<string, unknown>>, path: string): FieldError[] {
  const right = classOfCategory(category);
  if (classification === undefined || right === undefined || right === classification) return [];
  return [{ path, message: `is a category of ${CLASSES[right]} messages, classification ${right}` }];
}
