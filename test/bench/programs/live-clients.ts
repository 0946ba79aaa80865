import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { type ClientEvents, LIVE_PATH, type ServerEvents } from '../../../src/realtime/live/events.js';
import { programArgument, tellParent } from '../../support/child-program.js';

export interface LiveClientsArgument {
  url: string;
  key: string;
  /** P1, P2 … up to this many people, with one client each. */
  people: number;
  /** Clients that connect at the same time. */
  together: number;
}

/** What it tells when all are connected. */
export interface LiveClientsReady {
  /** Where it answers a GET with {@link LiveClientsCount}. */
  url: string;
  connectSeconds: number;
}

export interface LiveClientsCount {
  /** Messages that came to all clients together. */
  received: number;
  /** When the last one came, in milliseconds since 1970. */
  lastAt: number;
}

const { url, key, people, together } = programArgument() as LiveClientsArgument;
const count: LiveClientsCount = { received: 0, lastAt: 0 };
const sockets: Socket<ServerEvents, ClientEvents>[] = [];

async function tokenOf(person: number): Promise<string> {
  const answer = await fetch(`${url}/api/v1/recipients/P${person}/live-tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: '{}',
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { token: string }).token;
}

function connect(token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket<ServerEvents, ClientEvents> = io(url, {
      path: LIVE_PATH,
      auth: { token },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    sockets.push(socket);
    socket.on('ready', () => resolve());
    socket.on('connect_error', reject);
    socket.on('message', (_message, acknowledge) => {
      acknowledge();
      count.received += 1;
      count.lastAt = performance.timeOrigin + performance.now();
    });
  });
}

/** Runs through the list, so many at a time. */
async function all<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = [...items.entries()];
  const one = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: together }, one));
  return results;
}

const numbers = Array.from({ length: people }, (_, index) => index + 1);
const tokens = await all(numbers, tokenOf);
const start = performance.now();
await all(tokens, connect);
const connectSeconds = (performance.now() - start) / 1000;
const server = createServer((_request, response) => response.end(JSON.stringify(count)));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  tellParent({ url: `http://127.0.0.1:${port}`, connectSeconds } satisfies LiveClientsReady);
});
process.once('SIGTERM', () => {
  for (const socket of sockets) socket.disconnect();
  process.exit(0);
});
