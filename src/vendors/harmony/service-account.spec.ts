import { describe, expect, it } from '@jest/globals';
import { constants, generateKeyPairSync, verify } from 'node:crypto';
import { serviceAccountProblem, signToken } from './service-account.js';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: typeof privateKey): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const FILE = { project_id: '1', key_id: 'k', private_key: pem(privateKey), sub_account: '114', client_cert_uri: 'x' };

describe('the key file of a service account', () => {
  it('is taken with the fields that nobody needs', () => {
    expect(serviceAccountProblem(FILE)).toBeUndefined();
  });

  it.each([
    [{}, /: project_id, key_id, private_key, sub_account missing$/],
    [{ ...FILE, key_id: 7, sub_account: '' }, /: key_id, sub_account missing$/],
    [{ ...FILE, private_key: 'nonsense' }, /^must hold in private_key a PEM private key: /],
    [
      { ...FILE, private_key: pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey) },
      /an RSA key of at least/,
    ],
    [
      { ...FILE, private_key: pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey) },
      /at least 2048 bits$/,
    ],
  ])('is refused when it is no such file', (file, problem) => {
    expect(serviceAccountProblem(file)).toMatch(problem);
  });
});

describe('the token that an account makes for itself', () => {
  const now = new Date('2026-12-01T02:00:59.900Z');
  const { token, expiresInSeconds } = signToken(FILE, now);
  const [header = '', claims = '', signature = ''] = token.split('.');
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());

  it('says what Huawei demands, of the minute that has begun', () => {
    const iat = Date.parse('2026-12-01T02:00:00Z') / 1000;
    expect(read(header)).toEqual({ kid: 'k', typ: 'JWT', alg: 'PS256' });
    expect(read(claims)).toEqual({
      iss: '114',
      aud: 'https://oauth-login.cloud.huawei.com/oauth2/v3/token',
      iat,
      exp: iat + 3600,
    });
    expect(expiresInSeconds).toBe(3541);
  });

  it('is signed with RSA-PSS, SHA-256 and a salt of 32 bytes', () => {
    const key = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    const bytes = Buffer.from(signature, 'base64url');
    expect(bytes).toHaveLength(256);
    expect(verify('sha256', Buffer.from(`${header}.${claims}`), key, bytes)).toBe(true);
  });
});
