import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A gateway for the `webhook` vendor that takes every batch and answers none until it is told to. */
export class HoldingGateway {
  /** Calls that carried targets. */
  calls = 0;
  private holding = true;
  private readonly waiting: ServerResponse[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<HoldingGateway> {
    const server = createServer();
    const gateway = new HoldingGateway(server);
    server.on('request', (request, response) => {
      request.resume().on('end', () => gateway.take(response));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on no call is answered before `answer`. */
  hold(): void {
    this.holding = true;
    this.calls = 0;
  }

  /** Accepts what it was given, and answers at once from now on. */
  answer(): void {
    this.holding = false;
    for (const response of this.waiting.splice(0)) response.end();
  }

  async stop(): Promise<void> {
    this.answer();
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private take(response: ServerResponse): void {
    this.calls++;
    if (this.holding) this.waiting.push(response);
    else response.end();
  }
}
