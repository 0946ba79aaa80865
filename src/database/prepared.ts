import { Client } from 'pg';

const names = new Map<string, string>();

/**
 * Marks a statement that runs all the time: each connection parses it once, and plans it once its plan proves to hold for any values.
 * Only for statements that are right with one plan whatever the tables hold, because all they do is follow indexes; a test holds them
 * to that. Others are planned for their values each time.
 */
export function prepared(name: string, sql: string): string {
  if (names.has(sql)) throw new Error(`Statement ${name} is prepared twice`);
  names.set(sql, `tidings-${name}`);
  return sql;
}

/** Every statement that was marked. */
export const preparedStatements = (): string[] => [...names.keys()];

const send = Reflect.get(Client.prototype, 'query') as (this: Client, ...parameters: unknown[]) => unknown;

/** A connection that sends marked statements by their name. */
export class PreparingClient extends Client {
  override query = ((...parameters: unknown[]): unknown => {
    const [text, values, ...rest] = parameters;
    const name = typeof text === 'string' && Array.isArray(values) ? names.get(text) : undefined;
    if (name === undefined) return send.apply(this, parameters);
    return send.apply(this, [{ name, text, values }, ...rest]);
  }) as Client['query'];
}
