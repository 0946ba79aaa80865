import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a simulator got it. */
export interface SeenRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** As UTF-8. */
  body: string;
  bytes: Buffer;
}

export interface SimulatorReply {
  /** 200 unless told. */
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** What goes wrong with one request, whatever it says. */
export type Fault =
  /** This is answered. */
  | { kind: 'reply'; reply: SimulatorReply }
  /** The connection is cut after the request was read. */
  | { kind: 'reset' }
  /** The answer breaks off in its body; what was asked for is done. */
  | { kind: 'half' }
  /** Nothing is ever answered; what was asked for is done. */
  | { kind: 'hang' }
  /** The answer comes so much later. */
  | { kind: 'slow'; milliseconds: number };

/** What the demo and the benchmarks need of a simulator. */
export interface VendorSimulator {
  /** Code of the vendor that it stands in for. */
  readonly vendor: string;
  /** The settings of an account with it: credentials that it knows, and its own address. */
  readonly settings: Record<string, unknown>;
  /** Requests so far, and targets that it accepted. */
  readonly requests: number;
  readonly pushes: number;
  /** An address it knows, another for each number; `gone`: one that it calls dead. */
  address(number: number, gone?: boolean): string;
  /** Every answer takes so long from now on. */
  latencyMilliseconds: number;
  /** From now on this share of the requests, 0 to 1, is refused as too many at once. */
  throttledShare: number;
  /** Where it posts receipts when no request names a place; none: nowhere. */
  receiptUrl?: string;
  close(): Promise<void>;
}

/** So many requests are kept to be looked at. */
const KEPT = 1_000;

/** A vendor over HTTP/1.1 that runs on this machine. Refuses what the real one refuses; `fail` scripts what goes wrong besides. */
export abstract class HttpSimulator implements VendorSimulator {
  abstract readonly vendor: string;
  abstract get settings(): Record<string, unknown>;
  abstract address(number: number, gone?: boolean): string;
  /** What is answered to a request; `pushes` counts what it accepts. */
  protected abstract answer(request: SeenRequest): SimulatorReply | Promise<SimulatorReply>;
  /** How it says that calls come too fast. */
  protected abstract throttled(request: SeenRequest): SimulatorReply;
  /** Whether a request sends something, so that a scripted fault is for it; others get tokens and the like. */
  protected abstract isSend(request: SeenRequest): boolean;

  readonly seen: SeenRequest[] = [];
  /** What was answered to its receipts. */
  readonly receiptAnswers: { status: number; body: string }[] = [];
  requests = 0;
  pushes = 0;
  latencyMilliseconds = 0;
  throttledShare = 0;
  receiptUrl?: string;

  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private readonly faults: Fault[] = [];
  private readonly receipts = new Set<Promise<void>>();
  private share = 0;
  private base = '';

  /** Without a slash at its end. */
  get url(): string {
    return this.base;
  }

  /** Starts it on a free port of this machine. */
  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.base = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    await this.receiptsPosted();
    this.server.closeAllConnections();
    this.server.close();
  }

  /** The next requests that send something fare so, one each. */
  fail(...faults: Fault[]): void {
    this.faults.push(...faults);
  }

  /** Resolves when all receipts on the way have been answered. */
  async receiptsPosted(): Promise<void> {
    await Promise.all(this.receipts);
  }

  /** Posts a receipt, as the vendor does: later, and not waiting for it. */
  protected postReceipt(url: string, body: string, headers: Record<string, string>): void {
    const posted = fetch(url, { method: 'POST', headers, body })
      .then(async (answer) => void this.receiptAnswers.push({ status: answer.status, body: await answer.text() }))
      .catch((error: unknown) => void this.receiptAnswers.push({ status: 0, body: String(error) }))
      .finally(() => this.receipts.delete(posted));
    this.receipts.add(posted);
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    this.requests++;
    this.seen.push(request);
    if (this.seen.length > KEPT) this.seen.shift();
    const send = this.isSend(request);
    const fault = send ? this.faults.shift() : undefined;
    if (fault?.kind === 'reset') return void incoming.socket.destroy();
    if (fault?.kind === 'reply') return reply(response, fault.reply);
    const answer = send && this.isThrottled() ? this.throttled(request) : await this.answer(request);
    if (fault?.kind === 'hang') return;
    const delay = fault?.kind === 'slow' ? fault.milliseconds : this.latencyMilliseconds;
    if (delay > 0) setTimeout(() => reply(response, answer), delay).unref();
    else if (fault?.kind === 'half') breakOff(response, answer);
    else reply(response, answer);
  }

  /** Spread evenly, so that a share is met exactly. */
  private isThrottled(): boolean {
    this.share += this.throttledShare;
    if (this.share < 1) return false;
    this.share -= 1;
    return true;
  }
}

export const json = (body: unknown, status = 200): SimulatorReply => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body: JSON.stringify(body),
});

async function read(incoming: IncomingMessage): Promise<SeenRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://simulator');
  return {
    method: incoming.method ?? '',
    path: pathname,
    query: searchParams,
    headers: incoming.headers,
    body: bytes.toString('utf8'),
    bytes,
  };
}

function reply(response: ServerResponse, { status = 200, headers, body }: SimulatorReply): void {
  response.writeHead(status, headers).end(body);
}

function breakOff(response: ServerResponse, { status = 200, headers, body = '' }: SimulatorReply): void {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body) + 1) });
  response.write(body, () => response.destroy());
}
