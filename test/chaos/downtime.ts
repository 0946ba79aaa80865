/** Milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

/** Spans of time in which nobody could send: no worker was up, or the database or the vendor was away. */
export class Downtime {
  private readonly spans: Span[] = [];

  add(from: number, to: number): void {
    this.spans.push({ from, to });
  }

  /** How many milliseconds between `from` and `to` fall into a span; where spans overlap, they count once. */
  within(from: number, to: number): number {
    let counted = from;
    let sum = 0;
    for (const span of this.spans.toSorted((left, right) => left.from - right.from)) {
      const begin = Math.max(counted, span.from);
      const end = Math.min(to, span.to);
      if (end <= begin) continue;
      sum += end - begin;
      counted = end;
    }
    return sum;
  }
}
