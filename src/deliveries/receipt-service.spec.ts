import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../test/support/fake-clock.js';
import { deliveryReference } from '../messages/reference.js';
import type { Receipt } from '../vendors/vendor.js';
import type { DeliveryReceipt } from './delivery-receipt.js';
import type { ReceiptRecorder, Unapplied } from './receipt-recorder.js';
import { ReceiptSubjects, type Sorted } from './receipt-subjects.js';
import { ReceiptService } from './receipt-service.js';

const ACCOUNT = { organisationId: 3, id: 7 };

/** Records what it is given, finds no delivery of the endpoints in `missing`, and fails while `broken`. */
class FakeRecorder {
  readonly batches: { organisationId: number; receipts: DeliveryReceipt[] }[] = [];
  readonly missing = new Set<string>();
  broken = false;

  apply(organisationId: number, receipts: DeliveryReceipt[]): Promise<Unapplied> {
    if (this.broken) return Promise.reject(new Error('the database is away'));
    this.batches.push({ organisationId, receipts });
    const missing = receipts.filter(({ endpointId }) => this.missing.has(endpointId));
    return Promise.resolve({ missing, ignored: 0, held: 0 });
  }
}

/** Finds no delivery for what comes without its reference. */
class NoSubjects extends ReceiptSubjects {
  constructor() {
    super(undefined as never);
  }

  override find(_account: unknown, receipts: readonly Receipt[]): Promise<Sorted> {
    return Promise.resolve({ named: [], unnamed: [...receipts] });
  }
}

describe('ReceiptService', () => {
  let clock: FakeClock;
  let recorder: FakeRecorder;
  let service: ReceiptService;

  beforeEach(() => {
    clock = new FakeClock();
    recorder = new FakeRecorder();
    service = new ReceiptService(recorder as unknown as ReceiptRecorder, new NoSubjects(), clock);
  });

  const receipt = (endpoint: number, status: Receipt['status'] = 'delivered'): Receipt => ({
    reference: deliveryReference('1', 1, String(endpoint)),
    status,
    at: clock.now(),
  });
  const sizes = (): number[] => recorder.batches.map(({ receipts }) => receipts.length);

  it('applies together what comes within 25 ms, one receipt per delivery', async () => {
    const first = service.submit(ACCOUNT, [receipt(1)]);
    await clock.advance(24);
    const second = service.submit(ACCOUNT, [receipt(1, 'read'), receipt(2)]);
    expect(sizes()).toEqual([]);
    await clock.advance(1);
    await Promise.all([first, second]);
    expect(sizes()).toEqual([2]);
    expect(recorder.batches[0]?.receipts[0]).toMatchObject({ endpointId: '1', status: 'read' });
  });

  it('keeps organisations apart', async () => {
    const both = [service.submit(ACCOUNT, [receipt(1)]), service.submit({ organisationId: 4, id: 8 }, [receipt(1)])];
    await clock.advance(25);
    await Promise.all(both);
    expect(recorder.batches.map(({ organisationId }) => organisationId)).toEqual([3, 4]);
  });

  it('does not wait once there are 2000, and applies no more than that at once', async () => {
    await service.submit(
      ACCOUNT,
      Array.from({ length: 4_500 }, (_, index) => receipt(index + 1)),
    );
    expect(sizes()).toEqual([2_000, 2_000, 500]);
  });

  it('ignores what is none of ours', async () => {
    await service.submit(ACCOUNT, [{ reference: 'nonsense', status: 'read', at: clock.now() }]);
    await service.submit(ACCOUNT, []);
    expect(sizes()).toEqual([]);
  });

  it('says so when receipts could not be stored, and goes on with the next', async () => {
    recorder.broken = true;
    const failed = service.submit(ACCOUNT, [receipt(1)]);
    const failure = expect(failed).rejects.toThrow('the database is away');
    await clock.advance(25);
    await failure;
    recorder.broken = false;
    const stored = service.submit(ACCOUNT, [receipt(1)]);
    await clock.advance(25);
    await stored;
    expect(sizes()).toEqual([1]);
  });

  it('looks again for a delivery that is not recorded yet, more and more rarely, and gives up after two minutes', async () => {
    recorder.missing.add('1');
    const submitted = service.submit(ACCOUNT, [receipt(1), receipt(2)]);
    await clock.advance(25);
    await submitted;
    await clock.advance(10_000);
    const early = recorder.batches.length;
    expect(early).toBeGreaterThanOrEqual(4);
    await clock.advance(110_000);
    expect(recorder.batches.length).toBe(7);
    await clock.advance(3_600_000);
    expect(sizes()).toEqual([2, 1, 1, 1, 1, 1, 1]);
  });

  it('looks again also when the database was away meanwhile', async () => {
    recorder.missing.add('1');
    const submitted = service.submit(ACCOUNT, [receipt(1)]);
    await clock.advance(25);
    await submitted;
    recorder.broken = true;
    await clock.advance(300);
    recorder.broken = false;
    recorder.missing.clear();
    await clock.advance(3_600_000);
    expect(sizes()).toEqual([1, 1]);
  });

  it('applies everything before the process stops', async () => {
    recorder.missing.add('1');
    const early = service.submit(ACCOUNT, [receipt(1)]);
    await clock.advance(25);
    await early;
    recorder.missing.clear();
    const last = service.submit(ACCOUNT, [receipt(2)]);
    await service.beforeApplicationShutdown();
    await last;
    expect(sizes()).toEqual([1, 2]);
    await service.submit(ACCOUNT, [receipt(3)]);
    expect(sizes()).toEqual([1, 2, 1]);
  });
});
