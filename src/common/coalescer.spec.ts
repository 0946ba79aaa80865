import { describe, expect, it } from '@jest/globals';
import { Coalescer } from './coalescer.js';

/** A run that ends when the test says so. */
function controlled() {
  const runs: { items: number[]; end: () => void }[] = [];
  const coalescer = new Coalescer<number, string>(
    (items) =>
      new Promise((resolve, reject) => {
        runs.push({ items, end: () => (items.includes(13) ? reject(new Error('13')) : resolve(items.map(String))) });
      }),
    3,
  );
  return { runs, coalescer };
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

describe('calls that come while others run', () => {
  it('are done together, at most so many at once, each with its own result', async () => {
    const { runs, coalescer } = controlled();
    const first = [coalescer.add(1), coalescer.add(2)];
    await turn();
    const later = [3, 4].map((item) => coalescer.add(item));
    await turn();
    const last = [5, 6, 7, 8].map((item) => coalescer.add(item));
    await turn();
    const waiting = [9, 10].map((item) => coalescer.add(item));
    await turn();
    expect(runs.map(({ items }) => items)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6, 7],
    ]);
    runs[0]?.end();
    await turn();
    expect(runs[3]?.items).toEqual([8, 9, 10]);
    runs.forEach(({ end }) => end());
    const results = await Promise.all([...first, ...later, ...last, ...waiting]);
    expect(results).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
  });

  it('fail alone', async () => {
    const { runs, coalescer } = controlled();
    const results = Promise.allSettled([1, 13, 2].map((item) => coalescer.add(item)));
    for (let round = 0; round < 4; round++) {
      await turn();
      runs[round]?.end();
    }
    expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(runs.map(({ items }) => items)).toEqual([[1, 13, 2], [1], [13], [2]]);
  });
});
