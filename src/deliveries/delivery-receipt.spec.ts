import { describe, expect, it } from '@jest/globals';
import { deliveryReference } from '../messages/reference.js';
import type { Receipt } from '../vendors/vendor.js';
import { type DeliveryReceipt, mergeReceipts, readReceipt } from './delivery-receipt.js';

const NOW = new Date('2026-12-01T02:00:00Z');
const EARLIER = new Date('2026-12-01T01:59:00Z');
const EARLIEST = new Date('2026-12-01T01:58:00Z');

function read(status: Receipt['status'], more: Partial<Receipt> = {}, account = 7): DeliveryReceipt {
  const receipt = readReceipt(account, { reference: deliveryReference('12', 3, '45'), status, at: NOW, ...more }, NOW);
  if (receipt === undefined) throw new Error('not a receipt');
  return receipt;
}

describe('readReceipt', () => {
  it('finds the delivery in the reference', () => {
    expect(read('delivered')).toEqual({
      vendorAccountId: 7,
      messageId: '12',
      channelId: 3,
      endpointId: '45',
      status: 'delivered',
      deliveredAt: NOW,
      readAt: null,
      failedAt: null,
      code: null,
      gone: false,
      tries: 0,
    });
  });

  it('takes reading for delivery, and a dead address for failure', () => {
    expect(read('read')).toMatchObject({ status: 'read', deliveredAt: NOW, readAt: NOW });
    expect(read('address-gone')).toMatchObject({ status: 'failed', failedAt: NOW, code: 'address-gone', gone: true });
    expect(read('failed', { code: 'blocked' })).toMatchObject({ status: 'failed', code: 'blocked', gone: false });
  });

  it('knows what is no reference of ours', () => {
    for (const reference of ['', 'x', '1-2', 'zzzzzzzzzzzzz-1-1', '1-1-1-1']) {
      expect(readReceipt(7, { reference, status: 'read', at: NOW }, NOW)).toBeUndefined();
    }
  });

  it('keeps times that are unreadable or not yet, and codes that cannot be stored, from doing harm', () => {
    expect(read('delivered', { at: new Date(NaN) }).deliveredAt).toEqual(NOW);
    expect(read('delivered', { at: new Date('2027-01-01') }).deliveredAt).toEqual(NOW);
    expect(read('failed', { code: `a\0${'b'.repeat(300)}` }).code).toBe(`a${'b'.repeat(199)}`);
  });
});

describe('mergeReceipts', () => {
  it('lets the furthest win, whatever the order, and keeps the first time of each step', () => {
    const receipts = [
      read('read', { at: EARLIER }),
      read('failed'),
      read('delivered', { at: EARLIEST }),
      read('delivered'),
    ];
    const expected = { status: 'read', deliveredAt: EARLIEST, readAt: EARLIER, failedAt: null, code: null };
    expect(mergeReceipts(receipts)).toEqual([expect.objectContaining(expected)]);
    expect(mergeReceipts(receipts.toReversed())).toEqual([expect.objectContaining(expected)]);
  });

  it('does not forget that the address is dead, nor why', () => {
    expect(mergeReceipts([read('delivered'), read('address-gone', { code: 'unregistered' })])).toEqual([
      expect.objectContaining({ status: 'delivered', gone: true, code: 'unregistered' }),
    ]);
  });

  it('keeps accounts apart', () => {
    expect(mergeReceipts([read('delivered'), read('delivered', {}, 8)])).toHaveLength(2);
  });

  it('lets what was just said be looked for afresh', () => {
    expect(mergeReceipts([{ ...read('delivered'), tries: 4 }, read('read')])).toMatchObject([{ tries: 0 }]);
  });
});
