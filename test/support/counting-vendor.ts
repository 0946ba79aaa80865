import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Behaviour, chooseBehaviour } from './counting-vendor-faults.js';
import { CountingVendorLog } from './counting-vendor-log.js';
import { seededRandom } from '../chaos/seeded-random.js';
import { pause } from './pause.js';

export interface CountingVendorOptions {
  /** 0: any free one. */
  port: number;
  logFile: string;
  secret: string;
  /** Chooses what happens to calls; undefined: all goes well, at once. */
  seed?: number;
  /** With a seed: the longest time a call takes that is not slow, in milliseconds. */
  latency?: number;
}

/** Calls under this path always go well. */
const CALM = 'urgent';
/** Milliseconds, before anything is done with a call. */
const LATENCY = { least: 5, most: 125 };
/** A slow call takes so many times longer. */
const SLOW = 3;

interface Batch {
  message?: { attempt: number };
  targets: { reference: string }[];
}

/** A gateway of the `webhook` vendor that writes down what it accepts, and misbehaves as its seed has it. */
export class CountingVendor {
  private readonly random: () => number;
  private readonly handling = new Set<Promise<void>>();

  private constructor(
    private readonly server: Server,
    private readonly log: CountingVendorLog,
    private readonly options: CountingVendorOptions,
  ) {
    this.random = seededRandom(options.seed ?? 0);
  }

  static async start(options: CountingVendorOptions): Promise<CountingVendor> {
    const server = createServer({ keepAliveTimeout: 30_000 });
    const vendor = new CountingVendor(server, new CountingVendorLog(options.logFile), options);
    server.on('request', (request, response) => vendor.track(vendor.handle(request, response)));
    server.listen(options.port, '127.0.0.1');
    await once(server, 'listening');
    return vendor;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
    // A call that was still being thought about must not write into a file that is closed.
    await Promise.allSettled(this.handling);
    this.log.close();
  }

  private track(handling: Promise<void>): void {
    const tracked = handling.finally(() => this.handling.delete(tracked));
    this.handling.add(tracked);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const body = await readBody(request);
    if (body === undefined) return;
    if (!this.isSigned(request, body)) return void response.writeHead(401).end('The signature is wrong.');
    const { message, targets } = JSON.parse(body) as Batch;
    if (targets.length === 0) return void response.end();
    const account = (request.url ?? '/').split('/')[1] ?? '';
    const attempt = message?.attempt ?? 1;
    const references = targets.map(({ reference }) => reference);
    const call = this.log.received(account, attempt, references);
    const faulty = this.options.seed !== undefined && account !== CALM;
    const behaviour = faulty ? chooseBehaviour(this.random(), attempt) : 'accept';
    const most = (this.options.latency ?? LATENCY.most) * (behaviour === 'slow' ? SLOW : 1);
    if (faulty) await pause(LATENCY.least + this.random() * (most - LATENCY.least));
    this.log.behaves(call, behaviour);
    this.behave(behaviour, call, references, response);
  }

  private isSigned({ headers }: IncomingMessage, body: string): boolean {
    const mac = createHmac('sha256', this.options.secret).update(`${String(headers['x-tidings-timestamp'])}.${body}`);
    return headers['x-tidings-signature'] === `v1=${mac.digest('hex')}`;
  }

  private behave(behaviour: Behaviour, call: string, references: string[], response: ServerResponse): void {
    const accept = (count = references.length): void => this.log.accepted(call, count);
    const end = (status: number, body = '', headers: Record<string, string> = {}): void => {
      response.on('finish', () => this.log.answered(call));
      response.writeHead(status, headers).end(body);
    };
    switch (behaviour) {
      case 'accept':
      case 'slow':
        accept();
        return end(200);
      case 'take-half': {
        const taken = Math.ceil(references.length / 2);
        accept(taken);
        const again = references.slice(taken).map((reference) => ({ reference, status: 'retry', code: 'busy' }));
        return end(200, JSON.stringify({ outcomes: again }));
      }
      case 'throttle':
        return end(429, 'too fast', { 'retry-after': '1' });
      case 'busy':
        return end(503, 'busy', { 'retry-after': '1' });
      case 'error':
        return end(500, 'out of order');
      case 'bad-gateway':
        return void response.writeHead(502).end();
      case 'stall':
        return;
      case 'take-and-stall':
        return accept();
      case 'reset':
        return void response.socket?.resetAndDestroy();
      case 'take-and-reset':
        accept();
        return void response.socket?.resetAndDestroy();
      case 'take-and-break-off':
        accept();
        response.writeHead(200, { 'content-length': '1000' });
        return void response.write('{"outcomes":[', () => response.destroy());
      case 'take-and-mumble':
        accept();
        return void response.end('OK, I guess');
    }
  }
}

/** The whole body, or undefined when the caller went away in the middle of it. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  try {
    for await (const part of request) parts.push(part as Buffer);
    return Buffer.concat(parts).toString('utf8');
  } catch {
    return undefined;
  }
}
