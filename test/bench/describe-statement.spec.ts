import { describe, expect, it } from '@jest/globals';
import { describeStatement } from './describe-statement.js';

describe('describeStatement', () => {
  it('names the tables a statement writes, each once, and none that it only locks or merges into', () => {
    const sql = `WITH held AS (SELECT id FROM message WHERE id = $1 FOR UPDATE),
      gone AS (DELETE FROM batch USING held RETURNING id),
      counted AS (INSERT INTO message_statistic AS s (a) SELECT 1 FROM gone ON CONFLICT (a) DO UPDATE SET a = 2)
      UPDATE message SET state = 'done' FROM gone`;
    expect(describeStatement(sql)).toBe('DELETE FROM batch, INSERT INTO message_statistic, UPDATE message');
  });

  it('names the tables it reads where it writes none, without its own parts', () => {
    const sql =
      'WITH few AS (SELECT id FROM unnest($1) AS x (id)) SELECT e.id FROM "endpoint" e JOIN few ON true LEFT JOIN recipient r ON true';
    expect(describeStatement(sql)).toBe('SELECT endpoint, recipient');
  });

  it('shows the beginning of any other', () => {
    expect(describeStatement('  SET LOCAL\n enable_nestloop = off')).toBe('SET LOCAL enable_nestloop = off');
  });
});
