import { type ClientHttp2Session, type ClientHttp2Stream, constants, type OutgoingHttpHeaders } from 'node:http2';
import type { CancelTimer, Clock } from '../../common/clock.js';
import type { HttpReply } from './account-http.js';
import { H2Answer } from './h2-answer.js';
import type { FreshSession } from './h2-connect.js';

export interface H2Request {
  /** Among them `:method` and `:path`. */
  headers: OutgoingHttpHeaders;
  body: Buffer | string;
}

/** What became of a request; `not-taken`: the peer said that it has not looked at it. */
export type H2Result = HttpReply | 'not-taken';

/** Streams at once whatever the peer allows: more of them take memory and make nothing faster. */
const MOST_STREAMS = 1_000;
/** How often a session is looked after. */
const ROUND_MILLISECONDS = 15_000;
const PING_MILLISECONDS = 10_000;
/** An idle session is asked every minute whether it is alive … */
const IDLE_PING_ROUNDS = 4;
/** … and ended after an hour: vendors take quick opening and closing for an attack. */
const IDLE_ROUNDS = 240;
/** What was ended in order is broken off when the peer does not end its side. */
const END_MILLISECONDS = 1_000;

/** One connection with a peer, and the requests on it. Asks now and then whether the peer is there, and breaks off if not. */
export class H2Session {
  /** Requests without an answer. */
  running = 0;
  private readonly session: ClientHttp2Session;
  private most: number;
  /** The peer's farewell: it has not looked at streams above this one. */
  private lastTaken = Infinity;
  private quietRounds = 0;
  private pinging = false;
  private leaving = false;
  private cancelRound: CancelTimer = () => undefined;

  constructor(
    private readonly fresh: FreshSession,
    private readonly clock: Clock,
    /** There may be room for more, or this one has ended. */
    changed: () => void,
  ) {
    const { session, socket } = fresh;
    this.session = session;
    this.most = mostStreams(session);
    session.on('remoteSettings', () => {
      this.most = mostStreams(session);
      changed();
    });
    session.on('goaway', (_code: number, lastTaken: number) => {
      this.lastTaken = lastTaken;
    });
    socket.once('close', () => {
      this.cancelRound();
      changed();
    });
    this.nextRound();
  }

  /** Takes requests, now or when one of its own has been answered. */
  get open(): boolean {
    return !this.session.closed && !this.session.destroyed;
  }

  /** Nothing is left of it. */
  get gone(): boolean {
    return this.fresh.socket.destroyed;
  }

  get hasRoom(): boolean {
    return this.running < this.most && this.open;
  }

  /** Sends a request, when there is room; `done` is called once, later. */
  send({ headers, body }: H2Request, done: (stream: ClientHttp2Stream, result: H2Result) => void): ClientHttp2Stream {
    const stream = this.session.request(headers);
    const answer = new H2Answer(stream);
    this.running++;
    stream.on('close', () => {
      this.running--;
      this.quietRounds = 0;
      done(stream, this.resultOf(stream, answer));
    });
    stream.end(body);
    return stream;
  }

  /** Sends nothing more, and ends after what is under way. */
  leave(): void {
    if (this.leaving) return;
    this.leaving = true;
    this.session.close();
    this.after(END_MILLISECONDS, () => this.breakOffIfOver());
  }

  /** Asks the peer for a sign of life; without one everything under way is given up. */
  ping(): void {
    if (this.pinging || !this.open) return;
    this.pinging = true;
    const cancel = this.after(PING_MILLISECONDS, () => this.breakOff('The connection is dead: a ping got no answer.'));
    this.session.ping(() => {
      this.pinging = false;
      cancel();
    });
  }

  private resultOf(stream: ClientHttp2Stream, answer: H2Answer): H2Result {
    const reply = answer.reply();
    if (reply !== undefined) return reply;
    const { id, rstCode } = stream;
    if (id === undefined || id > this.lastTaken || rstCode === constants.NGHTTP2_REFUSED_STREAM) return 'not-taken';
    return { answered: false, handedOver: true, code: 'answer-lost', detail: answer.trouble };
  }

  private nextRound(): void {
    this.cancelRound = this.after(ROUND_MILLISECONDS, () => {
      this.nextRound();
      this.breakOffIfOver();
      this.quietRounds++;
      if (this.running > 0 || this.quietRounds % IDLE_PING_ROUNDS === 0) this.ping();
      if (this.running === 0 && this.quietRounds >= IDLE_ROUNDS) this.leave();
    });
  }

  /** The peer may never end its side. */
  private breakOffIfOver(): void {
    if (!this.open && this.running === 0) this.fresh.socket.destroy();
  }

  private breakOff(reason: string): void {
    this.session.destroy(new Error(reason));
    // The session itself would wait until all is written.
    this.fresh.socket.destroy();
  }

  private after(milliseconds: number, then: () => void): CancelTimer {
    return this.clock.at(new Date(this.clock.now().getTime() + milliseconds), then);
  }
}

function mostStreams({ remoteSettings }: ClientHttp2Session): number {
  return Math.min(MOST_STREAMS, remoteSettings.maxConcurrentStreams ?? MOST_STREAMS);
}
