import { describe, expect, it } from '@jest/globals';
import { readPriority } from './priority.js';
import { WireObject } from './wire-object.js';

describe('readPriority', () => {
  it.each([
    ['0', 'low', 'low'],
    ['1', 'low', 'normal'],
    ['2', 'normal', 'high'],
    [3, 'high', 'high'],
    [' 3 ', 'high', 'high'],
    [undefined, 'normal', 'normal'],
    [null, 'normal', 'normal'],
    ['', 'normal', 'normal'],
  ])(
    'H16: priority %j is %s in the channel call and %s in the template call',
    (priority, channelScale, templateScale) => {
      expect(readPriority(WireObject.from({ priority }), 'channel')).toBe(channelScale);
      expect(readPriority(WireObject.from({ priority }), 'template')).toBe(templateScale);
    },
  );

  it.each(['4', -1, 1.5, '高', '03', true])('H16: priority %j is refused', (priority) => {
    for (const scale of ['channel', 'template'] as const) {
      expect(() => readPriority(WireObject.from({ priority }), scale)).toThrow('priority: ');
    }
  });
});
