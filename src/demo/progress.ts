import { SingleBar } from 'cli-progress';

/** Shows how far a piece of work has come. */
export interface Progress {
  update(done: number): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere a line for every tenth, so that a log stays readable. */
export function showProgress(what: string, total: number): Progress {
  return process.stdout.isTTY ? bar(what, total) : lines(what, total);
}

function bar(what: string, total: number): Progress {
  const single = new SingleBar({
    format: `  ${what.padEnd(12)}{bar} {percentage}%  {value} of {total}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 32,
    hideCursor: true,
    stream: process.stdout,
  });
  single.start(total, 0);
  return {
    update: (done) => single.update(Math.min(done, total)),
    stop: () => single.stop(),
  };
}

function lines(what: string, total: number): Progress {
  let shown = 0;
  return {
    update: (done) => {
      const tenth = Math.floor((Math.min(done, total) / total) * 10);
      if (tenth <= shown) return;
      shown = tenth;
      process.stdout.write(`  ${what.padEnd(12)}${String(tenth * 10).padStart(3)}%  ${done} of ${total}\n`);
    },
    stop: () => undefined,
  };
}
