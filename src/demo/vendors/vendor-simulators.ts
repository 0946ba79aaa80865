import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** They belong to the tests, and are built with them. */
const PROGRAM = fileURLToPath(new URL('../../../test/support/vendors/simulators-program.js', import.meta.url));
const ADDRESSES = 3;

/** A simulator as an account and a sender need it. */
export interface Simulated {
  settings: Record<string, unknown>;
  addresses: string[];
}

/** What it has been asked so far, and what it took. */
export interface SimulatedCounts {
  requests: number;
  pushes: number;
}

/** Servers on this machine that speak the protocols of the vendors, in a process of their own. */
export class VendorSimulators {
  private constructor(
    private readonly child: ChildProcess,
    /** By code of the vendor. */
    readonly vendors: Readonly<Record<string, Simulated>>,
  ) {}

  /** @throws Error where the product was built without its tests */
  static async start(): Promise<VendorSimulators> {
    if (!existsSync(PROGRAM))
      throw new Error('The simulators of the vendors come with the source, not with the image.');
    const child = fork(PROGRAM, [JSON.stringify({ addresses: ADDRESSES })], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return new VendorSimulators(child, await answerOf<Record<string, Simulated>>(child));
  }

  /** Tells them where receipts go, by vendor, or of a device that is to connect. */
  async tell(instructions: {
    receiptUrls?: Record<string, string>;
    device?: { url: string; token: string };
  }): Promise<void> {
    this.child.send(instructions);
    await answerOf(this.child);
  }

  async counts(): Promise<Record<string, SimulatedCounts>> {
    this.child.send('counts');
    return (await answerOf<{ counts: Record<string, SimulatedCounts> }>(this.child)).counts;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const gone = new AbortController();
  const answer = once(child, 'message', { signal: gone.signal }).then(([message]) => message as T);
  const end = once(child, 'exit', { signal: gone.signal }).then(() => {
    throw new Error('The simulators of the vendors have ended.');
  });
  try {
    return await Promise.race([answer, end]);
  } finally {
    gone.abort();
    answer.catch(() => undefined);
    end.catch(() => undefined);
  }
}
