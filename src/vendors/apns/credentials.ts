import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { FieldError } from '../../common/problem.js';
import { certificateProblem, type H2Peer } from '../transport/h2-peer.js';

/** An account's way to sign in: by key (a signed token with each request), or by certificate (once for each connection). */
export interface ApnsSettings {
  bundleId: string;
  keyId?: string;
  teamId?: string;
  privateKey?: string;
  certificate?: string;
  certificateKey?: string;
  passphrase?: string;
  baseUrl: string;
  sound: string;
}

export interface SigningKey {
  keyId: string;
  teamId: string;
  privateKey: string;
}

/** Undefined where the account has a certificate. */
export function signingKey({ keyId, teamId, privateKey }: ApnsSettings): SigningKey | undefined {
  return keyId === undefined || teamId === undefined || privateKey === undefined
    ? undefined
    : { keyId, teamId, privateKey };
}

/** What a connection is opened with, and which requests may share it: APNs refuses two teams' keys on one. */
export function connectionCredential(settings: ApnsSettings): Pick<H2Peer, 'identity' | 'certificate'> {
  const { certificate: pem, certificateKey: key, passphrase, teamId = '', keyId = '' } = settings;
  const identity = `${teamId}/${keyId}`;
  if (pem === undefined || key === undefined) return { identity };
  return { identity, certificate: { pem, key, ...(passphrase === undefined ? {} : { passphrase }) } };
}

export const tenCharacters = (value: unknown): string | undefined =>
  /^[A-Z0-9]{10}$/.test(String(value)) ? undefined : 'must be 10 capital letters and digits';

export function privateKeyProblem(value: unknown): string | undefined {
  const key = readKey(String(value));
  if (typeof key === 'string') return `must be a PEM private key on curve P-256: ${key}`;
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  return type === 'ec' && details?.namedCurve === 'prime256v1'
    ? undefined
    : `must be a PEM private key on curve P-256: this one is ${type}${details?.namedCurve ? ` on ${details.namedCurve}` : ''}`;
}

export const appCertificateProblem = (value: unknown): string | undefined =>
  certificateProblem(value, ({ ca }) => (ca ? 'must be the certificate of the app, not of an authority' : undefined));

/** Either the three settings of a key, or a certificate with its own key. */
export function checkCredentials(settings: Readonly<Record<string, unknown>>): FieldError[] {
  const { certificate, privateKey } = settings;
  if (certificate === undefined) {
    const needed = ['keyId', 'teamId', 'privateKey'].filter((name) => settings[name] === undefined);
    return needed.map((name) => ({ path: `settings.${name}`, message: 'is required, unless there is a certificate' }));
  }
  if (privateKey !== undefined)
    return [{ path: 'settings.certificate', message: 'must be left out where there is a privateKey' }];
  return certificateKeyProblems(settings as unknown as Required<ApnsSettings>);
}

function certificateKeyProblems({ certificate, certificateKey, passphrase }: ApnsSettings): FieldError[] {
  const path = 'settings.certificateKey';
  if (certificate === undefined || certificateKey === undefined)
    return [{ path, message: 'is required with a certificate' }];
  const key = readKey(certificateKey, passphrase);
  if (typeof key === 'string')
    return [{ path, message: `must be a PEM private key that the passphrase opens: ${key}` }];
  return new X509Certificate(certificate).checkPrivateKey(key)
    ? []
    : [{ path, message: 'must be the private key of the certificate' }];
}

/** The key, or why it cannot be read. */
function readKey(pem: string, passphrase?: string): KeyObject | string {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (error) {
    return (error as Error).message;
  }
}
