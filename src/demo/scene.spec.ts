import { describe, expect, it } from '@jest/globals';
import type { MessageDto } from '../messages/api/message.dto.js';
import { expected, shortcomings, sumOf } from './scene.js';

const NAMES = { channelName: 'a channel', vendorAccount: 'account', vendorAccountName: null };
const counter = (channel: string, target: number, sent: number, delivered: number, failed = 0) => ({
  ...NAMES,
  channel,
  target,
  sent,
  delivered,
  read: 0,
  failed,
  unknown: 0,
});
const message = (state: string): MessageDto => ({ id: '7', state }) as MessageDto;
const scene = { title: 'A scene', messageId: '7', expected: [expected('1001', 3, 1), expected('1003', 2)] };

describe('shortcomings', () => {
  it('finds nothing when each channel came to what was expected, over whatever accounts', () => {
    const counters = [counter('1001', 2, 2, 2), counter('1001', 1, 0, 0, 1), counter('1003', 2, 2, 0)];
    expect(shortcomings({ scene, message: message('done'), counters })).toEqual([]);
  });

  it('names the channel, what was expected and what was found', () => {
    const counters = [counter('1001', 3, 2, 1, 1), counter('1003', 2, 2, 0)];
    expect(shortcomings({ scene, message: message('done'), counters })).toEqual([
      'A scene, channel 1001: expected target 3, sent 2, delivered 2, read 0, failed 1, unknown 0; ' +
        'found target 3, sent 2, delivered 1, read 0, failed 1, unknown 0',
    ]);
  });

  it('tells a delivery too many as well, a channel that is missing, and a message that is not done', () => {
    const found = shortcomings({ scene, message: message('sending'), counters: [counter('1001', 4, 3, 3, 1)] });
    expect(found).toHaveLength(3);
    expect(found[0]).toBe('A scene: message 7 is still sending');
  });
});

describe('sumOf', () => {
  it('adds the counters up', () => {
    expect(sumOf([counter('1001', 3, 2, 1, 1), counter('1002', 4, 4, 4)])).toEqual({
      target: 7,
      sent: 6,
      delivered: 5,
      read: 0,
      failed: 1,
      unknown: 0,
    });
  });
});
