/** Runs at once while others wait: enough that one waits for the disk while another computes, few enough that much is done together. */
const MOST_RUNS = 3;

interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Does many small calls together. A call starts at once when little is under way; those that come meanwhile are done by one run
 * as soon as the one before ends. Nobody waits for a timer, and the busier it gets the more each run does.
 */
export class Coalescer<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private runs = 0;

  /** `run` returns one result per item, in order. When it fails for several, they are run one by one, so that one bad item fails alone. */
  constructor(
    private readonly run: (items: T[]) => Promise<R[]>,
    private readonly most: number,
  ) {}

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.runs < MOST_RUNS) void this.next();
    });
  }

  private async next(): Promise<void> {
    this.runs++;
    // What is asked for in the same turn of the event loop goes together: requests that came in with it, and all that one run answered.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) await this.runSome(this.waiting.splice(0, this.most));
    this.runs--;
  }

  private async runSome(some: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.run(some.map(({ item }) => item));
      if (results.length !== some.length) throw new Error('A run must return one result per item');
      some.forEach(({ resolve }, index) => resolve(results[index] as R));
    } catch (error) {
      const [only] = some;
      if (some.length === 1) only?.reject(error);
      else for (const one of some) await this.runSome([one]);
    }
  }
}
