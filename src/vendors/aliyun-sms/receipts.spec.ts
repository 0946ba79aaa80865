import { describe, expect, it } from '@jest/globals';
import { receiptCall } from '../../../test/support/vendors/vendor-request.js';
import { readReceipts } from './receipts.js';

const now = new Date('2026-12-01T02:00:00Z');
const entry = {
  phone_number: '13800000001',
  send_time: '2026-12-01 09:00:00',
  report_time: '2026-12-01 09:00:05',
  success: true,
  err_code: 'DELIVERED',
  err_msg: '用户接收成功',
  sms_size: '1',
  biz_id: '123^0',
  out_id: '16-1-1',
};
const read = (...entries: unknown[]) => readReceipts(receiptCall(entries, { now }));
const answer = { status: 200, body: '{"code":0,"msg":"成功"}' };
const at = new Date('2026-12-01T01:00:05Z');

describe('a report of Alibaba Cloud', () => {
  it('speaks of a lone target by its reference', () =>
    expect(read(entry)).toEqual({ answer, receipts: [{ reference: '16-1-1', status: 'delivered', at }] }));

  it('speaks of one of many by the tag and the number, in each spelling', () =>
    expect(read({ ...entry, out_id: '16-1', phone_number: '8613800000001' })).toEqual({
      answer,
      receipts: [
        {
          tag: '16-1',
          addresses: ['13800000001', '8613800000001', '+8613800000001', '008613800000001'],
          status: 'delivered',
          at,
        },
      ],
    }));

  it('says why an SMS did not arrive, and calls no number dead that may be switched off', () => {
    const failed = (err_code: unknown) => read({ ...entry, success: false, err_code }).receipts;
    const receipt = { reference: '16-1-1', at };
    expect(failed('MOBILE_NOT_ON_SERVICE')).toEqual([{ ...receipt, status: 'failed', code: 'MOBILE_NOT_ON_SERVICE' }]);
    expect(failed('INVALID_NUMBER')).toEqual([{ ...receipt, status: 'failed', code: 'INVALID_NUMBER' }]);
    expect(failed('isv.MOBILE_NUMBER_ILLEGAL')).toEqual([
      { ...receipt, status: 'address-gone', code: 'isv.MOBILE_NUMBER_ILLEGAL' },
    ]);
    expect(
      read({ ...entry, phone_number: '85251234567', success: false, err_code: 'isv.MOBILE_NUMBER_ILLEGAL' }).receipts,
    ).toEqual([{ ...receipt, status: 'failed', code: 'isv.MOBILE_NUMBER_ILLEGAL' }]);
    expect(failed(undefined)).toEqual([{ ...receipt, status: 'failed', code: 'failed' }]);
  });

  it('is taken in although some of it is not of ours', () => {
    const strange = [
      null,
      7,
      'x',
      [],
      {},
      { ...entry, out_id: 'order 7' },
      { ...entry, out_id: 16 },
      { ...entry, out_id: '16-1', phone_number: { a: 1 } },
      { ...entry, success: 'yes' },
      { phone_number: '13800000001', content: 'TD', out_id: '16-1-1' },
    ];
    expect(read(...strange, { ...entry, report_time: ['x'] })).toEqual({
      answer,
      receipts: [{ reference: '16-1-1', status: 'delivered', at: now }],
    });
  });

  it.each(['', 'nonsense', '{}', 'null', '"x"'])('that cannot be read is refused: %j', (body) =>
    expect(readReceipts(receiptCall(body))).toEqual({ receipts: [], answer: { status: 400 } }),
  );
});
