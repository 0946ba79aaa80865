import { describe, expect, it } from '@jest/globals';
import { atLeast, atMost, figure } from './bench-line.js';
import { markdownTable, textTable } from './bench-table.js';
import { chart } from './chart.js';
import { percentile } from './percentile.js';

describe('the figures of the bench', () => {
  it('judge a ratio by its budget, from above or from below', () => {
    expect(atMost('a', 5, 's', 2, 2.5)).toMatchObject({ ratio: 2.5, ok: true });
    expect(atMost('a', 5.1, 's', 2, 2.5).ok).toBe(false);
    expect(atLeast('a', 40, '/s', 2, 20)).toMatchObject({ ratio: 20, ok: true });
    expect(atLeast('a', 39, '/s', 2, 20).ok).toBe(false);
    expect(figure('a', 101, 'ms', 100).ok).toBe(false);
  });

  it('are not judged without a budget', () => {
    expect(atMost('a', 99, 's', 1, null).ok).toBe(true);
    expect(
      textTable([atMost('a', 99, 's', 1, null)])[1]
        ?.trimEnd()
        .endsWith('99'),
    ).toBe(true);
  });

  it('are printed with their limit and verdict', () => {
    const figures = [atMost('slow', 5, 's', 1, 2.5), atLeast('rate', 30, '/s', 1, 20)];
    expect(textTable(figures)).toEqual([
      'figure  value  unit  floor  ratio  budget',
      'slow        5  s         1      5   ≤ 2.5  MISSED',
      'rate       30  /s        1     30    ≥ 20  ok',
    ]);
    expect(markdownTable(figures)[2]).toBe('| slow   |     5 | s    |     1 |     5 |  ≤ 2.5 | MISSED |');
  });

  it('are drawn as the share of their budget that is used', () => {
    const svg = chart([], [atMost('half', 1, 's', 1, 2), atLeast('short', 10, '/s', 1, 20), figure('told', 1, 's')]);
    expect(svg).toContain('>50 %<');
    expect(svg).toContain('>200 %<');
    expect(svg).not.toContain('told');
  });
});

describe('percentile', () => {
  it('is a value that so many do not exceed', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile([7], 0.99)]).toEqual([100, 198, 7]);
    expect(() => percentile([], 0.5)).toThrow('nothing');
  });
});
