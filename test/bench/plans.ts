import { WINDOW } from '../../src/messages/audience-groups.js';
import { type BenchFigure, type BenchLine, figure, largest } from './bench-line.js';
import { makeOrganisation } from './bench-organisation.js';
import { machine } from './performance-page.js';
import { populate } from './plan-population.js';
import { planShapes } from './plan-shapes.js';
import { PlanTracer, type Trace, type TracedStatement } from './plan-tracer.js';
import { writePlansPage } from './plans-page.js';

/** What one scan may read in a step: all rows of the people of a window, who are in a handful of groups and have as many endpoints. */
const WIDEST = 5 * WINDOW;
const ENDPOINTS = 1_000;

const SOME_ENDPOINTS = `
SELECT id FROM endpoint WHERE organisation_id = $1 AND kind = 'sms' AND id % 97 = 0 ORDER BY id LIMIT ${ENDPOINTS}`;

const widestOf = ({ statements }: Trace): number => Math.max(...statements.map(({ reading }) => reading.widest));
const slowest = ({ statements }: Trace): TracedStatement | undefined =>
  [...statements].sort((left, right) => right.reading.milliseconds - left.reading.milliseconds)[0];

export const PLANS: BenchLine = {
  name: 'plans',
  about: 'what Postgres does to plan each kind of audience: no step may read more than its window holds',
  run: async ({ scratch, sizes, docs, log }): Promise<BenchFigure[]> => {
    const people = largest(sizes);
    const organisation = await makeOrganisation(scratch, 'plans', 0);
    log(`making ${people} people in groups`);
    await populate(scratch, organisation.id, people);
    const { rows } = await scratch.client.query<{ id: string }>(SOME_ENDPOINTS, [organisation.id]);
    const tracer = await PlanTracer.start(scratch, organisation);
    const traces: Trace[] = [];
    try {
      const endpointIds = rows.map(({ id }) => id);
      for (const shape of planShapes(people, endpointIds)) {
        const trace = await tracer.trace(shape);
        const { what = '', reading } = slowest(trace) ?? {};
        log(`${shape.name}: at most ${widestOf(trace)} rows a scan; ${what} in ${reading?.milliseconds.toFixed(1)} ms`);
        traces.push(trace);
      }
    } finally {
      await tracer.close();
    }
    if (docs !== undefined) await writePlansPage(docs, await machine(scratch), people, traces);
    const widest = Math.max(...traces.map(widestOf));
    const slow = Math.max(...traces.map((trace) => slowest(trace)?.reading.milliseconds ?? 0));
    return [
      figure('plans: most rows that one scan of a step reads', widest, 'rows', WIDEST),
      figure('plans: the slowest statement of a step', slow, 'ms'),
    ];
  },
};
