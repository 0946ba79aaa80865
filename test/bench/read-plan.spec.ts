import { describe, expect, it } from '@jest/globals';
import { type PlanNode, readPlan } from './read-plan.js';

const scan = (fields: Partial<PlanNode>): PlanNode => ({
  'Node Type': 'Index Scan',
  'Relation Name': 'endpoint',
  'Index Name': 'endpoint_recipient_idx',
  'Actual Rows': 10,
  'Actual Loops': 1,
  ...fields,
});

describe('what a plan cost', () => {
  it('counts the rows of all loops, and those that were thrown away', () => {
    const plan: PlanNode = {
      'Node Type': 'Hash Join',
      'Actual Rows': 1_000,
      'Actual Loops': 1,
      'Shared Hit Blocks': 3,
      'Shared Read Blocks': 4,
      Plans: [
        scan({ 'Actual Loops': 5 }),
        scan({
          'Node Type': 'Seq Scan',
          'Relation Name': 'recipient',
          'Index Name': undefined,
          'Rows Removed by Filter': 90,
        }),
        scan({ 'Actual Rows': 0 }),
      ],
    };
    expect(readPlan(plan, 12)).toEqual({
      milliseconds: 12,
      buffers: 7,
      spilled: 0,
      scans: [
        { rows: 50, scan: 'Index Scan endpoint_recipient_idx' },
        { rows: 100, scan: 'Seq Scan recipient' },
      ],
      widest: 100,
    });
  });

  it('counts nothing where no table is read', () => {
    expect(readPlan({ 'Node Type': 'Result' }, 1)).toMatchObject({ scans: [], widest: 0, buffers: 0 });
  });
});
