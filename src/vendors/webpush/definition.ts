import { TAG_KEY } from '../push/tag-key.js';
import type { VendorDefinition, VendorField } from '../vendor.js';
import { transportSettings } from '../transport/transport-settings.js';
import { urlProblem } from '../url-problem.js';
import { pairProblems, privateKeyProblem, publicKeyProblem, subjectProblem } from './vapid-keys.js';

/** Four weeks at most, and unless told. */
export const TTL_SECONDS = { min: 0, max: 2_419_200 } as const;

const picture = (name: string, description: string): VendorField => ({
  name,
  type: 'string',
  description,
  max: 1000,
  check: urlProblem,
});

const ICON = picture('icon', 'Address of the picture beside the text.');
const BADGE_ICON = picture('badgeIcon', 'Address of the small one-coloured picture in the status bar of Android.');

const options: VendorField[] = [
  {
    name: 'urgency',
    type: 'string',
    description: 'What the push is worth to a device with a weak battery; otherwise the priority decides.',
    values: ['very-low', 'low', 'normal', 'high'],
  },
  ICON,
  BADGE_ICON,
  { name: 'requireInteraction', type: 'boolean', description: 'Whether it stays until somebody tends to it.' },
  { name: 'renotify', type: 'boolean', description: 'Whether one that takes the place of another is noticed again.' },
  { name: 'silent', type: 'boolean', description: 'Whether it is shown without sound and vibration.' },
  {
    name: 'actions',
    type: 'array',
    description:
      'Buttons: `[{ "action": "reply", "title": "Reply", "icon": "https://…" }]`; browsers show two of them.',
    check: (value) =>
      (value as unknown[]).every(isAction) ? undefined : 'must hold objects with the strings action and title',
  },
];

function isAction(value: unknown): boolean {
  const { action, title } = (value ?? {}) as Record<string, unknown>;
  return typeof action === 'string' && typeof title === 'string';
}

/**
 * Browsers, each reached through the push service of its maker. A device's address is the browser's PushSubscription as JSON text; it
 * must have been made with this account's public key as `applicationServerKey`.
 * Source: RFC 8030 (protocol), 8291 (encryption), 8292 (VAPID); autopush, FCM and Apple for their own codes.
 */
export const WEBPUSH: VendorDefinition = {
  code: 'webpush',
  name: 'Web Push',
  kind: 'push',
  serves: 'webpush',
  ownReceipts: true,
  settings: [
    {
      name: 'publicKey',
      type: 'string',
      description: 'Public VAPID key as base64url, as `npx web-push generate-vapid-keys` prints it.',
      required: true,
      check: publicKeyProblem,
    },
    {
      name: 'privateKey',
      type: 'string',
      description: 'Private VAPID key as base64url.',
      required: true,
      sensitive: true,
      check: privateKeyProblem,
    },
    {
      name: 'subject',
      type: 'string',
      description: 'Where push services can reach the sender of too many pushes: a mailto: or https: address.',
      required: true,
      max: 255,
      check: subjectProblem,
      example: 'mailto:push@example.com',
    },
    { ...ICON, description: 'Address of the picture beside the text of pushes that name none.' },
    {
      ...BADGE_ICON,
      description: 'Address of the small picture in the status bar of Android of pushes that name none.',
    },
    TAG_KEY,
    ...transportSettings({ connections: 32, timeoutSeconds: 10 }),
  ],
  checkSettings: pairProblems,
  options,
  capabilities: {
    batchSize: 500,
    requestSize: 1,
    concurrency: 4,
    receipts: false,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: 'Topic',
    ttl: TTL_SECONDS,
    paceUnit: 'recipients',
  },
};
