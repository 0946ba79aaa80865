import { randomBytes } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import { Pool } from 'pg';
import { programArgument, tellParent } from '../../support/child-program.js';

export interface PeerArgument {
  databaseUrl: string;
  redis: { host: string; port: number };
  recipients: number;
}

export interface PeerResult {
  /** From the first job added to the last one done. */
  seconds: number;
}

interface Job {
  endpointId: number;
}

/** As many as keep both Redis and the pool busy; more make it no faster. */
const CONCURRENCY = 50;
const POOL_SIZE = 10;
/** Jobs added by one call. */
const BULK = 1_000;

/** A prepared statement, as each worker would send it a million times. */
const INSERT = {
  name: 'insert-delivery',
  text: `INSERT INTO delivery (organisation_id, day, message_id, channel_id, endpoint_id, vendor_account_id, recipient_id, state, attempts, created_at, sent_at)
         VALUES (0, current_date, 1, 1, $1, 1, $1, 'sent', 1, now(), now())`,
};

const { databaseUrl, redis, recipients } = programArgument() as PeerArgument;
const pool = new Pool({ connectionString: databaseUrl, max: POOL_SIZE });
const name = `bench-${randomBytes(5).toString('hex')}`;
const options = { removeOnComplete: true, removeOnFail: true };
const queue = new Queue<Job>(name, { connection: redis, defaultJobOptions: options });
const worker = new Worker<Job>(
  name,
  ({ data }) => pool.query({ ...INSERT, values: [data.endpointId] }).then(() => null),
  {
    connection: redis,
    concurrency: CONCURRENCY,
    autorun: false,
  },
);

async function measure(): Promise<PeerResult> {
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady(), pool.query('SELECT 1')]);
  let completed = 0;
  const all = new Promise<void>((resolve, reject) => {
    worker.on('completed', () => {
      completed += 1;
      if (completed === recipients) resolve();
    });
    worker.on('failed', (_, error) => reject(error));
  });
  const start = performance.now();
  const running = worker.run();
  for (let from = 0; from < recipients; from += BULK) {
    const count = Math.min(BULK, recipients - from);
    await queue.addBulk(
      Array.from({ length: count }, (_, index) => ({ name: 'send', data: { endpointId: from + index } })),
    );
  }
  await all;
  const seconds = (performance.now() - start) / 1000;
  await worker.close();
  await running;
  return { seconds };
}

try {
  tellParent(await measure());
} finally {
  await queue.obliterate({ force: true });
  await queue.close();
  await pool.end();
}
