import { describe, expect, it } from '@jest/globals';
import { toReadCommand } from './to-read.js';

describe('toReadCommand', () => {
  it('H19: reads appId, businessId and the optional user', () => {
    expect(toReadCommand({ appId: 1, businessId: ' b ', user: 'USER001' })).toEqual({
      appId: '1',
      correlationId: 'b',
      user: 'USER001',
    });
    expect(toReadCommand({ appId: '1', businessId: 'b', user: '' }).user).toBeUndefined();
  });

  it('H19: refuses a reading without businessId', () => {
    expect(() => toReadCommand({ appId: '1' })).toThrow('businessId: is required');
    expect(() => toReadCommand({ businessId: 'b' })).toThrow('appId: is required');
  });
});
