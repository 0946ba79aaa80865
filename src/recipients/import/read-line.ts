import { validateSync } from 'class-validator';
import type { FieldError } from '../../common/problem.js';
import { failedLine, type ImportLine, type LineResult, type RawLine } from './import-line.js';
import { ImportLineDto } from './import-line.dto.js';
import { LONGEST_LINE } from './split-lines.js';

const FIELDS: ReadonlySet<string> = new Set<keyof ImportLineDto>([
  'code',
  'name',
  'locale',
  'timeZone',
  'clientId',
  'attributes',
  'enabled',
  'phone',
  'email',
  'departments',
  'posts',
  'roles',
  'tags',
  'remove',
]);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads and checks one line by itself; what cannot be carried out is a result already. */
export function readLine({ line, bytes }: RawLine): ImportLine | LineResult {
  if (bytes === undefined) return unreadable(line, `is longer than ${LONGEST_LINE} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch (error) {
    return unreadable(line, error instanceof SyntaxError ? 'is not JSON' : 'is not UTF-8');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return unreadable(line, 'must be a JSON object');
  const code = 'code' in value && typeof value.code === 'string' ? value.code : null;
  const unknown = Object.keys(value).filter((field) => !FIELDS.has(field));
  if (unknown.length > 0) {
    return failedLine(
      line,
      code,
      unknown.map((path) => ({ path, message: 'is not a field of an import' })),
    );
  }
  const fields = Object.assign(new ImportLineDto(), value);
  const errors = fieldErrors(fields);
  return errors.length > 0 ? failedLine(line, code, errors) : toImportLine(line, fields);
}

function unreadable(line: number, message: string): LineResult {
  return failedLine(line, null, [{ path: '', message: `the line ${message}` }]);
}

function fieldErrors(fields: ImportLineDto): FieldError[] {
  return validateSync(fields, { stopAtFirstError: true }).flatMap(({ property, constraints }) =>
    Object.values(constraints ?? {}).map((message) => ({
      path: property,
      message: message.replace(`${property} `, ''),
    })),
  );
}

function toImportLine(line: number, fields: ImportLineDto): ImportLine {
  const { code, name, remove, departments, posts, roles, tags, ...rest } = fields;
  if (remove === true || name === undefined) return { line, code, person: undefined };
  return { line, code, person: { ...rest, code, name, groups: { departments, posts, roles, tags } } };
}
