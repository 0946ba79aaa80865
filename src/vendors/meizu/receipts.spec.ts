import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MeizuSimulator } from '../../../test/support/vendors/meizu/meizu-simulator.js';
import { readPostedReceipts } from '../../../test/support/vendors/read-posted-receipts.js';
import { inShort, receiptCall, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { ReceiptReading } from '../vendor.js';
import { MEIZU } from './definition.js';
import { MeizuVendor } from './meizu.js';

const vendor = new MeizuVendor(new SystemClock());
const { now } = receiptCall('');

const read = (body: string): ReceiptReading => vendor.readReceipts(receiptCall(body));

const formOf = (cb: unknown): string => new URLSearchParams({ access_token: 't', cb: JSON.stringify(cb) }).toString();

describe('a receipt of Meizu', () => {
  it('names the devices that a push reached, or that it was tapped on', () => {
    const cb = {
      'm1-1': { param: '16-1', type: 1, targets: ['a', 'b'] },
      'm1-2': { param: '16-1', type: '2', targets: ['a'] },
      'm1-9': { param: '16-1', type: 9, targets: ['c'] },
    };
    expect(read(formOf(cb))).toEqual({
      answer: { status: 200 },
      receipts: [
        { tag: '16-1', addresses: ['a'], status: 'delivered', at: now },
        { tag: '16-1', addresses: ['b'], status: 'delivered', at: now },
        { tag: '16-1', addresses: ['a'], status: 'read', at: now },
      ],
    });
  });

  it.each(['', 'nonsense', 'cb=', 'cb=[]', 'cb=7', 'cb=%7B'])('that cannot be read (%s) is refused', (body) => {
    expect(read(body)).toEqual({ receipts: [], answer: { status: 400 } });
  });

  it('is passed over when it is made of the wrong things', () => {
    const hostile = { toString: 1, valueOf: 1 };
    const cb = {
      a: null,
      b: 7,
      c: [],
      d: { param: 7, type: 1, targets: ['x'] },
      e: { param: 'p', type: hostile, targets: ['x'] },
      g: { param: 'p', type: 1, targets: [null, hostile, ''] },
      h: { param: '', type: 1, targets: ['x'] },
    };
    expect(read(formOf(cb))).toEqual({ receipts: [], answer: { status: 200 } });
  });
});

describe('the receipts of a Meizu account', () => {
  let simulator: MeizuSimulator;

  beforeEach(async () => {
    simulator = await new MeizuSimulator().start();
  });

  afterEach(async () => {
    await vendor.close();
    await simulator.close();
  });

  it('come as they were asked for', async () => {
    const account = vendorAccount(MEIZU, simulator.settings);
    const [first, second] = [simulator.address(1), simulator.address(2)];
    const readings = await readPostedReceipts(simulator, vendor, account, (receiptUrl) =>
      vendor.send(vendorRequest(account, [first, second, simulator.address(3, true)], { receiptUrl })),
    );
    expect(readings.flatMap(({ receipts }) => receipts)).toMatchObject([
      { tag: '16-1', addresses: [first], status: 'delivered' },
      { tag: '16-1', addresses: [second], status: 'delivered' },
    ]);
  });

  it('are asked for only where their address is said to be registered, and is not too long', async () => {
    simulator.receiptUrl = 'https://push.example.com/registered';
    const asked = async (settings: object, receiptUrl: string): Promise<string[]> => {
      const account = vendorAccount(MEIZU, { ...simulator.settings, ...settings });
      return inShort((await vendor.send(vendorRequest(account, [simulator.address(1)], { receiptUrl }))).outcomes);
    };
    const elsewhere = 'https://push.example.com/r';
    expect(await asked({ receipts: false }, elsewhere)).toEqual(['accepted']);
    expect(await asked({}, `${elsewhere}${'r'.repeat(128)}`)).toEqual(['accepted']);
    expect(await asked({}, elsewhere)).toEqual(['rejected 1005']);
  });
});
