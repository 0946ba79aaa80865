import { pause } from '../support/pause.js';
import type { ChaosDatabase } from './chaos-database.js';
import type { Crew } from './crew.js';
import { bringForward } from './in-flight.js';
import { type ChannelCode, FEW, ORGANISATION } from './installation.js';

/** A message that the API said yes to. */
export interface Sent {
  id: string;
  channel: ChannelCode;
  /** How many people it is for. */
  people: number;
  /** Milliseconds since 1970. */
  acceptedAt: number;
  sendAt?: number;
}

/** A broadcast is followed by the next while fewer batches than this wait to be taken. */
const LEAST_WAITING = 3;
/** Milliseconds. The broadcasts leave the machine time to start processes. */
const PACE = { broadcast: 1_500, urgent: 300, timed: 1_200, forward: 700 };

const WAITING = `
SELECT count(*) AS n FROM batch b
  JOIN channel c ON c.organisation_id = b.organisation_id AND c.id = b.channel_id
 WHERE c.code = $1 AND b.lease IS NULL`;
const UNPLANNED = `SELECT count(*) AS n FROM message WHERE state IN ('accepted', 'planning') AND category = $1`;

/** Sends without end, until stopped: broadcasts on both channels, urgent messages to one person, timed ones to a few. */
export class Traffic {
  readonly sent: Sent[] = [];
  private stopped = false;
  private failure: Error | undefined;
  private count = 0;
  private readonly loops: Promise<void>[] = [];

  constructor(
    private readonly crew: Crew,
    private readonly database: ChaosDatabase,
    private readonly people: number,
  ) {}

  start(): void {
    this.loops.push(
      this.every(PACE.broadcast, () => this.broadcast('resend')),
      this.every(PACE.broadcast, () => this.broadcast('hold')),
      this.every(PACE.urgent, () => this.urgent()),
      this.every(PACE.timed, () => this.timed('resend')),
      this.every(PACE.timed, () => this.timed('hold')),
      this.every(PACE.forward, () => bringForward(this.database)),
    );
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.loops);
    if (this.failure !== undefined) throw this.failure;
  }

  private async every(milliseconds: number, work: () => Promise<void>): Promise<void> {
    try {
      for (; !this.stopped; await pause(milliseconds)) await work();
    } catch (error) {
      this.failure ??= error as Error;
    }
  }

  private async broadcast(channel: ChannelCode): Promise<void> {
    const waiting = await this.database.count(WAITING, [channel]);
    const unplanned = await this.database.count(UNPLANNED, [`broadcast-${channel}`]);
    if (waiting >= LEAST_WAITING || unplanned > 0) return;
    await this.send({ channel, people: this.people }, { audience: { all: true }, category: `broadcast-${channel}` });
  }

  private urgent(): Promise<void> {
    const audience = { users: [`P${(this.count % this.people) + 1}`] };
    return this.send({ channel: 'urgent', people: 1 }, { audience, priority: 'high' });
  }

  private timed(channel: ChannelCode): Promise<void> {
    const sendAt = Date.now() + 3_000;
    const request = { audience: { users: FEW }, sendAt: new Date(sendAt).toISOString() };
    return this.send({ channel, people: FEW.length, sendAt }, request);
  }

  /** The same call until it is answered; its dedup key makes it one message. */
  private async send(
    what: Pick<Sent, 'channel' | 'people' | 'sendAt'>,
    request: Record<string, unknown>,
  ): Promise<void> {
    const body = { ...request, content: { [what.channel]: { text: 'x' } }, dedupKey: `chaos-${this.count++}` };
    const { id } = await this.crew.call<{ id: string }>('POST', 'messages', body, ORGANISATION);
    this.sent.push({ ...what, id, acceptedAt: Date.now() });
  }
}
