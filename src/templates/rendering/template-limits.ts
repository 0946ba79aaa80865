import { InvalidRequest } from '../../common/problem.js';

/** What a template may cost, so that no text or value can exhaust a process. */
export const TEMPLATE_LIMITS = {
  /** Bytes (UTF-8) of one field's template text. */
  textBytes: 64 * 1024,
  /** Characters of one field's rendered text. */
  outputCharacters: 256 * 1024,
  /** Blocks (`if`, `for` …) inside one another. */
  nesting: 20,
  /** Characters and list items that filters and ranges may make in one rendering. */
  memory: 1_000_000,
  /** Milliseconds of one rendering with blocks or filters; typical is well under one. */
  milliseconds: 500,
} as const;

export function assertOutputLength(output: string, path: string): void {
  if (output.length <= TEMPLATE_LIMITS.outputCharacters) return;
  throw InvalidRequest.at(path, `renders to more than ${TEMPLATE_LIMITS.outputCharacters} characters`, 'text_too_long');
}
