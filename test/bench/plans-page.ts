import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WINDOW } from '../../src/messages/audience-groups.js';
import type { Trace, TracedStatement } from './plan-tracer.js';

const PAGE = 'plans.md';
/** What stands between these in the page is written by the bench. */
const BEGIN = '<!-- plans -->';
const END = '<!-- /plans -->';

const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** One statement of a shape, in a line. */
function reading({ what, reading: { milliseconds, buffers, spilled, scans } }: TracedStatement): string {
  // The message itself is found, by whatever way a table of this size offers.
  const read = scans
    .filter(({ scan }) => !scan.endsWith(' message'))
    .map(({ scan, rows }) => `${scan} ${whole(rows)}`)
    .join(', ');
  const disk = spilled > 0 ? `, ${whole(spilled)} pages of temporary files` : '';
  return `- ${what}: ${milliseconds < 10 ? milliseconds.toFixed(1) : whole(milliseconds)} ms, ${whole(buffers)} pages${disk}; reads ${read || 'no table'}`;
}

function section({ shape, wide, statements }: Trace): string[] {
  const kind = wide ? `window by window, here a full one of ${whole(WINDOW)} people` : 'in one step';
  const full = statements.find(({ what }) => what.startsWith('makes'));
  return [
    `### ${shape.name[0]?.toUpperCase() ?? ''}${shape.name.slice(1)}`,
    '',
    `Planned ${kind}.`,
    '',
    ...statements.map(reading),
    '',
    ...(shape.full === true && full !== undefined ? ['```text', ...full.text, '```', ''] : []),
  ];
}

/** Writes what was traced into the page. */
export async function writePlansPage(folder: string, where: string, people: number, traces: Trace[]): Promise<void> {
  const path = join(folder, PAGE);
  const page = await readFile(path, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${path} does not hold ${BEGIN} … ${END}`);
  const lines = [`Measured on ${where}; ${whole(people)} people.`, '', ...traces.flatMap(section)];
  await writeFile(
    path,
    `${page.slice(0, begin + BEGIN.length)}\n\n${lines.join('\n').trimEnd()}\n\n${page.slice(end)}`,
  );
}
