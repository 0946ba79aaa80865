import { appendFileSync } from 'node:fs';
import { Client } from 'pg';

/** Imported ahead of a program, this writes each statement it sends, with the number of rows it gave, as a line of JSON to a file. */
export interface RecordedStatement {
  text: string;
  rows: number;
}

type Callback = (error: Error | null, result?: { rowCount: number | null }) => void;

const file = process.env['STATEMENT_FILE'] ?? '';
const send = Reflect.get(Client.prototype, 'query') as (this: Client, ...parameters: unknown[]) => unknown;

function record(text: string, result: { rowCount: number | null } | undefined): void {
  const statement: RecordedStatement = { text, rows: result?.rowCount ?? 0 };
  appendFileSync(file, `${JSON.stringify(statement)}\n`);
}

function query(this: Client, ...parameters: unknown[]): unknown {
  const [first] = parameters;
  const text = typeof first === 'string' ? first : (first as { text: string }).text;
  const last = parameters.at(-1);
  if (typeof last === 'function') {
    const recording: Callback = (error, result) => {
      record(text, result);
      (last as Callback)(error, result);
    };
    return send.apply(this, [...parameters.slice(0, -1), recording]);
  }
  const sent = send.apply(this, parameters);
  if (!(sent instanceof Promise)) return sent;
  return sent.then((result: { rowCount: number | null }) => {
    record(text, result);
    return result;
  });
}

Client.prototype.query = query as typeof Client.prototype.query;
