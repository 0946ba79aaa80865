import { type ClientHttp2Stream, constants } from 'node:http2';
import type { HttpReply } from './account-http.js';
import type { H2Request, H2Result, H2Session } from './h2-session.js';

/** Why a request was not sent. */
export type Unsent = HttpReply & { answered: false };

/** Requests to be made of one peer, each made when its turn has come. */
export interface H2Calls {
  readonly count: number;
  /** Once aborted nothing more is sent, and what is under way is given up. */
  readonly signal: AbortSignal;
  /** Once true nothing more is sent; what is under way is waited for. */
  readonly stopped: boolean;
  /** The request of a place, from 0; asked again for one that the peer did not look at. */
  request(place: number): H2Request;
  /** What became of a request that was sent. `leave-session`: the peer wants to be rid of the connection that it came on. */
  answered(place: number, reply: HttpReply): 'leave-session' | undefined;
}

/** A request that the peer did not look at is sent so many times again. */
const MOST_REPEATS = 3;
const ABORTED: Unsent = { answered: false, handedOver: false, code: 'aborted', detail: 'There was no time left.' };
const NOT_TAKEN: Unsent = {
  answered: false,
  handedOver: false,
  code: 'refused-stream',
  detail: 'The request was turned away unread, again and again.',
};

/** Why a caller's calls ended before all were made: what kept them from being sent, or that the caller threw. */
export type RunEnd = { unsent?: Unsent } | { bug: unknown };

/** How far the calls of one caller are. */
export class H2Run {
  private next = 0;
  private readonly again: number[] = [];
  private readonly repeats = new Map<number, number>();
  private readonly streams = new Set<ClientHttp2Stream>();
  private end: RunEnd | undefined;

  constructor(
    private readonly calls: H2Calls,
    /** All that was sent has been answered; called once. */
    private readonly finished: (end: RunEnd) => void,
  ) {}

  /** Has something to send. */
  get waits(): boolean {
    return this.end === undefined && !this.calls.stopped && (this.again.length > 0 || this.next < this.calls.count);
  }

  /** Sends the next request; `over` is called when it has been answered. */
  sendNext(session: H2Session, over: () => void): void {
    const place = this.again.pop() ?? this.next++;
    this.unlessBroken(() => {
      const stream = session.send(this.calls.request(place), (closed, result) => {
        this.streams.delete(closed);
        this.unlessBroken(() => this.take(place, result, session));
        over();
      });
      this.streams.add(stream);
    });
  }

  abort(): void {
    for (const stream of this.streams) {
      stream.close(constants.NGHTTP2_CANCEL);
      stream.destroy();
    }
    this.giveUp({ unsent: ABORTED });
  }

  /** There is nobody to send to. */
  fail({ name, message, code }: Error & { code?: string }): void {
    const known = code ?? (name === 'AggregateError' ? 'no-connection' : name);
    this.giveUp({ unsent: { answered: false, handedOver: false, code: known, detail: message.slice(0, 500) } });
  }

  private giveUp(end: RunEnd): void {
    this.end ??= end;
    this.finishIfOver();
  }

  /** A bug of the caller is for the caller: out of an event it would end the process. */
  private unlessBroken(step: () => void): void {
    try {
      step();
      this.finishIfOver();
    } catch (bug) {
      this.giveUp({ bug });
    }
  }

  private take(place: number, result: H2Result, session: H2Session): void {
    if (result !== 'not-taken') {
      if (this.calls.answered(place, result) === 'leave-session') session.leave();
    } else {
      const repeats = (this.repeats.get(place) ?? 0) + 1;
      this.repeats.set(place, repeats);
      if (repeats > MOST_REPEATS) this.calls.answered(place, NOT_TAKEN);
      else this.again.push(place);
    }
  }

  private finishIfOver(): void {
    if (this.streams.size === 0 && !this.waits) this.finished(this.end ?? {});
  }
}
