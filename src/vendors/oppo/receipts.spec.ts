import { describe, expect, it } from '@jest/globals';
import { OppoSimulator } from '../../../test/support/vendors/oppo/oppo-simulator.js';
import { readPostedReceipts } from '../../../test/support/vendors/read-posted-receipts.js';
import { receiptCall, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { ReceiptReading } from '../vendor.js';
import { OPPO } from './definition.js';
import { OppoVendor } from './oppo.js';

const vendor = new OppoVendor(new SystemClock());
const { now } = receiptCall('');

const read = (body: unknown): ReceiptReading => vendor.readReceipts(receiptCall(body));

describe('a receipt of OPPO', () => {
  it('says by its event how a push fared', () => {
    const entry = { messageId: 'm', appId: 'a', taskId: 'm', registrationIds: 'CN_1' };
    const at = new Date(1_790_000_000_000);
    const body = [
      { ...entry, param: '16-1-1', eventTime: at.getTime(), eventType: 'push_arrive' },
      { ...entry, param: '16-1-2', eventTime: String(at.getTime()) },
      { ...entry, param: '16-1-3', eventTime: at.getTime(), eventType: 'REGID_INVALID' },
      { ...entry, param: '16-1-4', eventTime: 'yesterday', eventType: 'user_daily_limit' },
      { ...entry, param: '16-1-5', eventTime: 1e300, eventType: 'push_click' },
      { ...entry, param: '16-1-6', eventTime: at.getTime(), eventType: 'something_new' },
    ];
    expect(read(body)).toEqual({
      answer: { status: 200 },
      receipts: [
        { reference: '16-1-1', status: 'delivered', at },
        { reference: '16-1-2', status: 'delivered', at },
        { reference: '16-1-3', status: 'address-gone', code: 'regid_invalid', at },
        { reference: '16-1-4', status: 'failed', code: 'user_daily_limit', at: now },
        { reference: '16-1-5', status: 'read', at: now },
      ],
    });
  });

  it.each(['', 'nonsense', '{}', 'null', '7', '"x"'])('that cannot be read (%s) is refused', (body) => {
    expect(read(body)).toEqual({ receipts: [], answer: { status: 400 } });
  });

  it('is passed over when it is made of the wrong things', () => {
    const hostile = { toString: 1, valueOf: 1 };
    const entries = [
      null,
      7,
      [],
      {},
      { param: 7, eventType: 'push_arrive' },
      { param: '', eventType: 'push_arrive' },
      { param: 'r', eventType: hostile },
      { param: 'r', eventType: '__proto__' },
      { param: hostile, eventType: 'push_arrive' },
    ];
    expect(read(entries)).toEqual({ receipts: [], answer: { status: 200 } });
    expect(read([{ param: 'r', eventTime: hostile }]).receipts).toEqual([
      { reference: 'r', status: 'delivered', at: now },
    ]);
  });

  it('comes back as it was asked for', async () => {
    const simulator = await new OppoSimulator().start();
    const account = vendorAccount(OPPO, simulator.settings);
    const addresses = [simulator.address(1), simulator.address(2, true)];
    const readings = await readPostedReceipts(simulator, vendor, account, (receiptUrl) =>
      vendor.send(vendorRequest(account, addresses, { receiptUrl })),
    );
    expect(readings).toMatchObject([{ receipts: [{ reference: '16-1-1', status: 'delivered' }] }]);
    expect(simulator.receiptAnswers).toEqual([{ status: 200, body: '' }]);
    await vendor.close();
    await simulator.close();
  });

  it('is not asked for where its address is too long for OPPO', async () => {
    const simulator = await new OppoSimulator().start();
    const account = vendorAccount(OPPO, simulator.settings);
    const receiptUrl = `https://push.example.com/${'r'.repeat(200)}`;
    await vendor.send(vendorRequest(account, [simulator.address(1)], { receiptUrl }));
    expect(new URLSearchParams(simulator.seen.at(-1)?.body).get('message')).not.toContain('call_back_url');
    await vendor.close();
    await simulator.close();
  });
});
