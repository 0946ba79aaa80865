import type { FieldError } from '../../common/problem.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';
import type { VendorDefinition, VendorSetting } from '../vendor.js';

/** A setting that is a Twilio id: two letters and 32 hexadecimal digits. */
function sidSetting(name: string, letters: string, description: string): VendorSetting {
  return {
    name,
    type: 'string',
    description: `${description} It begins with ${letters}.`,
    check: (value) =>
      new RegExp(`^${letters}[0-9a-fA-F]{32}$`).test(String(value))
        ? undefined
        : `must be ${letters} and 32 hexadecimal digits`,
    example: `${letters}${'0123456789abcdef'.repeat(2)}`,
  };
}

const settings: VendorSetting[] = [
  { ...sidSetting('accountSid', 'AC', 'Account SID from the Twilio console.'), required: true },
  {
    name: 'authToken',
    type: 'string',
    description:
      'Auth token of the account. It signs receipts: without it, none are asked for and none are taken. Calls are made under it ' +
      'unless there is an API key.',
    sensitive: true,
  },
  sidSetting('apiKeySid', 'SK', 'SID of the API key under which calls are made.'),
  { name: 'apiKeySecret', type: 'string', description: 'Secret of the API key.', sensitive: true },
  {
    name: 'from',
    type: 'string',
    description: 'Sender: a number of the account (+15550001111), a short code, or a name of up to 11 characters.',
    max: 16,
    example: '+15550001111',
  },
  sidSetting('messagingServiceSid', 'MG', 'Messaging Service that chooses the sender, instead of `from`.'),
  {
    name: 'countryCode',
    type: 'string',
    description:
      'Country code, digits only, of numbers without one (a 0 in front of these is left out). Without this setting they are refused.',
    check: (value) => (/^[1-9]\d{0,2}$/.test(String(value)) ? undefined : 'must be 1 to 3 digits, such as 86'),
    example: '86',
  },
  urlSetting(
    'baseUrl',
    'Server: https://api.twilio.com, or that of a region such as https://api.dublin.ie1.twilio.com.',
    'https://api.twilio.com',
  ),
  ...transportSettings(),
];

function checkSettings(values: Readonly<Record<string, unknown>>): FieldError[] {
  const has = (name: string): boolean => values[name] !== undefined;
  const errors: FieldError[] = [];
  if (has('apiKeySid') !== has('apiKeySecret')) {
    const missing = has('apiKeySid') ? 'apiKeySecret' : 'apiKeySid';
    errors.push({ path: `settings.${missing}`, message: 'is required: an API key is its SID and its secret' });
  } else if (!has('authToken') && !has('apiKeySid')) {
    errors.push({ path: 'settings.authToken', message: 'is required, or apiKeySid and apiKeySecret' });
  }
  if (has('from') === has('messagingServiceSid'))
    errors.push({ path: 'settings.from', message: 'is required, or messagingServiceSid, but not both' });
  return errors;
}

/** Source: Twilio Messages resource, 2010-04-01, its error dictionary and its webhook security page (November 2026). */
export const TWILIO: VendorDefinition = {
  code: 'twilio',
  name: 'Twilio SMS',
  kind: 'sms',
  settings,
  checkSettings,
  capabilities: {
    batchSize: 100,
    requestSize: 1,
    concurrency: 4,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: null,
    ttl: { min: 1, max: 36_000 },
    paceUnit: 'recipients',
  },
};
