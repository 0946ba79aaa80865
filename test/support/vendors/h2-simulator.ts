import { once } from 'node:events';
import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SERVER_CERTIFICATE, SERVER_KEY, TEST_AUTHORITY } from './h2-certificates.js';
import type { Fault, SimulatorReply, VendorSimulator } from './http-simulator.js';

/** A request as an HTTP/2 simulator got it. */
export interface SeenStream {
  method: string;
  /** As it came. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** The client signed in with a certificate of the test authority. */
  certified: boolean;
}

/** What goes wrong with one request over HTTP/2, whatever it says. `reset` cuts its connection, with all that is under way on it. */
export type H2Fault =
  | Fault
  /** Its stream alone is reset, with this code; REFUSED_STREAM says that nobody looked at it. */
  | { kind: 'stream-reset'; code: number }
  /** The server bids farewell before it has looked at it, or (`taken`) after; not at the first request of a connection. */
  | { kind: 'goaway'; code?: number; taken?: boolean };

export interface H2SimulatorOptions {
  /** Streams at once on one session. */
  streams?: number;
  /** Streams at once before the first good request of a client without a certificate; default: as many as later. */
  firstStreams?: number;
  /** So many requests are kept to be looked at; 1000 unless told. Fewer make it faster. */
  kept?: number;
}

const MEGABYTES_OF_A_SESSION = 100;

interface Connection {
  session: ServerHttp2Session;
  certified: boolean;
  /** It may have all the streams that there are. */
  trusted: boolean;
  /** Streams above this one are not looked at any more. */
  lastTaken: number;
}

/** A vendor over HTTP/2 that runs on this machine. Refuses what the real one refuses; `fail` scripts what goes wrong besides. */
export abstract class H2Simulator implements VendorSimulator {
  abstract readonly vendor: string;
  abstract get settings(): Record<string, unknown>;
  abstract address(number: number, gone?: boolean): string;
  /** What is answered to a request; `pushes` counts what it accepts. */
  protected abstract answer(request: SeenStream): SimulatorReply;
  /** How it says that calls come too fast. */
  protected abstract throttled(request: SeenStream): SimulatorReply;
  /** Whether a request sends something, so that a scripted fault is for it; others get tokens and the like. */
  protected abstract isSend(request: SeenStream): boolean;

  readonly seen: SeenStream[] = [];
  requests = 0;
  /** Those of them that send something. */
  sends = 0;
  pushes = 0;
  /** Connections so far. */
  connections = 0;
  /** Most requests that were under way at once. */
  mostAtOnce = 0;
  /** Told of every push that is accepted: the app on its device. */
  onPush?: (request: SeenStream) => void;
  latencyMilliseconds = 0;
  throttledShare = 0;

  private readonly streams: number;
  private readonly kept: number;
  private readonly server: Http2SecureServer;
  private readonly sockets = new Map<number | undefined, Socket>();
  private readonly known = new WeakMap<ServerHttp2Session, Connection>();
  private readonly faults: H2Fault[] = [];
  private atOnce = 0;
  private share = 0;
  private base = '';

