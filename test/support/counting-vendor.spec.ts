import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/common/clock.js';
import type { VendorRequest } from '../../src/vendors/vendor.js';
import { WebhookVendor } from '../../src/vendors/webhook/webhook.js';
import { CountingVendor } from './counting-vendor.js';
import { readVendorLog } from './counting-vendor-log.js';

const SECRET = 'secret-of-the-counting-vendor';
const CONNECTIONS = 4;

let folder: string;
let logFile: string;
let webhook: WebhookVendor;
let vendor: CountingVendor;

const request = (references: string[], secret = SECRET): VendorRequest => ({
  account: {
    id: 1,
    organisationId: 1,
    code: 'counting',
    settings: {
      url: `http://127.0.0.1:${vendor.port}/hold`,
      secret,
      connections: CONNECTIONS,
      timeoutSeconds: 1,
      allowPrivateNetwork: true,
    },
  },
  content: { text: 'x' },
  targets: references.map((reference) => ({ reference, address: 'a' })),
  tag: '1-1',
  priority: 'normal',
  category: 'notice',
  attempt: 1,
  options: {},
  signal: new AbortController().signal,
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidings-vendor-'));
  logFile = join(folder, 'log');
  webhook = new WebhookVendor(new SystemClock());
});

afterEach(async () => {
  await vendor.stop();
  await webhook.close();
  await rm(folder, { recursive: true });
});

describe('the counting vendor', () => {
  it('writes down what it accepts, and refuses a wrong signature', async () => {
    vendor = await CountingVendor.start({ port: 0, logFile, secret: SECRET });
    expect((await webhook.send(request(['1-1-1', '1-1-2']))).outcomes).toEqual([
      { status: 'accepted' },
      { status: 'accepted' },
    ]);
    expect((await webhook.send(request(['1-1-3'], 'another-secret-than-that'))).account?.problem).toBe('credentials');
    const calls = await readVendorLog(logFile);
    expect(calls).toMatchObject([
      { account: 'hold', attempt: 1, references: ['1-1-1', '1-1-2'], accepted: 2, answered: true },
    ]);
  });

  it('never says "accepted" of what it did not write down, nor a clear no of what it did', async () => {
    vendor = await CountingVendor.start({ port: 0, logFile, secret: SECRET, seed: 7 });
    const references = Array.from({ length: 300 }, (_, index) => `1-1-${index}`);
    const said = new Map<string, string>();
    const left = [...references];
    // As many at once as there are connections: none gives up waiting for one.
    const caller = async (): Promise<void> => {
      for (let reference = left.pop(); reference !== undefined; reference = left.pop()) {
        said.set(reference, (await webhook.send(request([reference]))).outcomes[0]?.status ?? '');
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, caller));
    const taken = new Set((await readVendorLog(logFile)).flatMap((call) => call.references.slice(0, call.accepted)));
    for (const [reference, status] of said) {
      if (status === 'accepted') expect(taken).toContain(reference);
      if (status === 'retry' || status === 'rejected') expect(taken).not.toContain(reference);
    }
    expect(new Set(said.values())).toEqual(new Set(['accepted', 'retry', 'unknown']));
  });

  it('counts nothing of a line that its death tore', async () => {
    vendor = await CountingVendor.start({ port: 0, logFile, secret: SECRET });
    await webhook.send(request(['1-1-1']));
    await appendFile(logFile, 'R\tx-1\t1\thold\t1\t1-1-2,1-1');
    await vendor.stop();
    vendor = await CountingVendor.start({ port: 0, logFile, secret: SECRET });
    await webhook.send(request(['1-1-3']));
    expect((await readVendorLog(logFile)).map((call) => call.references)).toEqual([['1-1-1'], ['1-1-3']]);
  });
});
