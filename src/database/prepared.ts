import { Client } from 'pg';

const names = new Map<string, string>();

/**
 * Marks a statement that runs all the time: each connection parses it once, and for a moment also keeps its plan, once that proves to
 * be as good as a plan for each set of values. Only for statements that are right with one plan whatever the values, because all they
 * do is follow indexes; a test holds them to that. Others are planned for their values each time.
 */
export function prepared(name: string, sql: string): string {
  if (names.has(sql)) throw new Error(`Statement ${name} is prepared twice`);
  names.set(sql, `tidings-${name}`);
  return sql;
}

/** Every statement that was marked. */
export const preparedStatements = (): string[] => [...names.keys()];

/**
 * A kept plan is forgotten after so long. It was made for the sizes that tables had then, and a plan for an empty table may read all
 * of what is a large one by now.
 */
const PLAN_MILLISECONDS = 1_000;

const send = Reflect.get(Client.prototype, 'query') as (this: Client, ...parameters: unknown[]) => unknown;

/** A connection that sends marked statements by their name. */
export class PreparingClient extends Client {
  private plansFrom = 0;

  override query = ((...parameters: unknown[]): unknown => {
    const [text, values, ...rest] = parameters;
    const name = typeof text === 'string' && Array.isArray(values) ? names.get(text) : undefined;
    if (name === undefined) return send.apply(this, parameters);
    this.forgetOldPlans();
    return send.apply(this, [{ name, text, values }, ...rest]);
  }) as Client['query'];

  private forgetOldPlans(): void {
    const now = performance.now();
    if (now - this.plansFrom < PLAN_MILLISECONDS) return;
    this.plansFrom = now;
    // Sent ahead on the same connection. If it fails, so does the statement after it, and says why.
    send.apply(this, ['DISCARD PLANS', () => undefined]);
  }
}
