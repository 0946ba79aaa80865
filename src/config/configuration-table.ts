import { markdownTable } from '../common/markdown-table.js';
import { ENVIRONMENT_VARIABLES } from './environment.js';

/** The variables as a Markdown table, for people: the README holds it, and a test holds the README to it. */
export function configurationTable(): string {
  const rows = ENVIRONMENT_VARIABLES.map(({ name, default: value, description }) => [
    `\`${name}\``,
    value === undefined ? '-' : `\`${value}\``,
    description,
  ]);
  return markdownTable([['variable', 'default', 'meaning'], ...rows]);
}
