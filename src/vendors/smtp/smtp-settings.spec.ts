import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkSettings } from '../account-settings.js';
import { SMTP } from './definition.js';

const NEEDED = { host: 'smtp.example.com', from: 'Example Ltd <news@example.com>' };
const DKIM = { dkimDomain: 'example.com', dkimSelector: 's1' };

const rsaKey = (modulusLength: number): string =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;

const ed25519Key = (): string =>
  generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;

const save = (settings: Record<string, unknown>): unknown => checkSettings(SMTP, { ...NEEDED, ...settings });

describe('the settings of a mail account', () => {
  it('need a host and a sender, and are complete with them', () => {
    expect(checkSettings(SMTP, NEEDED)).toEqual({
      settings: {
        ...NEEDED,
        port: 587,
        secure: false,
        requireTLS: true,
        ignoreTLS: false,
        tlsRejectUnauthorized: true,
        dsn: true,
        maxConnections: 5,
      },
      secrets: {},
    });
  });

  it('keep passwords, keys and secrets apart', () => {
    const secrets = { password: 'p', bounceSecret: 'sixteen characters', dkimPrivateKey: rsaKey(1024) };
    expect(save({ ...DKIM, ...secrets })).toMatchObject({ settings: DKIM, secrets });
  });

  it.each([
    [{ from: 'nobody' }, 'settings.from: must hold an e-mail address'],
    [{ envelopeFrom: 'bounce+{reference}' }, 'settings.envelopeFrom: must hold an e-mail address'],
    [{ port: 0 }, 'settings.port: must not be less than 1'],
    [{ port: 65_536 }, 'settings.port: must not be more than 65535'],
    [{ maxConnections: 0 }, 'settings.maxConnections: must not be less than 1'],
    [{ bounceSecret: 'short' }, 'settings.bounceSecret: must have at least 16 characters'],
    [{ unsubscribeUrl: 'http://example.com/' }, 'settings.unsubscribeUrl: must be an https address'],
    [DKIM, 'settings.dkimPrivateKey: is required with dkimDomain and dkimSelector'],
    [
      { dkimDomain: 'example.com' },
      'settings.dkimSelector: is required with dkimDomain; settings.dkimPrivateKey: is required with dkimDomain',
    ],
    [{ ...DKIM, dkimPrivateKey: 'not a key' }, 'settings.dkimPrivateKey: must be an RSA private key in PEM'],
    [{ ...DKIM, dkimPrivateKey: ed25519Key() }, 'settings.dkimPrivateKey: must be an RSA key; this one is ed25519'],
    [
      { ...DKIM, dkimPrivateKey: rsaKey(768) },
      'settings.dkimPrivateKey: must have at least 1024 bits; this one has 768',
    ],
  ])('are refused, each by its name, when they cannot work (%#)', (settings, problem) => {
    expect(() => save(settings)).toThrow(problem);
  });

  it('never show a key that cannot be read', () => {
    const broken = rsaKey(1024).replace('MII', 'XXX');
    expect(() => save({ ...DKIM, dkimPrivateKey: broken })).toThrow(/^settings\.dkimPrivateKey: must be [^\n]{1,200}$/);
  });
});
