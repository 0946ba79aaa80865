import 'reflect-metadata';
import { keepHeapLean } from '../common/lean-heap.js';
import { ConfigError } from '../config/config-error.js';
import { EmbeddedPostgresError } from '../database/embedded-postgres/embedded-postgres-error.js';
import { ApiError } from './api-client.js';
import { play } from './play.js';
import { print, seconds } from './print.js';
import { type RunningDemo, startTidings } from './start-tidings.js';

const LIMIT_MILLISECONDS = 120_000;

/** The first signal stops everything in good order and exits with 0; a second one does not wait. */
let stopping = false;

function stopOnSignal(started: Promise<RunningDemo>): void {
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    print('\nStopping.');
    started.then((demo) => demo.close()).then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function run({ stopAfter, vendors }: { stopAfter: boolean; vendors: boolean }): Promise<void> {
  const begun = Date.now();
  const started = Promise.resolve().then(() => startTidings({ vendors }));
  stopOnSignal(started);
  print('Tidings demo');
  const demo = await started;
  keepHeapLean();
  print(`  Tidings       ${demo.baseUrl} (started in ${seconds(Date.now() - begun)}), data in ${demo.dataDir}`);
  print(`  Mail server   127.0.0.1:${demo.mails.port}, delivers to nobody`);
  const arrived = await playOrClose(demo, begun + LIMIT_MILLISECONDS);
  if (!stopAfter) {
    print('\nTidings keeps running. Press Ctrl-C to stop it.');
    return;
  }
  await demo.close();
  print(`\nStopped after ${seconds(Date.now() - begun)}.`);
  process.exit(arrived ? 0 : 1);
}

async function playOrClose(demo: RunningDemo, deadline: number): Promise<boolean> {
  try {
    return await play(demo, deadline);
  } catch (error) {
    // The end of the server is the end of the demo's own calls; the signal has said so.
    if (stopping) return new Promise(() => undefined);
    await demo.close();
    throw error;
  }
}

/** What a person can mend is told in one line; the rest with its stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError || error instanceof ApiError)
    return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `The HTTP port is taken (${error.message}). Set PORT to another one.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function fail(error: unknown): never {
  process.stderr.write(`The demo cannot go on. ${explain(error)}\n`);
  process.exit(1);
}

const given = process.argv.slice(2);
if (given.some((argument) => argument !== '--exit' && argument !== '--vendors')) {
  process.stderr.write(
    'Usage: npm run demo [-- [--vendors] [--exit]]\n' +
      '  --vendors  also sends through every vendor, to simulators on this machine\n' +
      '  --exit     stops when all has arrived\n',
  );
  process.exit(2);
}

run({ stopAfter: given.includes('--exit'), vendors: given.includes('--vendors') }).catch(fail);
