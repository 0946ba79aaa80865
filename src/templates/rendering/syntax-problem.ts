import { LiquidError } from 'liquidjs';
import { InvalidRequest } from '../../common/problem.js';

/** Wrong template text; `offset` is where. */
export class TemplateSyntaxError extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** `line 2, column 7: …`, as people count. */
export function syntaxProblem(error: unknown, text: string, path: string): unknown {
  const at = (line: number, column: number, message: string): InvalidRequest =>
    InvalidRequest.at(path, `line ${line}, column ${column}: ${message}`, 'template_syntax');
  if (error instanceof TemplateSyntaxError) {
    const before = text.slice(0, error.offset).split('\n');
    return at(before.length, (before.at(-1) ?? '').length + 1, error.message);
  }
  if (error instanceof RangeError) return InvalidRequest.at(path, 'is nested too deeply', 'template_syntax');
  if (!LiquidError.is(error)) return error;
  const [line = 1, column = 1] = error.token.getPosition();
  return at(line, column, error.message.replace(/, line:\d+, col:\d+$/, ''));
}
