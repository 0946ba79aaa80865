import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '../../common/problem.js';
import type { CreateMessageDto } from './create-message.dto.js';
import { MESSAGE_EXAMPLES } from './request-examples.js';
import { toMessageRequest } from './to-message-request.js';

const NOW = new Date('2026-12-01T00:00:00.000Z');
const BODY = { audience: { users: ['U1'] }, content: { sms: { text: 'hi' } } };

const errorsOf = (body: unknown, idempotencyKey?: string): { path: string; message: string }[] => {
  try {
    toMessageRequest(body as CreateMessageDto, { now: NOW, idempotencyKey });
  } catch (error) {
    if (error instanceof InvalidRequest) return error.errors;
    throw error;
  }
  return [];
};
const pathsOf = (body: unknown): string[] => errorsOf(body).map(({ path }) => path);

describe('toMessageRequest', () => {
  it('translates every field', () => {
    const request = toMessageRequest(
      {
        audience: { users: ['U1'], tags: [], addresses: { sms: ['138'] }, endpoints: ['7'], exclude: { roles: ['R'] } },
        template: { code: 'T', channels: ['sms'], channelParams: { sms: { a: 1 } } },
        priority: 'high',
        category: 'c',
        sendAt: '2026-12-02T08:00:00+08:00',
        expiresAt: '2026-12-03T00:00:00Z',
        dedupKey: 'd',
        correlationId: 'k',
        sender: { name: 'Lab' },
        options: { badge: 1 },
      },
      { now: NOW, idempotencyKey: 'd' },
    );
    expect(request).toEqual({
      audience: { users: ['U1'], tags: [], addresses: { sms: ['138'] }, endpoints: ['7'], exclude: { roles: ['R'] } },
      template: { code: 'T', params: {}, channels: ['sms'], channelParams: { sms: { a: 1 } } },
      priority: 'high',
      category: 'c',
      sendAt: new Date('2026-12-02T00:00:00Z'),
      expiresAt: new Date('2026-12-03T00:00:00Z'),
      dedupKey: 'd',
      correlationId: 'k',
      sender: { name: 'Lab' },
      options: { badge: 1 },
    });
  });

  it('takes the dedup key from the header', () => {
    expect(toMessageRequest(BODY, { now: NOW, idempotencyKey: 'h' }).dedupKey).toBe('h');
    expect(errorsOf({ ...BODY, dedupKey: 'd' }, 'h')).toEqual([
      { path: 'dedupKey', message: 'differs from the header Idempotency-Key' },
    ]);
    expect(errorsOf(BODY, 'x'.repeat(129))).toMatchObject([{ path: 'Idempotency-Key' }]);
  });

  it.each(Object.entries(MESSAGE_EXAMPLES))('takes the documented example: %s', (_, { value }) => {
    expect(errorsOf(value)).toEqual([]);
  });

  it('names every wrong item by its place', () => {
    const audience = {
      users: ['U1', 'U2', 'U3', 4],
      tags: [''],
      endpoints: ['1', 'x', 2],
      addresses: { sms: ['138', null], email: 'a@b.c' },
      exclude: { departments: [{}, 'D', 'x'.repeat(65)] },
    };
    const template = { code: 'T', params: [], channelParams: { sms: 1 }, channels: [] };
    expect(pathsOf({ audience, template })).toEqual([
      'audience.users[3]',
      'audience.tags[0]',
      'audience.exclude.departments[0]',
      'audience.exclude.departments[2]',
      'audience.endpoints[1]',
      'audience.endpoints[2]',
      'audience.addresses.sms[1]',
      'audience.addresses.email',
      'template.params',
      'template.channelParams.sms',
      'template.channels',
    ]);
  });

  it('answers a thousand wrong items with a hundred errors', () => {
    expect(errorsOf({ audience: { users: Array(1_000).fill('') } })).toHaveLength(100);
  });

  it('bounds the size of template values', () => {
    expect(pathsOf({ audience: {}, template: { code: 'T', params: { a: 'x'.repeat(64 * 1024) } } })).toEqual([
      'template.params',
    ]);
  });

  it('takes a time up to a year ahead', () => {
    expect(pathsOf({ ...BODY, sendAt: '2027-12-01T00:00:00Z' })).toEqual([]);
    expect(pathsOf({ ...BODY, sendAt: '2027-12-03T00:00:00Z' })).toEqual(['sendAt']);
  });

  it('refuses what the database cannot store, wherever it stands', () => {
    const ext = { list: [{ inner: 'a\0' }], 'k\0': 1 };
    expect(pathsOf({ ...BODY, content: { sms: { text: '\ud83d' }, push: { ext } } })).toEqual([
      'content.sms.text',
      'content.push.ext.list[0].inner',
      'content.push.ext',
    ]);
    expect(pathsOf({ ...BODY, content: { sms: { text: '😀' } } })).toEqual([]);
  });

  it('refuses values nested without end', () => {
    const deep: unknown = JSON.parse('['.repeat(2_000) + ']'.repeat(2_000));
    expect(errorsOf({ ...BODY, options: { deep } })).toMatchObject([
      { message: 'must not be nested deeper than 32 levels' },
    ]);
  });
});
