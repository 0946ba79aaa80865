/** One loop's part in what is served. */
export interface Serving {
  begin(organisationId: number): void;
  end(organisationId: number): void;
  endAll(): void;
  /** Whether another loop is at it. */
  byOthers(organisationId: number): boolean;
}

export const SERVING_NOBODY: Serving = {
  begin: () => undefined,
  end: () => undefined,
  endAll: () => undefined,
  byOthers: () => false,
};

/** Which organisations the loops of one kind are at: from when one looks into it until it finds nothing there. */
export class Served {
  private readonly loops: Set<number>[] = [];

  /** Adds a loop. */
  join(): Serving {
    const mine = new Set<number>();
    this.loops.push(mine);
    return {
      begin: (organisationId) => void mine.add(organisationId),
      end: (organisationId) => void mine.delete(organisationId),
      endAll: () => mine.clear(),
      byOthers: (organisationId) => this.loops.some((loop) => loop !== mine && loop.has(organisationId)),
    };
  }
}
