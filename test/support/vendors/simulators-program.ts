import { io } from 'socket.io-client';
import { LIVE_PATH } from '../../../src/realtime/live/events.js';
import { programArgument, tellParent } from '../child-program.js';
import { confirmPushes } from './confirming-apps.js';
import { H2Simulator } from './h2-simulator.js';
import type { VendorSimulator } from './http-simulator.js';
import { SIMULATORS } from './simulators.js';

/** Which vendors it stands in for, and how many addresses of each it names. */
interface ProgramArgument {
  vendors?: string[];
  addresses: number;
}

/** What it is told while it runs. */
interface Instructions {
  /** By vendor: where receipts go that no request names a place for. */
  receiptUrls?: Record<string, string>;
  latencyMilliseconds?: Record<string, number>;
  throttledShare?: Record<string, number>;
  /** A device that connects to Tidings itself, and acknowledges what it gets. */
  device?: { url: string; token: string };
}

/**
 * The simulators in a process of their own: for the demo, and for measurements that must not share a processor's turn with them. Tells
 * its parent, by vendor, the settings of an account with it and some addresses; `counts` is answered with what each has taken.
 */
const { vendors = Object.keys(SIMULATORS), addresses } = programArgument() as ProgramArgument;
const running = new Map<string, VendorSimulator>();

for (const vendor of vendors) {
  const simulator = SIMULATORS[vendor]?.();
  if (simulator === undefined) throw new Error(`There is no simulator of ${vendor}`);
  await simulator.start();
  running.set(vendor, simulator);
}

function each<T>(values: Record<string, T> | undefined, use: (simulator: VendorSimulator, value: T) => void): void {
  for (const [vendor, value] of Object.entries(values ?? {})) {
    const simulator = running.get(vendor);
    if (simulator !== undefined) use(simulator, value);
  }
}

process.on('message', (message: Instructions | 'counts') => {
  if (message === 'counts') {
    const counts = [...running].map(([vendor, { requests, pushes }]) => [vendor, { requests, pushes }] as const);
    return tellParent({ counts: Object.fromEntries(counts) });
  }
  each(message.receiptUrls, (simulator, url) => {
    if (simulator instanceof H2Simulator) confirmPushes(simulator, url);
    else simulator.receiptUrl = url;
  });
  each(message.latencyMilliseconds, (simulator, milliseconds) => (simulator.latencyMilliseconds = milliseconds));
  each(message.throttledShare, (simulator, share) => (simulator.throttledShare = share));
  if (message.device !== undefined) connect(message.device);
  tellParent({ done: true });
});

function connect({ url, token }: { url: string; token: string }): void {
  const socket = io(url, { path: LIVE_PATH, auth: { token }, transports: ['websocket'] });
  socket.on('push', (_push: unknown, acknowledge?: () => void) => acknowledge?.());
}

tellParent(
  Object.fromEntries(
    [...running].map(([vendor, simulator]) => [
      vendor,
      {
        settings: simulator.settings,
        addresses: Array.from({ length: addresses }, (_, number) => simulator.address(number)),
      },
    ]),
  ),
);
