import { pause } from '../support/pause.js';
import type { Scratch } from '../support/scratch-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { type BenchOrganisation, makeOrganisation, startTidings } from './bench-organisation.js';
import { freshDeliveries, measureFloor } from './broadcast-floor.js';

/** One measured broadcast. */
export interface Broadcast {
  size: number;
  seconds: number;
  /** Seconds of the floor, the mean of a run before and one after. */
  floor: number;
  /** Seconds until the first delivery could be seen. */
  first: number;
  /** CPU seconds of the process. */
  cpu: number;
  /** Bytes of write-ahead log, and of the delivery partitions with their indexes. */
  wal: number;
  table: number;
  /** Peak resident memory of the process, in MiB. */
  memory: number;
}

const SEEN = 'SELECT EXISTS (SELECT FROM delivery WHERE organisation_id = $1 AND message_id = $2) AS yes';
const DONE = "SELECT state = 'done' AS yes FROM message WHERE organisation_id = $1 AND id = $2";
const COUNT = 'SELECT count(*) AS n FROM delivery WHERE organisation_id = $1 AND message_id = $2';
const SIZE = `SELECT sum(pg_total_relation_size(inhrelid)) AS bytes FROM pg_inherits WHERE inhparent = 'delivery'::regclass`;
const WAL = `SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes`;

/** Sends a message to everyone; resolves with its id when it is accepted. */
export async function sendToAll(server: ServerProcess, { key }: BenchOrganisation): Promise<string> {
  const message = { audience: { all: true }, content: { sms: { text: 'x' } }, priority: 'low' };
  return (await server.call<{ id: string }>('POST', '/api/v1/messages', message, undefined, key)).id;
}

/** Measures broadcasts, each size once in a run, each in an organisation of its own that is kept for other lines. */
export class Broadcasts {
  private readonly organisations = new Map<number, Promise<BenchOrganisation>>();
  private readonly measured = new Map<number, Promise<Broadcast>>();

  constructor(
    private readonly scratch: Scratch,
    private readonly log: (text: string) => void,
  ) {}

  /** The organisation of that many people. */
  organisation(size: number): Promise<BenchOrganisation> {
    const made = this.organisations.get(size) ?? this.make(`size-${size}`, size);
    this.organisations.set(size, made);
    return made;
  }

  of(size: number): Promise<Broadcast> {
    const measured = this.measured.get(size) ?? this.measure(size);
    this.measured.set(size, measured);
    return measured;
  }

  /** What was measured so far, smallest first. */
  async all(): Promise<Broadcast[]> {
    const broadcasts = await Promise.all(this.measured.values());
    return broadcasts.sort((left, right) => left.size - right.size);
  }

  private make(code: string, size: number): Promise<BenchOrganisation> {
    this.log(`making ${size} people in ${code}`);
    return makeOrganisation(this.scratch, code, size);
  }

  private async measure(size: number): Promise<Broadcast> {
    const { scratch } = this;
    const floorOrganisation = await this.make(`floor-${size}`, size);
    const organisation = await this.organisation(size);
    this.log(`broadcast to ${size}`);
    const before = await measureFloor(scratch, floorOrganisation.id, size);
    const broadcast = await this.send(organisation, size);
    const after = await measureFloor(scratch, floorOrganisation.id, size);
    return { ...broadcast, floor: (before + after) / 2 };
  }

  private async send(organisation: BenchOrganisation, size: number): Promise<Omit<Broadcast, 'floor'>> {
    const server = await startTidings(this.scratch);
    try {
      await freshDeliveries(this.scratch);
      const [wal, table, cpu] = [await this.number(WAL), await this.number(SIZE), await server.cpuSeconds()];
      const start = performance.now();
      const id = await sendToAll(server, organisation);
      const values = [organisation.id, id];
      await this.until(server, SEEN, values, 2);
      const first = (performance.now() - start) / 1000;
      await this.until(server, DONE, values, 10);
      const seconds = (performance.now() - start) / 1000;
      const written = await this.number(WAL);
      const { rows } = await this.scratch.client.query<{ n: string }>(COUNT, values);
      if (Number(rows[0]?.n) !== size) throw new Error(`${rows[0]?.n} deliveries instead of ${size}`);
      return {
        size,
        seconds,
        first,
        cpu: (await server.cpuSeconds()) - cpu,
        wal: written - wal,
        table: (await this.number(SIZE)) - table,
        memory: await server.peakMemory(),
      };
    } finally {
      await server.stop();
    }
  }

  private async number(sql: string): Promise<number> {
    const { rows } = await this.scratch.client.query<{ bytes: string }>(sql);
    return Number(rows[0]?.bytes);
  }

  private async until(server: ServerProcess, sql: string, values: unknown[], every: number): Promise<void> {
    for (;;) {
      const { rows } = await this.scratch.client.query<{ yes: boolean }>(sql, values);
      if (rows[0]?.yes === true) return;
      server.assertRunning();
      await pause(every);
    }
  }
}
