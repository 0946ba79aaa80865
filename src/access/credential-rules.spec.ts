import { describe, expect, it } from '@jest/globals';
import { credentialProblems, type NewCredential } from './credential-rules.js';

const NOW = new Date('2026-12-01T00:00:00Z');
const problems = (wanted: NewCredential): string[] =>
  credentialProblems(wanted, NOW).map(({ path, message }) => `${path} ${message}`);

describe('credentialProblems', () => {
  it('accepts each kind with just what it needs', () => {
    expect(problems({ kind: 'api-key', scopes: ['send'] })).toEqual([]);
    expect(problems({ kind: 'app-id', publicId: 'app1' })).toEqual([]);
    expect(problems({ kind: 'app-secret', publicId: 'key1' })).toEqual([]);
    expect(problems({ kind: 'client-secret', publicId: 'client1', secret: 'chosen-before' })).toEqual([]);
    expect(problems({ kind: 'access-token', expiresAt: '2026-12-01T00:00:01Z' })).toEqual([]);
  });

  it('names what is missing', () => {
    expect(problems({ kind: 'api-key' })).toEqual(['scopes is required for api-key']);
    expect(problems({ kind: 'app-id' })).toEqual(['publicId is required for app-id']);
    expect(problems({ kind: 'client-secret' })).toEqual(['publicId is required for client-secret']);
  });

  it('names what does not belong, all of it', () => {
    expect(problems({ kind: 'access-token', scopes: ['send'], publicId: 'x', secret: 'mine' })).toEqual([
      'scopes does not belong to access-token',
      'publicId does not belong to access-token',
      'secret is not chosen by the caller for access-token',
    ]);
    expect(problems({ kind: 'app-id', publicId: 'x', secret: 'mine' })).toEqual([
      'secret is not chosen by the caller for app-id',
    ]);
  });

  it('refuses an end that has passed, or is no time at all', () => {
    const expired = ['expiresAt must be in the future'];
    expect(problems({ kind: 'access-token', expiresAt: '2026-12-01T00:00:00Z' })).toEqual(expired);
    expect(problems({ kind: 'access-token', expiresAt: '2027-01-01T00:00:60Z' })).toEqual(expired);
  });
});
