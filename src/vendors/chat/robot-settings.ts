import type { FieldError } from '../../common/problem.js';
import { urlSetting } from '../transport/transport-settings.js';
import type { VendorCapabilities, VendorSetting } from '../vendor.js';

/** What group robots can do, whose posts are for everybody in the group. */
export const ROBOT_CAPABILITIES: VendorCapabilities = {
  batchSize: 100,
  requestSize: 100,
  // Posts stand in the group in the order in which they were sent.
  concurrency: 1,
  receipts: false,
  acceptanceIsDelivery: false,
  badge: [],
  collapse: null,
  ttl: null,
  paceUnit: 'requests',
};

/** The part of a robot's address that only its owner knows. */
export const robotKey = (name: string, description: string): VendorSetting => ({
  name,
  type: 'string',
  description,
  required: true,
  sensitive: true,
  check: (value) =>
    /^[\w-]+$/.test(String(value)) ? undefined : 'must be this part of the robot’s address alone, not the whole of it',
});

/** The whole address of a robot that has no key apart from it. */
export const robotUrl = (description: string, example: string): VendorSetting => ({
  ...urlSetting('webhookUrl', description),
  sensitive: true,
  example,
});

/** What is wrong with such an address: it grants access, so that it must not be sent in the clear but beside Tidings. */
export function overHttps({ webhookUrl, allowPrivateNetwork }: Readonly<Record<string, unknown>>): FieldError[] {
  return allowPrivateNetwork === true || String(webhookUrl).startsWith('https:')
    ? []
    : [{ path: 'settings.webhookUrl', message: 'must be an https address' }];
}

export const LINK_TEXT: VendorSetting = {
  name: 'linkText',
  type: 'string',
  description: 'Words of the link to the content’s url.',
  max: 75,
  default: 'Open',
};

export const ROBOT_SECRET: VendorSetting = {
  name: 'secret',
  type: 'string',
  description: 'The robot’s secret, where its security setting is a signature.',
  sensitive: true,
};

export const ROBOT_KEYWORD: VendorSetting = {
  name: 'keyword',
  type: 'string',
  description: 'A keyword of the robot, where its security setting is keywords; added to texts that do not hold it.',
  max: 64,
};
