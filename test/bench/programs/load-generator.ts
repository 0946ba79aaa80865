import { Pool } from 'undici';
import { programArgument, tellParent } from '../../support/child-program.js';
import { percentile } from '../percentile.js';

export interface LoadArgument {
  url: string;
  key: string;
  connections: number;
  warmUpSeconds: number;
  seconds: number;
  /** The messages go to P1, P2 … up to this many people in turn. */
  people: number;
}

export interface Load {
  /** Requests answered in the measured time, and how many of those with anything but 202. */
  answered: number;
  failed: number;
  /** The first wrong answer. */
  failure: string;
  seconds: number;
  /** Milliseconds. */
  p99: number;
}

const { url, key, connections, warmUpSeconds, seconds, people } = programArgument() as LoadArgument;
const { origin, pathname } = new URL(url);
const pool = new Pool(origin, { connections, pipelining: 1 });
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
const text = 'Your appointment of Monday, 10:00, is confirmed. Please be there ten minutes early.';

let sent = 0;
let failed = 0;
let failure = '';

async function request(): Promise<void> {
  sent += 1;
  const user = `P${(sent % people) + 1}`;
  const body = JSON.stringify({ audience: { users: [user] }, content: { inbox: { title: 'Appointment', text } } });
  const answer = await pool.request({ method: 'POST', path: pathname, headers, body });
  const answered = await answer.body.text();
  if (answer.statusCode === 202) return;
  failed += 1;
  failure ||= `${answer.statusCode} ${answered}`;
}

/** Keeps every connection busy for so long, and returns how long each answer took. */
async function run(duration: number): Promise<number[]> {
  const latencies: number[] = [];
  const end = performance.now() + duration * 1000;
  const one = async (): Promise<void> => {
    for (let start = performance.now(); start < end; start = performance.now()) {
      await request();
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return latencies;
}

await run(warmUpSeconds);
const start = performance.now();
const latencies = await run(seconds);
const load: Load = {
  answered: latencies.length,
  failed,
  failure,
  seconds: (performance.now() - start) / 1000,
  p99: percentile(latencies, 0.99),
};
tellParent(load);
await pool.close();
