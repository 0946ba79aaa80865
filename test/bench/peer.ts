import { createConnection } from 'node:net';
import { runProgram } from '../support/child-program.js';
import { atLeast, type BenchLine, JUDGED_SIZE, largest } from './bench-line.js';
import type { PeerArgument, PeerResult } from './programs/bullmq-peer.js';

const PROGRAM = new URL('./programs/bullmq-peer.js', import.meta.url);
const REDIS = { host: '127.0.0.1', port: 6379 };
const RECIPIENTS = 20_000;

const answers = ({ host, port }: { host: string; port: number }): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 1_000 });
    const done = (answered: boolean) => (): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.on('connect', done(true)).on('error', done(false)).on('timeout', done(false));
  });

export const PEER: BenchLine = {
  name: 'peer',
  about: `one BullMQ job and one INSERT per recipient, ${RECIPIENTS} of them, against the rate of the largest broadcast`,
  run: async ({ scratch, sizes, broadcasts, log }) => {
    if (!(await answers(REDIS))) {
      log(`skipped: there is no Redis at ${REDIS.host}:${REDIS.port}`);
      return [];
    }
    const size = largest(sizes);
    const { seconds } = await broadcasts.of(size);
    const argument: PeerArgument = { databaseUrl: scratch.url, redis: REDIS, recipients: RECIPIENTS };
    await scratch.client.query('CHECKPOINT');
    const peer = await runProgram<PeerResult>(PROGRAM, argument);
    return [
      atLeast(
        `peer: rate of a broadcast to ${size} against BullMQ`,
        size / seconds,
        'deliveries/s',
        RECIPIENTS / peer.seconds,
        size >= JUDGED_SIZE ? 20 : null,
      ),
    ];
  },
};
