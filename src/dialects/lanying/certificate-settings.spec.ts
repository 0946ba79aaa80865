import { describe, expect, it } from '@jest/globals';
import { toCertificate } from './certificate-settings.js';

describe('an account in the words of a certificate', () => {
  it.each<[string, Record<string, unknown>, object]>([
    [
      'the usual names',
      { appId: '1', appKey: 'k', appSecret: 's', certificate: 'c' },
      { app_id: '1', app_key: 'k', app_secret: 's', certificate: 'c' },
    ],
    [
      "Apple's",
      { bundleId: 'com.example', keyId: 'K1', privateKey: '-----BEGIN PRIVATE KEY-----' },
      { app_id: 'com.example', app_key: 'K1', app_secret: null, certificate: '-----BEGIN PRIVATE KEY-----' },
    ],
    [
      "Google's, whose certificate is an object",
      { projectId: 'p', serviceAccount: { client_email: 'x@y' } },
      { app_id: 'p', app_key: null, app_secret: null, certificate: '{"client_email":"x@y"}' },
    ],
    [
      'numbers and empty text',
      { appId: 7, appSecret: '' },
      { app_id: '7', app_key: null, app_secret: null, certificate: null },
    ],
  ])('%s', (_name, settings, expected) => {
    expect(toCertificate('n', settings, false)).toEqual({ ...expected, name: 'n' });
  });

  it('leaves secrets out on request', () => {
    const settings = { appId: '1', appKey: 'k', appSecret: 's', certificate: 'c' };
    expect(JSON.stringify(toCertificate('n', settings, true))).toBe(
      '{"app_id":"1","app_key":"k","app_secret":null,"certificate":null,"name":"n"}',
    );
  });
});
