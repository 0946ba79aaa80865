import { ENVIRONMENT_VARIABLES } from './environment.js';

/** The variables as a Markdown table, for people: the README holds it, and a test holds the README to it. */
export function configurationTable(): string {
  const rows = ENVIRONMENT_VARIABLES.map(({ name, default: value, description }) => [
    `\`${name}\``,
    value === undefined ? '-' : `\`${value}\``,
    description,
  ]);
  const all = [['variable', 'default', 'meaning'], ...rows];
  const width = (column: number): number => Math.max(...all.map((row) => row[column]?.length ?? 0));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(width(column))).join(' | ')} |`;
  const rule = `| ${[0, 1, 2].map((column) => '-'.repeat(width(column))).join(' | ')} |`;
  return [line(all[0] ?? []), rule, ...rows.map(line)].join('\n');
}
