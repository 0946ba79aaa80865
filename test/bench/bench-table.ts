import type { BenchFigure } from './bench-line.js';

const HEAD = ['figure', 'value', 'unit', 'floor', 'ratio', 'budget', ''];
const LEFT = new Set([0, 2, 6]);

const round = (value: number | null): string =>
  value === null ? '' : value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 });

function cellsOf({ name, value, unit, floor, ratio, budget, ok, sense }: BenchFigure): string[] {
  const limit = budget === null ? '' : `${sense === 'at most' ? '≤' : '≥'} ${round(budget)}`;
  const verdict = budget === null ? '' : ok ? 'ok' : 'MISSED';
  return [name, round(value), unit, round(floor), round(ratio), limit, verdict];
}

const align = (cells: string[], widths: number[]): string[] =>
  cells.map((cell, column) =>
    LEFT.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
  );

/** The figures as lines of a table, for people. */
export function textTable(figures: readonly BenchFigure[]): string[] {
  const rows = [HEAD, ...figures.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => align(row, widths).join('  ').trimEnd());
}

/** The figures as a table of a Markdown page, formatted as Prettier would. */
export function markdownTable(figures: readonly BenchFigure[]): string[] {
  const rows = [HEAD, ...figures.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const rule = widths.map((width, column) => (LEFT.has(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const [head = [], ...body] = rows.map((row) => align(row, widths));
  return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`);
}
