import { request } from 'undici';
import { SystemClock } from '../../src/common/clock.js';
import { HuaweiVendor } from '../../src/vendors/huawei/huawei.js';
import type { Vendor } from '../../src/vendors/vendor.js';
import { XiaomiVendor } from '../../src/vendors/xiaomi/xiaomi.js';
import { startProgram } from '../support/child-program.js';
import { SIMULATORS } from '../support/vendors/simulators.js';
import { vendorAccount, vendorRequest } from '../support/vendors/vendor-request.js';
import { atLeast, type BenchFigure, type BenchLine, figure } from './bench-line.js';
import { h2Wire, steadyMemory } from './wires-h2.js';

const PROGRAM = new URL('../support/vendors/simulators-program.js', import.meta.url);
const PUSHES = 20_000;
const STEADY = 200_000;
const BATCH = 1_000;
const BATCHES = 200;
const CALLS_AT_ONCE = 8;
const MIB = 1024 * 1024;

const BATCHED: Readonly<Record<string, () => Vendor>> = {
  huawei: () => new HuaweiVendor(new SystemClock()),
  xiaomi: () => new XiaomiVendor(new SystemClock()),
};

export const WIRES: BenchLine = {
  name: 'wires',
  about:
    'the adapters alone, against simulators in another process: APNs and FCM beside a bare node:http2 loop, Huawei and Xiaomi by 1000',
  run: async ({ log }) => {
    const figures: BenchFigure[] = [];
    for (const vendor of ['apns', 'fcm'] as const) {
      log(`${vendor}: rounds of ${PUSHES}`);
      const { adapter, floor, adapterMicros, floorMicros } = await h2Wire(vendor, PUSHES);
      figures.push(atLeast(`wires: ${vendor} against a bare node:http2 loop`, adapter, 'pushes/s', floor, 0.8));
      figures.push(figure(`wires: ${vendor}, CPU of a push`, adapterMicros, 'µs'));
      figures.push(figure(`wires: bare loop of ${vendor}, CPU of a request`, floorMicros, 'µs'));
      log(`${vendor}: ${STEADY} pushes`);
      const { heapBytes, residentBytes } = await steadyMemory(vendor, STEADY);
      figures.push(figure(`wires: ${vendor}, heap grown over ${STEADY} pushes`, heapBytes / MIB, 'MiB', 8));
      figures.push(figure(`wires: ${vendor}, memory grown over ${STEADY} pushes`, residentBytes / MIB, 'MiB'));
    }
    for (const vendor of Object.keys(BATCHED)) figures.push(...(await batchedWire(vendor, log)));
    return figures;
  },
};

/** Devices per second by requests of 1000, and how that compares with posting as many bytes without looking at any. */
async function batchedWire(code: string, log: (text: string) => void): Promise<BenchFigure[]> {
  log(`${code}: ${BATCHES} requests of ${BATCH}`);
  const program = await startProgram<Record<string, { settings: Record<string, unknown> }>>(PROGRAM, {
    vendors: [code],
    addresses: 0,
  });
  const vendor = BATCHED[code]?.() as Vendor;
  try {
    const account = vendorAccount(vendor.definition, program.ready[code]?.settings ?? {});
    const simulator = SIMULATORS[code]?.();
    const addresses = Array.from({ length: BATCH }, (_, number) => simulator?.address(number) ?? '');
    const push = vendorRequest(account, addresses);
    const send = async (): Promise<void> => {
      const { outcomes } = await vendor.send(push);
      const accepted = outcomes.filter(({ status }) => status === 'accepted').length;
      if (accepted !== BATCH) throw new Error(`${code} accepted ${accepted} of ${BATCH}`);
    };
    await atOnce(20, send);
    const adapter = await rate(send);
    const body = addresses.join(',');
    const bare = await rate(async () => {
      const answer = await request(String(account.settings['baseUrl']), { method: 'POST', body });
      await answer.body.dump();
    });
    return [atLeast(`wires: ${code} by ${BATCH}, against posting the tokens alone`, adapter, 'devices/s', bare, null)];
  } finally {
    await vendor.close?.();
    await program.stop();
  }
}

async function rate(send: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await atOnce(BATCHES, send);
  return (BATCHES * BATCH * 1000) / (performance.now() - start);
}

async function atOnce(times: number, send: () => Promise<void>): Promise<void> {
  let left = times;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await send();
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, worker));
}
