import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Receipt, Vendor, VendorAccountConfig } from '../../../../src/vendors/vendor.js';

/** Takes the receipts of an account as the product does, and answers them as its vendor says. */
export class ReceiptReceiver {
  /** In the order they came. */
  readonly receipts: Receipt[] = [];
  private readonly server: Server = createServer((incoming, response) => void this.serve(incoming, response));

  constructor(
    private readonly vendor: Vendor,
    private readonly account: VendorAccountConfig,
  ) {}

  /** Where they are to be posted. */
  get url(): string {
    return `${this.base}/receipts/7/secret`;
  }

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const url = `${this.base}${incoming.url}`;
    const reading = this.vendor.readReceipts?.({
      account: this.account,
      url,
      headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()])),
      query: Object.fromEntries(new URL(url).searchParams),
      body: Buffer.concat(parts).toString('utf8'),
      now: new Date(1_800_000_000_000),
    });
    this.receipts.push(...(reading?.receipts ?? []));
    const { status = 404, contentType = 'application/json', body } = reading?.answer ?? {};
    response.writeHead(status, body === undefined ? {} : { 'content-type': contentType }).end(body);
  }
}
