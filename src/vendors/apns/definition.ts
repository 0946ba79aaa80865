import { TAG_KEY } from '../push/tag-key.js';
import type { VendorDefinition } from '../vendor.js';
import { h2Settings } from '../transport/h2-peer.js';
import { urlSetting } from '../transport/transport-settings.js';
import { APS_OPTIONS } from './aps.js';
import { appCertificateProblem, checkCredentials, privateKeyProblem, tenCharacters } from './credentials.js';

export const TTL = { min: 1, max: 2_592_000 };

/** Source: Apple, "Sending notification requests to APNs" and "Handling notification responses from APNs" (November 2026). */
export const APNS: VendorDefinition = {
  code: 'apns',
  name: 'Apple Push Notification service',
  kind: 'push',
  serves: 'apns',
  ownReceipts: true,
  settings: [
    {
      name: 'bundleId',
      type: 'string',
      description: 'Bundle id of the app; the topic of its pushes.',
      required: true,
      max: 200,
      check: (value) =>
        /^[\w.-]+$/.test(String(value)) ? undefined : 'must hold letters, digits, dots and dashes only',
      example: 'com.example.app',
    },
    {
      name: 'keyId',
      type: 'string',
      description: 'Id of the key in `privateKey`, 10 characters.',
      check: tenCharacters,
      example: 'ABC123DEFG',
    },
    {
      name: 'teamId',
      type: 'string',
      description: 'Id of the developer team that the key belongs to, 10 characters.',
      check: tenCharacters,
      example: 'DEF123GHIJ',
    },
    {
      name: 'privateKey',
      type: 'string',
      description: 'Content of the .p8 file of the key for APNs, in PEM. Either this or a certificate is needed.',
      sensitive: true,
      check: privateKeyProblem,
    },
    {
      name: 'certificate',
      type: 'string',
      description: 'Push certificate of the app, in PEM; an older way than the key.',
      check: appCertificateProblem,
    },
    { name: 'certificateKey', type: 'string', description: 'Private key of the certificate, in PEM.', sensitive: true },
    {
      name: 'passphrase',
      type: 'string',
      description: 'Passphrase of `certificateKey`, if it has one.',
      sensitive: true,
    },
    urlSetting(
      'baseUrl',
      'Server: https://api.push.apple.com for apps from the App Store and TestFlight, https://api.sandbox.push.apple.com for ' +
        'builds that Xcode installed; each has its own device tokens. Port 2197 serves where a firewall closes 443.',
      'https://api.push.apple.com',
    ),
    {
      name: 'sound',
      type: 'string',
      description:
        'Sound of pushes that name none: a file of the app, `default` for the usual one, `none` for silence.',
      max: 255,
      default: 'default',
    },
    TAG_KEY,
    ...h2Settings(),
  ],
  checkSettings: checkCredentials,
  options: [
    {
      name: 'topic',
      type: 'string',
      description: 'Topic other than the bundle id, such as the one of an app clip (apns-topic).',
      max: 255,
      check: (value) =>
        /^[\w.-]+$/.test(String(value)) ? undefined : 'must hold letters, digits, dots and dashes only',
    },
    {
      name: 'voip',
      type: 'boolean',
      description:
        'Whether it announces a call (PushKit): the topic is the bundle id with .voip, the payload up to 5120 bytes.',
    },
    ...APS_OPTIONS,
  ],
  capabilities: {
    batchSize: 1000,
    requestSize: 1,
    concurrency: 4,
    receipts: false,
    acceptanceIsDelivery: false,
    badge: ['set'],
    collapse: 'apns-collapse-id',
    ttl: TTL,
    paceUnit: 'requests',
  },
};
