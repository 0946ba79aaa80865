import { describe, expect, it } from '@jest/globals';
import { receiptsByTag } from './receipts-by-tag.js';

const at = new Date('2026-12-01T02:00:00.000Z');

describe('an entry that names devices', () => {
  it.each(['a,b', ' a , ,b,', ['a', 'b'], ['a,b', 7, null, '']])('%j is a receipt for each of them', (targets) => {
    expect(receiptsByTag({ param: '16-1', targets }, { status: 'failed', code: 'why', at })).toEqual(
      ['a', 'b'].map((address) => ({ tag: '16-1', addresses: [address], status: 'failed', code: 'why', at })),
    );
  });

  it('says why only of those that did not get it', () => {
    const entry = { param: '16-1', targets: 'a' };
    const receipt = { tag: '16-1', addresses: ['a'], at };
    expect(receiptsByTag(entry, { status: 'delivered', code: '1', at })).toEqual([{ ...receipt, status: 'delivered' }]);
    expect(receiptsByTag(entry, { status: 'read', code: '2', at })).toEqual([{ ...receipt, status: 'read' }]);
    expect(receiptsByTag(entry, { status: 'failed', at })).toEqual([{ ...receipt, status: 'failed' }]);
  });

  it('is none of ours without a tag', () => {
    const strange = [null, 7, 'x', [], {}, { targets: 'a' }, { param: '', targets: 'a' }, { param: 7, targets: 'a' }];
    expect(strange.flatMap((entry) => receiptsByTag(entry, { status: 'delivered', at }))).toEqual([]);
  });
});
