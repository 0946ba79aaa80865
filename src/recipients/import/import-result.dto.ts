import { FieldErrorDto } from '../../common/problem.dto.js';

/** What became of one line. */
export class ImportResultDto {
  /**
   * Number of the line, from 1; blank lines count but have no result.
   * @example 1
   */
  line: number;

  /**
   * The person's code; null when the line could not be read.
   * @example 'USER001'
   */
  code: string | null;

  /**
   * `unchanged` also stands for the removal of somebody who is not there.
   * @example 'created'
   */
  status: 'created' | 'updated' | 'unchanged' | 'removed' | 'failed';

  /** What was wrong; empty unless `failed`, and then nothing of the line was done. */
  errors: FieldErrorDto[];
}
