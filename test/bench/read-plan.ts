/** A node of EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON). Rows and times are per loop. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  'Temp Written Blocks'?: number;
  Plans?: PlanNode[];
}

/** What one execution of a statement cost. */
export interface Reading {
  milliseconds: number;
  /** Pages of 8 KiB found in memory or read. */
  buffers: number;
  /** Pages of temporary files written: something did not fit into work_mem. */
  spilled: number;
  /** The rows that each scan of a table read, with those it threw away; scans that read nothing are left out. */
  scans: { rows: number; scan: string }[];
  /** The most of them. */
  widest: number;
}

function* nodes(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.Plans ?? []) yield* nodes(child);
}

/** Rows that a scan has looked at, in all its loops. */
function rowsRead(node: PlanNode): number {
  const perLoop = (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0);
  return Math.round(perLoop * (node['Actual Loops'] ?? 0));
}

const scanOf = (node: PlanNode): string =>
  [node['Node Type'], node['Index Name'] ?? node['Relation Name']].join(' ').replace('Index Only Scan', 'Index Only');

/** Bitmap Index Scans count rows that their heap scan counts again. */
const isScan = (node: PlanNode): boolean =>
  node['Relation Name'] !== undefined &&
  node['Node Type'].includes('Scan') &&
  node['Node Type'] !== 'Bitmap Index Scan';

export function readPlan(plan: PlanNode, milliseconds: number): Reading {
  const scans = [...nodes(plan)].filter(isScan).map((node) => ({ rows: rowsRead(node), scan: scanOf(node) }));
  return {
    milliseconds,
    buffers: (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0),
    spilled: plan['Temp Written Blocks'] ?? 0,
    scans: scans.filter(({ rows }) => rows > 0),
    widest: Math.max(0, ...scans.map(({ rows }) => rows)),
  };
}