  constructor({ streams = 1_000, firstStreams = streams, kept = 1_000 }: H2SimulatorOptions = {}) {
    this.streams = streams;
    this.kept = kept;
    this.server = createSecureServer({
      cert: SERVER_CERTIFICATE,
      key: SERVER_KEY,
      ca: TEST_AUTHORITY,
      requestCert: true,
      rejectUnauthorized: false,
      settings: { maxConcurrentStreams: firstStreams },
      maxSessionMemory: MEGABYTES_OF_A_SESSION,
    });
    this.server.on('connection', (socket: Socket) => {
      const { remotePort } = socket;
      this.sockets.set(remotePort, socket);
      socket.on('error', () => undefined);
      socket.once('close', () => this.sockets.delete(remotePort));
    });
    this.server.on('session', (session: ServerHttp2Session) => this.greet(session));
    this.server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => this.serve(stream, headers));
    this.server.on('sessionError', () => undefined);
  }

  /** Without a slash at its end. */
  get url(): string {
    return this.base;
  }

  /** Starts it on a free port of this machine. */
  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.base = `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  /** Connections that are open. */
  get live(): number {
    return this.sockets.size;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets.values()) socket.destroy();
    await closed;
  }

  /** The next requests that send something fare so, one each. */
  fail(...faults: H2Fault[]): void {
    this.faults.push(...faults);
  }

  private greet(session: ServerHttp2Session): void {
    this.connections++;
    const { authorized } = session.socket as TLSSocket;
    const connection = { session, certified: authorized, trusted: false, lastTaken: Infinity };
    this.known.set(session, connection);
    if (authorized) this.trust(connection);
  }

  private trust(connection: Connection): void {
    if (connection.trusted) return;
    connection.trusted = true;
    connection.session.settings({ maxConcurrentStreams: this.streams });
  }

  private serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const connection = this.known.get(stream.session as ServerHttp2Session) as Connection;
    stream.on('error', () => undefined);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    stream.on('close', () => this.atOnce--);
    let body: Buffer | undefined;
    stream.on('data', (chunk: Buffer) => {
      body = body === undefined ? chunk : Buffer.concat([body, chunk]);
    });
    stream.on('end', () => this.take(stream, headers, body?.toString('utf8') ?? '', connection));
  }

  private take(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, body: string, connection: Connection): void {
    // Said farewell to; it has been closed with the farewell.
    if ((stream.id as number) > connection.lastTaken) return;
    const { ':method': method = '', ':path': path = '' } = headers;
    const request = { method, path, headers, body, certified: connection.certified };
    this.requests++;
    this.seen.push(request);
    if (this.seen.length > this.kept) this.seen.shift();
    const send = this.isSend(request);
    if (send) this.sends++;
    const fault = send ? this.faults.shift() : undefined;
    if (fault !== undefined && this.breaks(fault, stream, connection)) return;
    const answer =
      fault?.kind === 'reply'
        ? fault.reply
        : send && this.isThrottled()
          ? this.throttled(request)
          : this.answer(request);
    if (send && (answer.status ?? 200) === 200) {
      this.trust(connection);
      this.onPush?.(request);
    }
    if (fault?.kind === 'hang') return;
    const delay = fault?.kind === 'slow' ? fault.milliseconds : this.latencyMilliseconds;
    if (delay > 0) setTimeout(() => reply(stream, answer), delay).unref();
    else if (fault?.kind === 'half') breakOff(stream, answer, () => this.cut(connection));
    else reply(stream, answer);
  }

  /** Whether the fault leaves nothing to be answered. */
  private breaks(fault: H2Fault, stream: ServerHttp2Stream, connection: Connection): boolean {
    if (fault.kind === 'reset') this.cut(connection);
    else if (fault.kind === 'stream-reset') stream.close(fault.code);
    else if (fault.kind === 'goaway') {
      connection.lastTaken = (stream.id as number) - (fault.taken === true ? 0 : 2);
      connection.session.goaway(fault.code ?? constants.NGHTTP2_NO_ERROR, connection.lastTaken);
      return fault.taken !== true;
    } else return false;
    return true;
  }

  private cut({ session }: Connection): void {
    this.sockets.get(session.socket.remotePort)?.destroy();
  }

  /** Spread evenly, so that a share is met exactly. */
  private isThrottled(): boolean {
    this.share += this.throttledShare;
    if (this.share < 1) return false;
    this.share -= 1;
    return true;
  }
}

function reply(stream: ServerHttp2Stream, { status = 200, headers, body = '' }: SimulatorReply): void {
  if (stream.destroyed || stream.closed) return;
  stream.respond({ ':status': status, ...headers }, { endStream: body === '' });
  if (body !== '') stream.end(body);
}

function breakOff(stream: ServerHttp2Stream, { status = 200, headers, body }: SimulatorReply, cut: () => void): void {
  stream.respond({ ':status': status, ...headers });
  stream.write(body === undefined ? ' ' : body.slice(0, -1), cut);
}
