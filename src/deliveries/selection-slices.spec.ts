import { describe, expect, it } from '@jest/globals';
import type { DeliverySelection } from './delivery-selection.js';
import { eachSlice, type SliceRow } from './selection-slices.js';

const SELECTION: DeliverySelection = {
  kind: 'dead',
  days: ['2026-12-01', '2026-12-02'],
  message: null,
  channel: null,
  account: null,
  reason: null,
  application: null,
  finishedBy: null,
  expiresAt: null,
};

/** Days with so many deliveries, every `skip`th of which is left as it is; tells which slices were asked for. */
function days(
  counts: Record<string, number>,
  skip = Infinity,
): { work: (values: unknown[], left: number) => Promise<SliceRow>; asked: unknown[] } {
  const asked: unknown[] = [];
  const work = (values: unknown[], left: number): Promise<SliceRow> => {
    const day = String(values[0]);
    const [, , after, take] = values.slice(7);
    asked.push([day, after, take]);
    const first = Number(after);
    const last = Math.min(counts[day] ?? 0, first + Number(take));
    let moved = 0;
    for (let id = first + 1; id <= last; id++) if (id % skip !== 0 && moved < left) moved++;
    const seen = last - first;
    return Promise.resolve({ seen, moved, messageId: '1', channelId: 1, endpointId: String(last) });
  };
  return { work, asked };
}

describe('eachSlice', () => {
  it('goes on in slices after the last one seen, and day by day', async () => {
    const { work, asked } = days({ '2026-12-01': 25_000, '2026-12-02': 5 });
    await eachSlice(SELECTION, Infinity, work);
    expect(asked).toEqual([
      ['2026-12-01', '0', 10_000],
      ['2026-12-01', '10000', 10_000],
      ['2026-12-01', '20000', 10_000],
      ['2026-12-02', '0', 10_000],
    ]);
  });

  it('stops when so many were changed, however many were left as they are', async () => {
    const { work, asked } = days({ '2026-12-01': 2_500, '2026-12-02': 5 }, 2);
    await eachSlice(SELECTION, 800, work);
    expect(asked).toEqual([
      ['2026-12-01', '0', 1_000],
      ['2026-12-01', '1000', 1_000],
    ]);
  });

  it('ends with days that hold fewer', async () => {
    const { work, asked } = days({ '2026-12-01': 10_000 });
    await eachSlice({ ...SELECTION, days: ['2026-12-01'] }, Infinity, work);
    expect(asked).toHaveLength(2);
  });
});
