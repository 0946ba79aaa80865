import { atMost, type BenchFigure, type BenchLine, figure, JUDGED_SIZE, largest } from './bench-line.js';
import type { Broadcast } from './broadcast-run.js';

/** What a process may need more for a million than for ten thousand. */
const MEMORY_GROWTH = 64;
const SMALL = 10_000;

function figuresOf(broadcast: Broadcast, judged: boolean): BenchFigure[] {
  const { size, seconds, floor, first, cpu, wal, table, memory } = broadcast;
  const name = `broadcast ${size}`;
  return [
    atMost(`${name}: time`, seconds, 's', floor, judged ? 2.5 : null),
    figure(`${name}: rate`, size / seconds, 'deliveries/s'),
    figure(`${name}: first delivery after`, first, 's', judged ? seconds / 10 : null),
    figure(`${name}: CPU per 100 000`, (cpu / size) * 100_000, 's'),
    figure(`${name}: WAL per delivery`, wal / size, 'bytes'),
    figure(`${name}: table and indexes per delivery`, table / size, 'bytes'),
    figure(`${name}: peak memory`, memory, 'MiB'),
  ];
}

/** How the largest compares with the smallest, when they are what the budgets speak of. */
function growth(small: Broadcast, large: Broadcast): BenchFigure[] {
  const judged = large.size >= JUDGED_SIZE;
  const name = `broadcast ${large.size} against ${small.size}`;
  const cost = ({ seconds, size }: Broadcast): number => (seconds / size) * 1_000_000;
  const cpu = ({ cpu, size }: Broadcast): number => (cpu / size) * 1_000_000;
  return [
    atMost(`${name}: time per delivery`, cost(large), 'µs', cost(small), judged ? 1.25 : null),
    atMost(`${name}: CPU per delivery`, cpu(large), 'µs', cpu(small), judged ? 1.25 : null),
    figure(`${name}: more memory`, large.memory - small.memory, 'MiB', judged ? MEMORY_GROWTH : null),
  ];
}

export const BROADCAST: BenchLine = {
  name: 'broadcast',
  about: 'a message to everyone through the sandbox, against one INSERT … SELECT of the same rows',
  run: async ({ sizes, broadcasts }) => {
    const top = largest(sizes);
    const measured: Broadcast[] = [];
    for (const size of sizes) measured.push(await broadcasts.of(size));
    const figures = measured.flatMap((broadcast) => figuresOf(broadcast, broadcast.size === top && top >= JUDGED_SIZE));
    const small = measured.find(({ size }) => size === SMALL);
    const large = measured.find(({ size }) => size === top);
    return small === undefined || large === undefined || small === large
      ? figures
      : [...figures, ...growth(small, large)];
  },
};
