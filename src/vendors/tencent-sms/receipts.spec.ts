import { describe, expect, it } from '@jest/globals';
import { receiptCall } from '../../../test/support/vendors/vendor-request.js';
import { readReceipts } from './receipts.js';

const now = new Date('2026-12-01T02:00:00Z');
const entry = {
  user_receive_time: '2026-12-01 09:00:05',
  nationcode: '86',
  mobile: '13800000001',
  report_status: 'SUCCESS',
  errmsg: 'DELIVRD',
  description: '用户短信送达成功',
  sid: '5000:1',
};
const read = (...entries: unknown[]) => readReceipts(receiptCall(entries, { now }));
const answer = { status: 200, body: '{"result":0,"errmsg":"OK"}' };
const receipt = { vendorReference: '5000:1', at: new Date('2026-12-01T01:00:05Z') };

describe('a report of Tencent Cloud', () => {
  it('speaks of an SMS by its serial number', () =>
    expect(read(entry, { ...entry, sid: '5000:2' })).toEqual({
      answer,
      receipts: [
        { ...receipt, status: 'delivered' },
        { ...receipt, vendorReference: '5000:2', status: 'delivered' },
      ],
    }));

  it('says why an SMS did not arrive, and calls no number dead that may be switched off', () => {
    const failed = (errmsg: unknown) => read({ ...entry, report_status: 'FAIL', errmsg }).receipts;
    expect(failed('UNDELIV')).toEqual([{ ...receipt, status: 'failed', code: 'UNDELIV' }]);
    expect(failed('MK:0001')).toEqual([{ ...receipt, status: 'address-gone', code: 'MK:0001' }]);
    expect(failed({})).toEqual([{ ...receipt, status: 'failed', code: 'FAIL' }]);
  });

  it('is taken in although some of it means nothing', () => {
    const strange = [
      null,
      7,
      'x',
      [],
      {},
      { ...entry, sid: '' },
      { ...entry, sid: 5 },
      { ...entry, report_status: 'WAITING' },
      { extend: '1', mobile: '13800000001', text: 'TD', time: 1 },
    ];
    expect(read(...strange, { ...entry, user_receive_time: 7 })).toEqual({
      answer,
      receipts: [{ ...receipt, status: 'delivered', at: now }],
    });
  });

  it.each(['', 'nonsense', '{}', 'null', '"x"'])('that cannot be read is refused: %j', (body) =>
    expect(readReceipts(receiptCall(body))).toEqual({ receipts: [], answer: { status: 400 } }),
  );
});
