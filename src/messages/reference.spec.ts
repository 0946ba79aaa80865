import { describe, expect, it } from '@jest/globals';
import { deliveryReference, parseReference } from './reference.js';

describe('delivery references', () => {
  it.each([
    ['1', 1, '1'],
    ['9223372036854775807', 2_147_483_647, '9223372036854775807'],
    ['123456789', 42, '987654321'],
  ])('%s/%s/%s comes back', (messageId, channelId, endpointId) => {
    const reference = deliveryReference(messageId, channelId, endpointId);
    expect(reference.length).toBeLessThanOrEqual(64);
    expect(parseReference(reference)).toEqual({ messageId, channelId, endpointId });
  });

  it.each(['', '1-1', '1-1-1-1', 'A-1-1', "1-1-1'", 'zzzzzzzzzzzzz-1-1', '1-zzzzzzz-1'])(
    '%j is none of ours',
    (text) => {
      expect(parseReference(text)).toBeUndefined();
    },
  );
});
