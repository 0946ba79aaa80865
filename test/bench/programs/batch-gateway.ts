import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { programArgument, tellParent } from '../../support/child-program.js';

export interface GatewayArgument {
  /** What requests must be signed with. */
  secret: string;
}

/** What a GET answers. */
export interface GatewayCount {
  calls: number;
  /** Different references seen. */
  people: number;
}

/** Targets that one call may hold. */
const MOST = 1_000;

const { secret } = programArgument() as GatewayArgument;
const seen = new Set<string>();
let calls = 0;

/** A batch vendor: checks the signature and the size of a call, remembers whom it was for, and gives each a reference of its own. */
async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') {
    const count: GatewayCount = { calls, people: seen.size };
    response.end(JSON.stringify(count));
    return;
  }
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const body = Buffer.concat(parts);
  const stamp = request.headers['x-tidings-timestamp'];
  const expected = `v1=${createHmac('sha256', secret)
    .update(`${String(stamp)}.`)
    .update(body)
    .digest('hex')}`;
  const { targets } = JSON.parse(body.toString('utf8')) as { targets: { reference: string }[] };
  if (request.headers['x-tidings-signature'] !== expected) response.writeHead(401).end();
  else if (targets.length > MOST) response.writeHead(413).end();
  else {
    calls += 1;
    const outcomes = targets.map(({ reference }) => {
      seen.add(reference);
      return { reference, status: 'accepted', vendorReference: `gateway-${reference}` };
    });
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ outcomes }));
  }
}

const server = createServer((request, response) => {
  take(request, response).catch((error: unknown) => response.writeHead(400).end(String(error)));
});
server.listen(0, '127.0.0.1', () => {
  tellParent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
