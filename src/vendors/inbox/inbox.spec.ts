import { describe, expect, it } from '@jest/globals';
import { InboxVendor } from './inbox.js';

describe('the inbox', () => {
  it('accepts every target, and acceptance is delivery', async () => {
    const vendor = new InboxVendor();
    const { outcomes, account } = await vendor.send({
      account: { id: 1, organisationId: 1, code: 'inbox', settings: {} },
      content: { title: 'Hello' },
      targets: ['a', 'b', 'c'].map((address) => ({ reference: address, address })),
      tag: '1-1',
      priority: 'normal',
      category: 'notice',
      attempt: 1,
      options: {},
      signal: new AbortController().signal,
    });
    expect(outcomes).toEqual([{ status: 'accepted' }, { status: 'accepted' }, { status: 'accepted' }]);
    expect(account).toBeUndefined();
    expect(vendor.definition.capabilities.acceptanceIsDelivery).toBe(true);
  });
});
