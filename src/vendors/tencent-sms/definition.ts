import { signHostSetting } from '../sms/sign-host.js';
import { SMS_SETTINGS } from '../sms/sms-words.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';
import type { VendorDefinition } from '../vendor.js';

/**
 * Source: Tencent Cloud SMS API 2021-01-11, its error codes, and its signature v3 (November 2026). Reports come where the console's
 * event callback says: enter the account's receipt URL there for the delivery status.
 *
 * Tencent numbers the variables of templates. A template's params are therefore named `1`, `2`, … and sent in the order of these
 * numbers; a single one may have any name.
 */
export const TENCENT_SMS: VendorDefinition = {
  code: 'tencent-sms',
  name: 'Tencent Cloud SMS',
  kind: 'sms',
  settings: [
    {
      name: 'secretId',
      type: 'string',
      description: 'SecretId of a CAM user that may send SMS.',
      required: true,
      example: 'AKIDExampleExample',
    },
    {
      name: 'secretKey',
      type: 'string',
      description: 'SecretKey that belongs to it.',
      required: true,
      sensitive: true,
    },
    {
      name: 'token',
      type: 'string',
      description: 'Token of temporary (STS) keys; it ages out with them.',
      sensitive: true,
    },
    {
      name: 'sdkAppId',
      type: 'string',
      description: 'SdkAppId of the application in the SMS console.',
      required: true,
      example: '1400006666',
    },
    {
      name: 'region',
      type: 'string',
      description: 'Region that takes the calls, such as ap-guangzhou, ap-beijing, ap-nanjing or ap-singapore.',
      default: 'ap-guangzhou',
    },
    ...SMS_SETTINGS,
    {
      name: 'extendCode',
      type: 'string',
      description: 'Extension of the sender number by which replies are told apart, where Tencent has enabled it.',
      check: (value) => (/^\d{1,12}$/.test(String(value)) ? undefined : 'must be 1 to 12 digits'),
    },
    {
      name: 'senderId',
      type: 'string',
      description: 'Own sender of messages to other countries, where one is registered.',
      max: 32,
    },
    urlSetting(
      'baseUrl',
      'Server: https://sms.tencentcloudapi.com; for accounts of the international site https://sms.intl.tencentcloudapi.com.',
      'https://sms.tencentcloudapi.com',
    ),
    signHostSetting('sms.tencentcloudapi.com'),
    ...transportSettings(),
  ],
  usualPace: { perSecond: 3000 },
  capabilities: {
    batchSize: 200,
    requestSize: 200,
    concurrency: 8,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: null,
    ttl: null,
    paceUnit: 'requests',
  },
};
