import { TAG_KEY } from '../push/tag-key.js';
import { APS_OPTIONS } from '../apns/aps.js';
import { h2Settings } from '../transport/h2-peer.js';
import { urlSetting } from '../transport/transport-settings.js';
import type { VendorDefinition } from '../vendor.js';
import { serviceAccountProblem } from './service-account.js';

export const TTL = { min: 1, max: 2_419_200 };

/** Source: Firebase, "FCM HTTP v1 API" (REST reference of projects.messages) and "FCM error codes" (November 2026). */
export const FCM: VendorDefinition = {
  code: 'fcm',
  name: 'Firebase Cloud Messaging',
  kind: 'push',
  serves: 'fcm',
  ownReceipts: true,
  settings: [
    {
      name: 'serviceAccount',
      type: 'object',
      description:
        'Content of the JSON file of a service account of the Firebase project, with the right to send messages.',
      required: true,
      sensitive: true,
      check: serviceAccountProblem,
    },
    urlSetting(
      'baseUrl',
      'Server of the pushes; that of access tokens stands in the service account.',
      'https://fcm.googleapis.com',
    ),
    {
      name: 'channelId',
      type: 'string',
      description: 'Notification channel of pushes to Android that name none.',
      max: 255,
    },
    {
      name: 'sound',
      type: 'string',
      description:
        'Sound on iOS of pushes that name none: a file of the app, `default` for the usual one, `none` for silence.',
      max: 255,
      default: 'default',
    },
    {
      name: 'addressedBy',
      type: 'string',
      description: 'What the devices’ addresses are: registration tokens, or Firebase installation ids.',
      values: ['token', 'fid'],
      default: 'token',
    },
    TAG_KEY,
    ...h2Settings(),
  ],
  options: [
    { name: 'analyticsLabel', type: 'string', description: 'Label in Firebase’s reports.', check: labelProblem },
    { name: 'icon', type: 'string', description: 'Name of a drawable of the Android app.', max: 255 },
    { name: 'color', type: 'string', description: 'Colour of the icon on Android, as #rrggbb.', check: colorProblem },
    {
      name: 'visibility',
      type: 'string',
      description: 'What a locked Android screen shows of it.',
      values: ['PRIVATE', 'PUBLIC', 'SECRET'],
    },
    {
      name: 'notificationPriority',
      type: 'string',
      description: 'How much it stands out on Android before version 8.',
      values: ['PRIORITY_MIN', 'PRIORITY_LOW', 'PRIORITY_DEFAULT', 'PRIORITY_HIGH', 'PRIORITY_MAX'],
    },
    { name: 'sticky', type: 'boolean', description: 'Whether it stays on Android when it is tapped.' },
    ...APS_OPTIONS,
  ],
  capabilities: {
    batchSize: 1000,
    requestSize: 1,
    concurrency: 4,
    receipts: false,
    acceptanceIsDelivery: false,
    badge: ['set'],
    collapse: 'collapse_key',
    ttl: TTL,
    paceUnit: 'requests',
  },
  usualPace: { perSecond: 10_000 },
};

function labelProblem(value: unknown): string | undefined {
  return /^[a-zA-Z0-9-_.~%]{1,50}$/.test(String(value)) ? undefined : 'must be 1 to 50 letters, digits or -_.~%';
}

function colorProblem(value: unknown): string | undefined {
  return /^#[0-9a-f]{6}$/i.test(String(value)) ? undefined : 'must be a colour such as #0066cc';
}
