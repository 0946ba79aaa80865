import type { Clock } from '../../common/clock.js';
import { connectH2 } from './h2-connect.js';
import type { H2Peer } from './h2-peer.js';
import { type H2Calls, H2Run, type Unsent } from './h2-run.js';
import { H2Session } from './h2-session.js';

/** While others work, a session that could not be opened is not tried again at once. */
const RECONNECT_MILLISECONDS = 1_000;

/**
 * The sessions with one peer, and the line before them. Another session is opened when all are busy and somebody waits. Those in
 * line take turns, so that few requests are not held up by many before them.
 */
export class H2Sessions {
  private sessions: H2Session[] = [];
  private readonly line: H2Run[] = [];
  private runs = 0;
  private connecting = false;
  private connectFrom = 0;
  private closed: (() => void) | undefined;

  constructor(
    private readonly peer: H2Peer,
    private readonly clock: Clock,
    /** It has no session left, and nobody to serve. */
    private readonly emptied: () => void,
  ) {}

  /** Makes calls. Resolves when all that was sent has been answered or given up; tells why something was not sent. */
  run(calls: H2Calls): Promise<Unsent | undefined> {
    const { signal } = calls;
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        run.abort();
        this.serve();
        // Perhaps there was no answer in time because nobody is there.
        for (const session of this.sessions) if (session.running > 0) session.ping();
      };
      const run = new H2Run(calls, (end) => {
        signal.removeEventListener('abort', abort);
        this.runs--;
        if ('bug' in end) reject(end.bug);
        else resolve(end.unsent);
        this.endIfOver();
      });
      this.runs++;
      if (signal.aborted) return run.abort();
      signal.addEventListener('abort', abort);
      this.line.push(run);
      this.serve();
    });
  }

  /** Ends the sessions after what is under way. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.closed = resolve;
      this.endIfOver();
    });
  }

  private serve(): void {
    for (let run = this.line.shift(); run !== undefined; run = this.line.shift()) {
      if (!run.waits) continue;
      const session = this.roomiest();
      if (session === undefined) {
        this.line.unshift(run);
        this.connectIfFew();
        return;
      }
      this.send(run, session);
      this.line.push(run);
    }
  }

  private send(run: H2Run, session: H2Session): void {
    run.sendNext(session, () => {
      // One that the peer did not look at is to be sent again.
      if (run.waits && !this.line.includes(run)) this.line.push(run);
      this.serve();
    });
  }

  private roomiest(): H2Session | undefined {
    let best: H2Session | undefined;
    for (const session of this.sessions)
      if (session.hasRoom && (best === undefined || session.running < best.running)) best = session;
    return best;
  }

  private connectIfFew(): void {
    let open = 0;
    for (const session of this.sessions) if (session.open) open++;
    if (this.connecting || open >= this.peer.sessions) return;
    const now = this.clock.now().getTime();
    if (open > 0 && now < this.connectFrom) return;
    this.connecting = true;
    void this.connect();
  }

  private async connect(): Promise<void> {
    try {
      const fresh = await connectH2(this.peer, this.clock);
      this.sessions.push(new H2Session(fresh, this.clock, () => this.changed()));
    } catch (error) {
      this.connectFrom = this.clock.now().getTime() + RECONNECT_MILLISECONDS;
      if (!this.sessions.some((session) => session.open)) this.failLine(error as Error);
    }
    this.connecting = false;
    this.changed();
  }

  private failLine(error: Error): void {
    for (const run of this.line.splice(0)) if (run.waits) run.fail(error);
  }

  private changed(): void {
    this.sessions = this.sessions.filter((session) => !session.gone);
    this.serve();
    this.endIfOver();
  }

  private endIfOver(): void {
    if (this.runs > 0) return;
    if (this.closed !== undefined) for (const session of this.sessions) session.leave();
    if (this.sessions.length > 0 || this.connecting) return;
    this.emptied();
    this.closed?.();
  }
}
