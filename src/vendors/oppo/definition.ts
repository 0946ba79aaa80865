import type { FieldError } from '../../common/problem.js';
import type { VendorDefinition, VendorField } from '../vendor.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';

const channelId: VendorField = {
  name: 'channelId',
  type: 'string',
  description:
    'Notification channel of the app, as registered with OPPO: public, or private for messages to one person.',
  max: 64,
};
const category: VendorField = {
  name: 'category',
  type: 'string',
  description: 'Class of the message by the rules of OPPO, such as IM, ACCOUNT, ORDER, NEWS or MARKETING.',
  max: 32,
  example: 'ORDER',
};
const notifyLevel: VendorField = {
  name: 'notifyLevel',
  type: 'integer',
  description:
    'How it is noticed: 1 in the notification bar, 2 on the lock screen as well, 16 with banner, sound and vibration, ' +
    'which OPPO must have granted. Needs a category.',
  values: [1, 2, 16],
};

/** How long OPPO keeps a push for a device that is away. */
export const TTL = { min: 3_600, max: 864_000 };

/** Source: OPPO PUSH server API, notification message, unicast, receipts and return codes (November 2026). */
export const OPPO: VendorDefinition = {
  code: 'oppo',
  name: 'OPPO PUSH (OPPO, OnePlus, realme)',
  kind: 'push',
  serves: 'oppo',
  settings: [
    { name: 'appKey', type: 'string', description: 'AppKey of the app in the OPPO PUSH console.', required: true },
    {
      name: 'masterSecret',
      type: 'string',
      description: 'MasterSecret (AppServerSecret) of the app in the OPPO PUSH console.',
      required: true,
      sensitive: true,
    },
    urlSetting(
      'baseUrl',
      'Server: https://api-push-cn.heytapmobi.com in China, https://api.push.oppomobile.com as its older name, ' +
        'https://api-intl.push.oppomobile.com elsewhere.',
      'https://api-push-cn.heytapmobi.com',
    ),
    {
      name: 'fieldCase',
      type: 'string',
      description: 'How fields of a notification are spelled: snake as OPPO documents them, camel as its examples do.',
      values: ['snake', 'camel'],
      default: 'snake',
    },
    { ...channelId, description: 'Notification channel of pushes that name none.' },
    { ...category, description: 'Category of pushes that name none.' },
    { ...notifyLevel, description: 'Notify level (1, 2 or 16) of pushes that have the category of this account.' },
    {
      name: 'badgeAllowed',
      type: 'boolean',
      description: 'Whether OPPO granted the app the right to change its badge; without it badges are left out.',
      default: false,
    },
    {
      name: 'usualTtlSeconds',
      type: 'integer',
      description: 'How long OPPO keeps a push without an expiry for a device that is away, 1 hour to 10 days.',
      ...TTL,
      default: 86_400,
    },
    ...transportSettings(),
  ],
  checkSettings: (settings) => checkLevel(settings).map(({ path, message }) => ({ path: `settings.${path}`, message })),
  options: [
    channelId,
    category,
    notifyLevel,
    { name: 'subTitle', type: 'string', description: 'Shown beside the title.', max: 10 },
    {
      name: 'privateTemplateId',
      type: 'string',
      description: 'Id of a template of private messages that OPPO approved; title and text must follow it.',
      max: 128,
    },
    {
      name: 'privateTitleParameters',
      type: 'object',
      description: 'Values for the variables in the title of the template.',
    },
    {
      name: 'privateContentParameters',
      type: 'object',
      description: 'Values for the variables in the text of the template.',
    },
  ],
  checkOptions: (options) => [...checkLevel(options), ...checkTemplate(options)],
  // OPPO counts the pushes of all its APIs together; an app of less than 10 million users gets the least.
  usualPace: { perSecond: 5_000 },
  capabilities: {
    batchSize: 1000,
    requestSize: 1000,
    concurrency: 8,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: ['set', 'add'],
    collapse: 'notify_id',
    ttl: TTL,
    paceUnit: 'recipients',
  },
};

function checkLevel({ notifyLevel, category }: Readonly<Record<string, unknown>>): FieldError[] {
  return notifyLevel === undefined || category !== undefined
    ? []
    : [{ path: 'notifyLevel', message: 'needs a category' }];
}

function checkTemplate(options: Readonly<Record<string, unknown>>): FieldError[] {
  if (options['privateTemplateId'] !== undefined) return [];
  return ['privateTitleParameters', 'privateContentParameters']
    .filter((name) => options[name] !== undefined)
    .map((path) => ({ path, message: 'needs privateTemplateId' }));
}
