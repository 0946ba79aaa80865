import { InvalidRequest } from '../../common/problem.js';
import { given, WireFields } from './wire-fields.js';

/** A part of a line. */
export interface TemplateCell {
  content: string;
  align: 'left' | 'center' | 'right';
}

/** A button under a template's lines. */
export interface TemplateAction {
  name: string;
  value: string;
}

const ALIGNS = ['left', 'center', 'right'] as const;
const VARIABLE = /\{\{\s*([\p{L}_][\p{L}\p{M}\p{N}_]*)(?:\.DATA)?\s*\}\}/gu;
/** What the template language would read although this API knows variables only. */
const SYNTAX = /\{\{|\{%|\$\{|^\}|[{$]$/;
const END_RAW = /\{%-?\s*endraw/;
const MOST_LINES = 200;
const MOST_CELLS = 20;
const MOST_ACTIONS = 20;

/** `contents`: lines of cells; also as JSON in a string, since the table calls it a String. */
export function readLines(fields: WireFields): TemplateCell[][] {
  const path = fields.at('contents');
  return listAt(fields.json('contents'), path, MOST_LINES).map((line, index) =>
    listAt(Array.isArray(line) ? line : [line], `${path}[${index}]`, MOST_CELLS).map((cell, position) =>
      readCell(WireFields.from(cell, `${path}[${index}][${position}]`)),
    ),
  );
}

function readCell(cell: WireFields): TemplateCell {
  const content = cell.text('content') ?? '';
  if (END_RAW.test(content)) throw InvalidRequest.at(cell.at('content'), 'must not hold endraw');
  const align = cell.code('align')?.toLowerCase();
  return { content, align: ALIGNS.find((known) => known === align) ?? 'left' };
}

/** `actions`: buttons; also as JSON in a string. */
export function readActions(fields: WireFields): TemplateAction[] {
  const path = fields.at('actions');
  return listAt(fields.json('actions'), path, MOST_ACTIONS).map((item, index) => {
    const action = WireFields.from(item, `${path}[${index}]`);
    return { name: action.requiredText('name'), value: action.text('value') ?? '' };
  });
}

function listAt(value: unknown, path: string, most: number): unknown[] {
  const list = value === undefined || value === '' ? [] : value;
  if (!Array.isArray(list)) throw InvalidRequest.at(path, 'must be an array');
  if (list.length > most) throw InvalidRequest.at(path, `must not hold more than ${most}`);
  return list;
}

/** Lines as the text of a template: the cells of a line side by side. */
export function linesText(lines: readonly TemplateCell[][]): string {
  return lines.map((line) => line.map(({ content }) => templateText(content)).join('  ')).join('\n');
}

/** Words of this API as template text: `{{name.DATA}}` stays a variable, whatever else looks like one is words. */
export function templateText(words: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const match of words.matchAll(VARIABLE)) {
    pieces.push(literal(words.slice(at, match.index)), `{{${match[1] ?? ''}.DATA}}`);
    at = match.index + match[0].length;
  }
  return [...pieces, literal(words.slice(at))].join('');
}

/** Text of a template that was not made of lines, as lines. */
export const textLines = (text: string): TemplateCell[][] =>
  text.split(/\r?\n/).map((content) => [{ content, align: 'left' }]);

const literal = (words: string): string => (SYNTAX.test(words) ? `{% raw %}${words}{% endraw %}` : words);

/** What a template made here keeps beside its text, for clients and for reading it back. */
export interface TemplateDrawing extends Record<string, unknown> {
  title?: string;
  tags?: string;
  sample?: string;
  actions: TemplateAction[];
  contents: TemplateCell[][];
}

export const drawingOf = (fields: {
  title?: string;
  tags?: string;
  sample?: string;
  actions: TemplateAction[];
  contents: TemplateCell[][];
}): TemplateDrawing => given(fields) as TemplateDrawing;
