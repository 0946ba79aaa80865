import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Scratch } from '../support/scratch-server.js';
import type { BenchFigure } from './bench-line.js';
import { markdownTable } from './bench-table.js';
import type { Broadcast } from './broadcast-run.js';
import { chart } from './chart.js';

const PAGE = 'performance.md';
const CHART = 'performance.svg';
/** What stands between these in the page is written by the bench. */
const BEGIN = '<!-- bench -->';
const END = '<!-- /bench -->';

/** On what it was measured, in a sentence. */
export async function machine({ client }: Scratch): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  const memory = Math.round(totalmem() / 2 ** 30);
  const processors = cpus();
  return (
    `${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, ${memory} GiB, Node ${process.versions.node}, ` +
    `PostgreSQL ${rows[0]?.server_version ?? '?'}, ${new Date().toISOString().slice(0, 10)}`
  );
}

/** Writes the figures into the page and draws the chart beside it. */
export async function writePage(
  folder: string,
  where: string,
  figures: readonly BenchFigure[],
  broadcasts: readonly Broadcast[],
): Promise<void> {
  const path = join(folder, PAGE);
  const page = await readFile(path, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${path} does not hold ${BEGIN} … ${END}`);
  const measured = [`Measured on ${where}.`, '', `![Growth and budgets](${CHART})`, '', ...markdownTable(figures)].join(
    '\n',
  );
  await writeFile(join(folder, CHART), chart(broadcasts, figures));
  await writeFile(path, `${page.slice(0, begin + BEGIN.length)}\n\n${measured}\n\n${page.slice(end)}`);
}
