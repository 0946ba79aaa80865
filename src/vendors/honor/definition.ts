import { TTL } from '../huawei/limits.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';
import type { VendorDefinition, VendorField, VendorSetting } from '../vendor.js';

export interface HonorSettings {
  appId: string;
  clientId: string;
  clientSecret: string;
  importance: string;
  badgeClass?: string;
  tokensPerRequest: number;
  authUrl: string;
  baseUrl: string;
}

/** Devices a second that Honor bears of an app. */
const RATE = 3000;
const MOST_TOKENS = 1000;
const IMPORTANCE: Pick<VendorField, 'name' | 'type' | 'values'> = {
  name: 'importance',
  type: 'string',
  values: ['NORMAL', 'LOW'],
};

const settings: VendorSetting[] = [
  {
    name: 'appId',
    type: 'string',
    description: 'App id of the app in the Honor developer console, part of the address that pushes go to.',
    required: true,
    example: '104412345',
  },
  {
    name: 'clientId',
    type: 'string',
    description: 'Client id of the app.',
    required: true,
  },
  {
    name: 'clientSecret',
    type: 'string',
    description: 'Client secret that belongs to the client id.',
    required: true,
    sensitive: true,
  },
  {
    ...IMPORTANCE,
    description:
      'Class of pushes that name none: NORMAL is service and communication, a right that Honor grants to an app; LOW is marketing, of ' +
      'which a device gets two a day.',
    default: 'NORMAL',
  },
  {
    name: 'badgeClass',
    type: 'string',
    description: 'Full class name of the app’s launcher activity. Without it, the number on the icon is left as it is.',
    max: 256,
    example: 'com.example.app.MainActivity',
  },
  {
    name: 'tokensPerRequest',
    type: 'integer',
    description: 'Most devices in one request, 1 to 1000: less for an app that Honor allows less.',
    min: 1,
    max: MOST_TOKENS,
    default: MOST_TOKENS,
  },
  urlSetting('authUrl', 'Where access tokens are fetched.', 'https://iam.developer.honor.com/auth/token'),
  urlSetting('baseUrl', 'Server of the push service.', 'https://push-api.cloud.honor.com'),
  ...transportSettings(),
];

const options: VendorField[] = [
  { ...IMPORTANCE, description: 'Class of the push, in the place of the account’s.' },
  {
    name: 'badgeClass',
    type: 'string',
    description: 'Full class name of the app’s launcher activity, in the place of the account’s.',
    max: 256,
  },
  {
    name: 'testMessage',
    type: 'boolean',
    description: 'A test push, of which 1000 a day are outside the limits of a device.',
  },
  {
    name: 'group',
    type: 'string',
    description: 'Pushes of one group are shown as one: the newest, and how many there are.',
    max: 64,
  },
];

/** Source: Honor Push, downlink message API (November 2026). */
export const HONOR: VendorDefinition = {
  code: 'honor',
  name: 'Honor Push',
  kind: 'push',
  serves: 'honor',
  settings,
  options,
  usualPace: { perSecond: RATE },
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
