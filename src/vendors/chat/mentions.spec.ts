import { describe, expect, it } from '@jest/globals';
import { byId, byMobileOrId, mentionsOf } from './mentions.js';

const targets = (...addresses: string[]) => addresses.map((address) => ({ reference: address, address }));

describe('the addresses of a group', () => {
  it('say who is mentioned, each once', () => {
    const people = targets('group', 'all', '13800000001', '+8613800000001', '+6591234567', 'li.lei', '10086', 'li.lei');
    expect(mentionsOf(people, byMobileOrId)).toEqual({
      mentions: { all: true, mobiles: ['13800000001', '+6591234567'], ids: ['li.lei', '10086'] },
      unfit: new Set(),
    });
  });

  it.each(['@all', '_li', 'li lei', '李雷', 'a|b', '+12', '', 'x'.repeat(65)])('cannot be “%s”', (address) => {
    const [target] = targets(address);
    expect(mentionsOf(target === undefined ? [] : [target], byMobileOrId)).toEqual({
      mentions: { all: false, mobiles: [], ids: [] },
      unfit: new Set([target]),
    });
  });

  it('cannot be mobile numbers where the vendor knows nobody by them', () => {
    const people = targets('13800000001', '+6591234567', 'ou_1');
    expect(mentionsOf(people, byId)).toEqual({
      mentions: { all: false, mobiles: [], ids: ['ou_1'] },
      unfit: new Set(people.slice(0, 2)),
    });
  });
});
