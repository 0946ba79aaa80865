import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readPostedReceipts } from '../../../test/support/vendors/read-posted-receipts.js';
import { receiptCall, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { VivoSimulator } from '../../../test/support/vendors/vivo/vivo-simulator.js';
import { SystemClock } from '../../common/clock.js';
import type { ReceiptReading, VendorAccountConfig } from '../vendor.js';
import { VIVO } from './definition.js';
import { VivoVendor } from './vivo.js';

const vendor = new VivoVendor(new SystemClock());
const { now } = receiptCall('');

const read = (body: unknown): ReceiptReading => vendor.readReceipts(receiptCall(body));

describe('a receipt of vivo', () => {
  it('names the devices that a push reached', () => {
    const at = new Date(1_790_000_000_000);
    const body = {
      t1: { param: '16-1', targets: 'a,b', ackTime: String(at.getTime()), ackType: '0' },
      t2: { param: '16-2', targets: 'c' },
      t3: { param: '16-3', targets: ['d', ' e '], ackTime: 'yesterday', ackType: 0 },
      t4: { param: '16-4', targets: 'f', ackType: '9' },
    };
    expect(read(body)).toEqual({
      answer: { status: 200, body: '{}' },
      receipts: [
        { tag: '16-1', addresses: ['a'], status: 'delivered', at },
        { tag: '16-1', addresses: ['b'], status: 'delivered', at },
        { tag: '16-2', addresses: ['c'], status: 'delivered', at: now },
        { tag: '16-3', addresses: ['d'], status: 'delivered', at: now },
        { tag: '16-3', addresses: ['e'], status: 'delivered', at: now },
      ],
    });
  });

  it.each(['', 'nonsense', '[]', 'null', '7', '"x"'])('that cannot be read (%s) is refused', (body) => {
    expect(read(body)).toEqual({ receipts: [], answer: { status: 400 } });
  });

  it('is passed over when it is made of the wrong things', () => {
    const hostile = { toString: 1, valueOf: 1 };
    const entries = {
      a: null,
      b: 7,
      c: [],
      d: { param: 7, targets: 'x' },
      e: { param: 'p', targets: hostile },
      f: { param: 'p', targets: [hostile, null, ',,'] },
      g: { param: 'p', targets: 'x', ackType: hostile },
      h: { param: '', targets: 'x' },
    };
    expect(read(entries).receipts).toEqual([]);
    expect(read({ i: { param: 'p', targets: 'x', ackTime: hostile } }).receipts).toEqual([
      { tag: 'p', addresses: ['x'], status: 'delivered', at: now },
    ]);
  });
});

describe('the receipts of a vivo account', () => {
  let simulator: VivoSimulator;

  beforeEach(async () => {
    simulator = await new VivoSimulator().start();
  });

  afterEach(async () => {
    await vendor.close();
    await simulator.close();
  });

  const receiptsOf = async (account: VendorAccountConfig, addresses: string[], more = ''): Promise<unknown> => {
    const readings = await readPostedReceipts(simulator, vendor, account, (receiptUrl) =>
      vendor.send(vendorRequest(account, addresses, { receiptUrl: receiptUrl + more })),
    );
    return readings.flatMap(({ receipts }) => receipts);
  };

  it('come for lists to the address that was registered', async () => {
    const account = vendorAccount(VIVO, simulator.settings);
    const [first, second] = [simulator.address(1), simulator.address(2)];
    expect(await receiptsOf(account, [first, second, simulator.address(3, true)])).toMatchObject([
      { tag: '16-1', addresses: [first], status: 'delivered' },
      { tag: '16-1', addresses: [second], status: 'delivered' },
    ]);
  });

  it('come for single devices to the address in the push, unless it is too long', async () => {
    const account = vendorAccount(VIVO, { ...simulator.settings, receiptId: undefined });
    expect(await receiptsOf(account, [simulator.address(1), simulator.address(2)])).toEqual([]);
    expect(await receiptsOf(account, [simulator.address(1)])).toMatchObject([
      { tag: '16-1', addresses: [simulator.address(1)], status: 'delivered' },
    ]);
    expect(await receiptsOf(account, [simulator.address(2)], 'r'.repeat(128))).toEqual([]);
    expect(JSON.parse(simulator.seen.at(-1)?.body ?? '')).not.toHaveProperty('extra');
  });
});
