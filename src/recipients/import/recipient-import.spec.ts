import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../common/clock.js';
import type { Tenants } from '../../database/tenants.js';
import type { LineResult } from './import-line.js';
import { RecipientImport } from './recipient-import.js';

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** A database that writes everything but goes away at the nth transaction. */
function importUntil(outage: number): RecipientImport {
  let transactions = 0;
  const tenants: Pick<Tenants, 'transaction'> = {
    transaction: <T>() => {
      transactions++;
      if (transactions >= outage) return Promise.reject(away);
      const done: LineResult[] = [{ line: transactions, code: 'U', status: 'created', errors: [] }];
      return Promise.resolve(done as T);
    },
  };
  return new RecipientImport(tenants as Tenants, new SystemClock());
}

const lines = (count: number): Readable => Readable.from([Buffer.from('{"code":"U","name":"Wei"}\n'.repeat(count))]);

async function collect(results: AsyncGenerator<LineResult[]>): Promise<LineResult[]> {
  const all: LineResult[] = [];
  for await (const chunk of results) all.push(...chunk);
  return all;
}

describe('RecipientImport', () => {
  it('ends with one line for all that was not done when the database goes away', async () => {
    const body = lines(5000);
    const results = await collect(importUntil(3).run(1, body));
    expect(results.slice(2)).toEqual([
      {
        line: 2001,
        code: null,
        status: 'failed',
        errors: [{ path: '', message: 'this line and all that follow were not done: the database cannot be reached' }],
      },
    ]);
    // The request still carries the answer.
    expect(body.destroyed).toBe(false);
  });

  it('throws when the database is away from the start', async () => {
    await expect(collect(importUntil(1).run(1, lines(10)))).rejects.toBe(away);
  });

  it('stops with the request it reads from', async () => {
    const body = new Readable({ read: () => undefined });
    body.push('{"code":"U","name":"Wei"}\n'.repeat(1500));
    const results = importUntil(9).run(1, body);
    expect((await results.next()).value).toHaveLength(1);
    body.destroy(new Error('aborted'));
    await expect(results.next()).rejects.toThrow('aborted');
  });
});
