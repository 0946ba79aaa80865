import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  CLIENT_CERTIFICATE,
  CLIENT_KEY,
  LOCKED_CLIENT_KEY,
  SERVER_KEY,
  TEST_AUTHORITY,
} from '../../../test/support/vendors/h2-certificates.js';
import { InvalidRequest } from '../../common/problem.js';
import { vendorAccount } from '../../../test/support/vendors/vendor-request.js';
import { APNS } from './definition.js';

const key = { keyId: 'ABC123DEFG', teamId: 'DEF123GHIJ', privateKey: SERVER_KEY };
const certificate = { certificate: CLIENT_CERTIFICATE, certificateKey: CLIENT_KEY };

/** What is wrong with an account's settings, by name. */
function problems(settings: Record<string, unknown>): Record<string, string> {
  try {
    vendorAccount(APNS, { bundleId: 'com.example.app', ...settings });
    return {};
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return Object.fromEntries(
      (error.errors ?? []).map(({ path, message }) => [path.replace('settings.', ''), message]),
    );
  }
}

const pem = (type: 'rsa' | 'ec'): string => {
  const { privateKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};

describe('an account with APNs', () => {
  it('signs in by key or by certificate', () => {
    expect(problems(key)).toEqual({});
    expect(problems(certificate)).toEqual({});
    expect(problems({ ...certificate, certificateKey: LOCKED_CLIENT_KEY, passphrase: 'simulated' })).toEqual({});
  });

  it('needs one of them, whole, and not both', () => {
    const missing = 'is required, unless there is a certificate';
    expect(problems({})).toEqual({ keyId: missing, teamId: missing, privateKey: missing });
    expect(problems({ ...key, teamId: undefined })).toEqual({ teamId: missing });
    expect(problems({ ...key, ...certificate })).toEqual({
      certificate: 'must be left out where there is a privateKey',
    });
    expect(problems({ certificate: CLIENT_CERTIFICATE })).toEqual({ certificateKey: 'is required with a certificate' });
  });

  it('has a key on curve P-256, and ids of ten characters', () => {
    expect(problems({ ...key, privateKey: 'nonsense' })['privateKey']).toMatch(
      /^must be a PEM private key on curve P-256: /,
    );
    expect(problems({ ...key, privateKey: pem('rsa') })).toEqual({
      privateKey: 'must be a PEM private key on curve P-256: this one is rsa',
    });
    expect(problems({ ...key, privateKey: pem('ec') })).toEqual({
      privateKey: 'must be a PEM private key on curve P-256: this one is ec on secp384r1',
    });
    expect(problems({ ...key, keyId: 'abc', teamId: 'DEF123GHIJK' })).toEqual({
      keyId: 'must be 10 capital letters and digits',
      teamId: 'must be 10 capital letters and digits',
    });
  });

  it('has a certificate of its own with its own key', () => {
    expect(problems({ ...certificate, certificate: 'nonsense' })['certificate']).toMatch(
      /^must be a certificate in PEM/,
    );
    expect(problems({ ...certificate, certificate: TEST_AUTHORITY })).toEqual({
      certificate: 'must be the certificate of the app, not of an authority',
    });
    expect(problems({ ...certificate, certificateKey: SERVER_KEY })).toEqual({
      certificateKey: 'must be the private key of the certificate',
    });
    expect(problems({ ...certificate, certificateKey: LOCKED_CLIENT_KEY })['certificateKey']).toMatch(
      /^must be a PEM private key that the passphrase opens: /,
    );
  });

  it('has names that can stand in a header, and a private authority in PEM', () => {
    expect(problems({ ...key, bundleId: 'com.example\napp' })).toHaveProperty('bundleId');
    expect(problems({ ...key, ca: 'nonsense' })['ca']).toMatch(/^must be a certificate in PEM: /);
    expect(problems({ ...key, sessions: 9 })).toEqual({ sessions: 'must not be more than 8' });
  });
});
