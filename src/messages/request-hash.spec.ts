import { describe, expect, it } from '@jest/globals';
import type { MessageRequest } from './message-request.js';
import { requestHash } from './request-hash.js';

const REQUEST: MessageRequest = {
  audience: { users: ['A', 'B'] },
  contents: { '1': { text: 'x', title: 'y' } },
  sendAt: new Date(0),
  dedupKey: 'k',
};

describe('the hash of a request', () => {
  it('does not depend on the order of fields, on absent ones, nor on the dedup key', () => {
    const same: MessageRequest = {
      dedupKey: 'other',
      sendAt: new Date(0),
      contents: { '1': { title: 'y', text: 'x' } },
      audience: { users: ['A', 'B'], tags: undefined },
    };
    expect(requestHash(same)).toEqual(requestHash(REQUEST));
  });

  it.each<[string, Partial<MessageRequest>]>([
    ['another audience', { audience: { users: ['B', 'A'] } }],
    ['another word', { contents: { '1': { text: 'x', title: 'z' } } }],
    ['another time', { sendAt: new Date(1) }],
    ['an option', { options: { a: 1 } }],
  ])('changes with %s', (_, change) => {
    expect(requestHash({ ...REQUEST, ...change })).not.toEqual(requestHash(REQUEST));
  });
});
