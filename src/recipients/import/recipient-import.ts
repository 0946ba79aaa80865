import type { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import type { FieldError } from '../../common/problem.js';
import { brokenConstraint, isDatabaseAway, sqlState } from '../../database/sql-state.js';
import { Tenants } from '../../database/tenants.js';
import { failedLine, type ImportLine, type LineResult, type RawLine } from './import-line.js';
import { readLine } from './read-line.js';
import { splitLines } from './split-lines.js';
import { writeLines } from './write-lines.js';

/** Reads people line by line and writes them a chunk at a time, each in a transaction of its own, in constant memory. */
@Injectable()
export class RecipientImport {
  private readonly logger = new Logger(RecipientImport.name);

  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /**
   * The results of each chunk as soon as it is committed. The first chunk fails by throwing, since nothing has been answered by
   * then; when a later one cannot be written, the results end with one line that stands for itself and all that follow.
   */
  async *run(organisationId: number, body: Readable): AsyncGenerator<LineResult[]> {
    let answered = false;
    for await (const chunk of splitLines(body)) {
      let results: LineResult[];
      try {
        results = await this.importChunk(organisationId, chunk);
      } catch (error) {
        if (!answered) throw error;
        yield [this.notDone(chunk[0]?.line ?? 1, error)];
        return;
      }
      yield results;
      answered = true;
    }
  }

  private async importChunk(organisationId: number, chunk: RawLine[]): Promise<LineResult[]> {
    const refused: LineResult[] = [];
    const lines: ImportLine[] = [];
    for (const raw of chunk) {
      const read = readLine(raw);
      if ('status' in read) refused.push(read);
      else lines.push(read);
    }
    const written = lines.length === 0 ? [] : await this.write(organisationId, lines);
    return [...refused, ...written].sort((left, right) => left.line - right.line);
  }

  /** Halves a chunk the database refuses, down to the lines that are to blame, so that these fail alone. */
  private async write(organisationId: number, lines: ImportLine[]): Promise<LineResult[]> {
    try {
      const now = this.clock.now();
      return await this.tenants.transaction(organisationId, (scope) => writeLines(scope, lines, now));
    } catch (error) {
      const fault = lineFault(error);
      const [first] = lines;
      if (fault === undefined || first === undefined) throw error;
      if (lines.length === 1) return [failedLine(first.line, first.code, [fault])];
      const half = lines.length >> 1;
      const before = await this.write(organisationId, lines.slice(0, half));
      return [...before, ...(await this.write(organisationId, lines.slice(half)))];
    }
  }

  private notDone(line: number, error: unknown): LineResult {
    const away = isDatabaseAway(error);
    if (!away)
      this.logger.error(`Import stopped at line ${line}: ${error instanceof Error ? error.stack : String(error)}`);
    const why = away ? 'the database cannot be reached' : 'something went wrong here; it has been logged';
    return failedLine(line, null, [{ path: '', message: `this line and all that follow were not done: ${why}` }]);
  }
}

/** What is wrong with a line that the database refuses, or undefined when the line is not to blame. */
function lineFault(error: unknown): FieldError | undefined {
  const state = sqlState(error) ?? '';
  if (state === '23505' && brokenConstraint(error) === 'recipient_client_id_key') {
    return { path: 'clientId', message: 'is already taken' };
  }
  if (state.startsWith('23')) return { path: '', message: 'contradicts another change of the same moment' };
  if (state.startsWith('22')) return { path: '', message: 'holds a character that cannot be stored' };
  return undefined;
}
