import { DataSource } from 'typeorm';
import type { TestApp } from './test-app.js';

/** How often in a row nothing may be seen to happen before all counts as done. */
const QUIET_LOOKS = 20;

interface Pool {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/**
 * Applications over one database, at work for as long as a test wants while their clocks move together. Nothing waits in real
 * time: the clocks move on when no application asks the database anything, so when all is done or waits for a clock.
 */
export class SteppedApps {
  private readonly working = new Map<TestApp, Promise<void>>();
  private readonly apps: readonly TestApp[];
  private failure: unknown;

  constructor(...apps: TestApp[]) {
    this.apps = apps;
  }

  /** Plans and sends what is due at each step, for so long by the clocks. */
  async run(milliseconds: number, step = 100): Promise<void> {
    for (let passed = 0; passed <= milliseconds; passed += step) {
      for (const app of this.apps) this.work(app);
      await this.quiet();
      if (passed < milliseconds) await this.advance(step);
    }
  }

  /** Lets what has begun come to its end. */
  async finish(): Promise<void> {
    while (this.working.size > 0) {
      await this.advance(1_000);
      await this.quiet();
    }
  }

  private async advance(milliseconds: number): Promise<void> {
    await Promise.all(this.apps.map((app) => app.clock.advance(milliseconds)));
  }

  private work(app: TestApp): void {
    if (this.working.has(app)) return;
    const work = app
      .drain()
      .catch((error: unknown) => {
        this.failure = error;
      })
      .finally(() => this.working.delete(app));
    this.working.set(app, work);
  }

  private async quiet(): Promise<void> {
    for (let looks = 0; looks < QUIET_LOOKS;) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      looks = this.apps.some(isAskingDatabase) ? 0 : looks + 1;
    }
    if (this.failure !== undefined) throw this.failure;
  }
}

function isAskingDatabase(app: TestApp): boolean {
  const { master } = app.nest.get(DataSource).driver as unknown as { master: Pool };
  return master.totalCount > master.idleCount || master.waitingCount > 0;
}
