/** Of CPU time; long enough to lose the processor in the middle of it when others want it too. */
const WORK_MICROSECONDS = 20_000;
const EVERY_MILLISECONDS = 1_000;

/**
 * How much slower than an idle machine this one was: the wall time of a fixed piece of work over its CPU time, about once a second.
 * Bounds on latency are for a machine with a core to spare; on a busier one they are as much longer as its work takes.
 */
export class Slowness {
  private readonly samples: { at: number; factor: number }[] = [];
  private timer: NodeJS.Timeout | undefined;

  start(): void {
    this.timer = setInterval(() => this.sample(), EVERY_MILLISECONDS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** The worst between two instants, in milliseconds since 1970; at least 1. */
  within(from: number, to: number): number {
    const met = this.samples.filter(({ at }) => at >= from - EVERY_MILLISECONDS && at <= to + EVERY_MILLISECONDS);
    return Math.max(1, ...met.map(({ factor }) => factor));
  }

  /** The median and the worst of all. */
  figures(): { median: number; worst: number } {
    const factors = this.samples.map(({ factor }) => factor).sort((left, right) => left - right);
    return { median: factors[Math.floor(factors.length / 2)] ?? 1, worst: factors.at(-1) ?? 1 };
  }

  private sample(): void {
    const begun = performance.now();
    const before = process.cpuUsage();
    let used = 0;
    while (used < WORK_MICROSECONDS) {
      const { user, system } = process.cpuUsage(before);
      used = user + system;
    }
    const factor = ((performance.now() - begun) * 1000) / used;
    this.samples.push({ at: Date.now(), factor });
  }
}
