import type { BenchFigure } from './bench-line.js';
import type { Broadcast } from './broadcast-run.js';

const WIDTH = 960;
const HALF = 440;
const TOP = 56;
const BAR = 26;
/** The width of a budget; bars end at twice that. */
const FULL = 180;
const INK = '#1f2937';
const FAINT = '#9ca3af';
const COLOURS = { good: '#2f855a', bad: '#c53030', tidings: '#2b6cb0', floor: '#a0aec0' };

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const short = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });

function text(x: number, y: number, content: string, more = ''): string {
  return `<text x="${x}" y="${y}" ${more}>${escape(content)}</text>`;
}

const rect = (x: number, y: number, width: number, height: number, colour: string): string =>
  `<rect x="${x}" y="${y}" width="${Math.max(1, width).toFixed(1)}" height="${height}" rx="2" fill="${colour}"/>`;

/** What one delivery takes at each size, beside its floor: flat bars mean that cost does not grow with size. */
function growth(broadcasts: readonly Broadcast[], left: number): string[] {
  const cost = (seconds: number, size: number): number => (seconds / size) * 1_000_000;
  const most = Math.max(...broadcasts.map(({ seconds, size }) => cost(seconds, size)));
  const scale = (HALF - 210) / most;
  return broadcasts.flatMap(({ size, seconds, floor }, index) => {
    const y = TOP + index * (2 * BAR + 14);
    const bars: [number, string, string][] = [
      [cost(seconds, size), COLOURS.tidings, 'Tidings'],
      [cost(floor, size), COLOURS.floor, 'floor'],
    ];
    return [
      text(left, y + 18, size.toLocaleString('en'), 'font-weight="600"'),
      ...bars.flatMap(([value, colour, name], line) => [
        rect(left + 90, y + line * BAR, value * scale, BAR - 6, colour),
        text(left + 96 + value * scale, y + line * BAR + 15, `${short(value)} µs ${name}`, `fill="${INK}"`),
      ]),
    ];
  });
}

/** Of its budget, how much each judged figure uses; less is better, and the line is the budget itself. */
function used({ value, ratio, budget, sense }: BenchFigure): number {
  const share = (ratio ?? value) / (budget ?? 1);
  return sense === 'at most' ? share : 1 / share;
}

function budgets(figures: readonly BenchFigure[], left: number): string[] {
  const line = left + FULL;
  const bars = figures.flatMap((figure, index) => {
    const y = TOP + index * (BAR + 16);
    const share = used(figure);
    const width = Math.min(share, 2) * FULL;
    return [
      text(left, y, figure.name, 'font-size="11"'),
      rect(left, y + 5, width, BAR - 12, figure.ok ? COLOURS.good : COLOURS.bad),
      text(left + 6 + width, y + 16, `${short(share * 100)} %`, 'font-size="11"'),
    ];
  });
  const bottom = TOP + figures.length * (BAR + 16);
  return [
    ...bars,
    `<line x1="${line}" y1="${TOP - 12}" x2="${line}" y2="${bottom}" stroke="${FAINT}" stroke-dasharray="3 3"/>`,
    text(line + 4, bottom, 'budget', `font-size="11" fill="${FAINT}"`),
  ];
}

/** Growth on the left, budgets on the right, as one SVG. */
export function chart(broadcasts: readonly Broadcast[], figures: readonly BenchFigure[]): string {
  const judged = figures.filter(({ budget }) => budget !== null);
  const height = TOP + 24 + Math.max(broadcasts.length * (2 * BAR + 14), judged.length * (BAR + 16));
  const right = WIDTH - HALF;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13" fill="${INK}">`,
    rect(0, 0, WIDTH, height, '#ffffff'),
    text(20, 26, 'Time per delivery, by size of the broadcast', 'font-size="15" font-weight="600"'),
    ...(broadcasts.length === 0 ? [] : growth(broadcasts, 20)),
    text(right, 26, 'Share of each budget that is used', 'font-size="15" font-weight="600"'),
    ...budgets(judged, right),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}
