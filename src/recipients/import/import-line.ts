import type { FieldError } from '../../common/problem.js';
import type { NewRecipient } from '../recipient-change.js';

/** A line as it came. */
export interface RawLine {
  /** From 1. */
  line: number;
  /** Undefined when it is too long to be kept. */
  bytes: Buffer | undefined;
}

/** A line that can be carried out. */
export interface ImportLine {
  line: number;
  code: string;
  /** Undefined: remove whoever has the code. */
  person: NewRecipient | undefined;
}

/** What became of a line. */
export interface LineResult {
  line: number;
  code: string | null;
  status: 'created' | 'updated' | 'unchanged' | 'removed' | 'failed';
  errors: FieldError[];
}

export function failedLine(line: number, code: string | null, errors: FieldError[]): LineResult {
  return { line, code, status: 'failed', errors };
}
