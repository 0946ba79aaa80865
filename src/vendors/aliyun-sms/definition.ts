import { signHostSetting } from '../sms/sign-host.js';
import { SMS_SETTINGS } from '../sms/sms-words.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';
import type { VendorDefinition } from '../vendor.js';

/**
 * Source: Alibaba Cloud SMS API 2017-05-25, its error codes, and its signature V3 (November 2026). Reports come where the console's
 * "message receipts" say: enter the account's receipt URL there as HTTP batch push of SmsReport.
 */
export const ALIYUN_SMS: VendorDefinition = {
  code: 'aliyun-sms',
  name: 'Alibaba Cloud SMS',
  kind: 'sms',
  settings: [
    {
      name: 'accessKeyId',
      type: 'string',
      description: 'AccessKey ID of a RAM user that may send SMS (AliyunDysmsFullAccess).',
      required: true,
      example: 'LTAI5tExampleExample',
    },
    {
      name: 'accessKeySecret',
      type: 'string',
      description: 'AccessKey secret that belongs to it.',
      required: true,
      sensitive: true,
    },
    {
      name: 'securityToken',
      type: 'string',
      description: 'Token of a temporary (STS) AccessKey; it ages out with the key.',
      sensitive: true,
    },
    ...SMS_SETTINGS,
    {
      name: 'extendCode',
      type: 'string',
      description: 'Extension of the sender number by which replies are told apart, digits.',
      check: (value) => (/^\d{1,12}$/.test(String(value)) ? undefined : 'must be 1 to 12 digits'),
    },
    urlSetting(
      'baseUrl',
      'Server: https://dysmsapi.aliyuncs.com in China, https://dysmsapi.ap-southeast-1.aliyuncs.com in Singapore.',
      'https://dysmsapi.aliyuncs.com',
    ),
    signHostSetting('dysmsapi.aliyuncs.com'),
    ...transportSettings(),
  ],
  usualPace: { perSecond: 5000 },
  capabilities: {
    batchSize: 1000,
    requestSize: 1000,
    concurrency: 8,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: null,
    ttl: null,
    paceUnit: 'requests',
  },
};
