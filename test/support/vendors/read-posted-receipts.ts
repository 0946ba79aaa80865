import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ReceiptReading, Vendor, VendorAccountConfig } from '../../../src/vendors/vendor.js';
import type { HttpSimulator } from './http-simulator.js';

/** What a vendor reads of the receipts that its simulator posts of a push to where `push` is told, each answered as it says. */
export async function readPostedReceipts(
  simulator: HttpSimulator,
  vendor: Vendor,
  account: VendorAccountConfig,
  push: (receiptUrl: string) => Promise<unknown>,
): Promise<ReceiptReading[]> {
  const readings: ReceiptReading[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = request.headers as Record<string, string>;
    const body = await text(request);
    const call = { account, url: request.url ?? '', headers, query: {}, body, now: new Date() };
    const reading = vendor.readReceipts?.(call) ?? { receipts: [], answer: { status: 404 } };
    readings.push(reading);
    response.writeHead(reading.answer.status).end(reading.answer.body);
  };
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  simulator.receiptUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/receipts`;
  try {
    await push(simulator.receiptUrl);
    await simulator.receiptsPosted();
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return readings;
}
