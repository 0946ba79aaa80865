import type { VendorDefinition, VendorSetting } from '../vendor.js';

const settings: VendorSetting[] = [
  {
    name: 'host',
    type: 'string',
    description: 'Host of the mail server.',
    required: true,
    example: 'smtp.example.com',
  },
  { name: 'port', type: 'integer', description: 'Port: 587 for STARTTLS, 465 for TLS from the start.', default: 587 },
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
    example: 'Example Ltd <news@example.com>',
  },
  { name: 'replyTo', type: 'string', description: 'Where answers go, when not to the sender.' },
  {
    name: 'envelopeFrom',
    type: 'string',
    description: 'Address that bounces go to; {reference} stands for the delivery. Default: the address of the sender.',
    example: 'bounce+{reference}@example.com',
  },
  {
    name: 'unsubscribeUrl',
    type: 'string',
    description: 'Address for one-click unsubscription (RFC 8058), over https; {reference} stands for the delivery.',
    example: 'https://example.com/unsubscribe/{reference}',
  },
  { name: 'clientName', type: 'string', description: 'Name given in EHLO. Default: the name of this host.' },
  { name: 'maxConnections', type: 'integer', description: 'Most connections at once from one process.', default: 5 },
  { name: 'dkimDomain', type: 'string', description: 'Domain to sign mail for with DKIM.', example: 'example.com' },
  { name: 'dkimSelector', type: 'string', description: 'Selector of the DKIM key in the DNS.', example: 's1' },
  { name: 'dkimPrivateKey', type: 'string', description: 'Private DKIM key, in PEM.', sensitive: true },
];

export const SMTP: VendorDefinition = {
  code: 'smtp',
  name: 'E-mail over SMTP',
  kind: 'email',
  settings,
  capabilities: {
    batchSize: 100,
    concurrency: 20,
    receipts: false,
    acceptanceIsDelivery: false,
    badge: false,
    collapse: false,
    ttl: false,
    paceUnit: 'recipients',
  },
};
