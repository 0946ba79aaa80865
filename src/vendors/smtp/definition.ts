import type { VendorDefinition, VendorSetting } from '../vendor.js';
import { checkDkim, dkimKeyProblem, envelopeProblem, senderProblem, unsubscribeProblem } from './smtp-settings.js';

const settings: VendorSetting[] = [
  {
    name: 'host',
    type: 'string',
    description: 'Host of the mail server.',
    required: true,
    example: 'smtp.example.com',
  },
  {
    name: 'port',
    type: 'integer',
    description: 'Port: 587 for STARTTLS, 465 for TLS from the start.',
    min: 1,
    max: 65_535,
    default: 587,
  },
  { name: 'secure', type: 'boolean', description: 'TLS from the start of the connection.', default: false },
  {
    name: 'requireTLS',
    type: 'boolean',
    description: 'Refuse to send over a connection that cannot be encrypted with STARTTLS.',
    default: true,
  },
  { name: 'ignoreTLS', type: 'boolean', description: 'Never encrypt; for tests on one machine.', default: false },
  {
    name: 'tlsRejectUnauthorized',
    type: 'boolean',
    description: 'Refuse a server whose certificate is not valid; false is for tests only.',
    default: true,
  },
  { name: 'user', type: 'string', description: 'User to sign in as; none means no sign-in.' },
  { name: 'password', type: 'string', description: 'Password of that user.', sensitive: true },
  {
    name: 'from',
    type: 'string',
    description: 'Sender shown to the person.',
    required: true,
    check: senderProblem,
    example: 'Example Ltd <news@example.com>',
  },
  { name: 'replyTo', type: 'string', description: 'Where answers go, when not to the sender.' },
  {
    name: 'envelopeFrom',
    type: 'string',
    description: 'Address that bounces go to; {reference} stands for the delivery. Default: the address of the sender.',
    check: envelopeProblem,
    example: 'bounce+{reference}@example.com',
  },
  {
    name: 'dsn',
    type: 'boolean',
    description:
      'Ask the mail server, where it offers that, to report mail that cannot be delivered under the name of its delivery (RFC 3461).',
    default: true,
  },
  {
    name: 'bounceSecret',
    type: 'string',
    description:
      'Any 16 characters or more. With it every mail carries a signature, and only bounces that bring it back are believed: ' +
      'without it, whoever knows the address that bounces go to can write them.',
    sensitive: true,
    min: 16,
  },
  {
    name: 'unsubscribeUrl',
    type: 'string',
    description: 'Address for one-click unsubscription (RFC 8058), over https; {reference} stands for the delivery.',
    check: unsubscribeProblem,
    example: 'https://example.com/unsubscribe/{reference}',
  },
  { name: 'clientName', type: 'string', description: 'Name given in EHLO. Default: the name of this host.' },
  {
    name: 'maxConnections',
    type: 'integer',
    description: 'Most connections at once from one process.',
    min: 1,
    default: 5,
  },
  { name: 'dkimDomain', type: 'string', description: 'Domain to sign mail for with DKIM.', example: 'example.com' },
  { name: 'dkimSelector', type: 'string', description: 'Selector of the DKIM key in the DNS.', example: 's1' },
  {
    name: 'dkimPrivateKey',
    type: 'string',
    description: 'Private DKIM key: RSA, in PEM, without a passphrase.',
    sensitive: true,
    check: dkimKeyProblem,
  },
];

export const SMTP: VendorDefinition = {
  code: 'smtp',
  name: 'E-mail over SMTP',
  kind: 'email',
  settings,
  checkSettings: checkDkim,
  capabilities: {
    batchSize: 100,
    requestSize: 1,
    concurrency: 20,
    receipts: true,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: null,
    ttl: null,
    paceUnit: 'recipients',
  },
};
