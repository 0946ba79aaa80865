import { parseReference } from '../../src/messages/reference.js';
import type { VendorCall } from '../support/counting-vendor-log.js';
import type { ChaosDatabase } from './chaos-database.js';
import type { ChaosFigures, ChaosReport } from './chaos-report.js';
import type { Crew } from './crew.js';
import type { Director } from './director.js';
import type { InFlight } from './in-flight.js';
import { CHANNELS, SLOT_MILLISECONDS } from './installation.js';
import { type Tally, tallyCalls } from './tally-calls.js';
import type { Sent } from './traffic.js';
import { urgentLatency } from './urgent-latency.js';

export interface JudgeOptions {
  database: Pick<ChaosDatabase, 'query'>;
  seed: number;
  calls: VendorCall[];
  sent: Sent[];
  director: Pick<Director, 'kills' | 'powerCuts' | 'databaseRestarts' | 'vendorDeaths' | 'disturbances'> & {
    inFlight: Pick<InFlight, 'deathsOf'>;
  };
  crew: Pick<Crew, 'peakMemory' | 'complaints'>;
}

/** Milliseconds; an urgent message in quiet moments, and one that was caught by a death, whose lease must run out first. */
const URGENT = { quiet: 15_000, disturbed: 90_000 };
/** MiB; a worker at rest takes about 150. */
const MOST_MEMORY = 400;
/** Deliveries a dying vendor may have read without having written it down: all loops of all workers, one batch each. */
const UNREAD_AT_VENDOR_DEATH = 4 * 5 * 1_000;
const MOST_BREACHES = 50;

interface Row {
  endpointId: string;
  channelId: number;
  channel: keyof typeof CHANNELS;
  state: string;
}

const DELIVERIES = `
SELECT d.endpoint_id AS "endpointId", d.channel_id AS "channelId", c.code AS channel, d.state
  FROM message m
  JOIN delivery d ON d.organisation_id = m.organisation_id AND d.day = m.day AND d.message_id = m.id
  JOIN channel c ON c.organisation_id = d.organisation_id AND c.id = d.channel_id
 WHERE m.id = $1`;

const SCHEDULED = `
SELECT m.id, m.dedup_key AS "dedupKey", extract(epoch FROM m.created_at) * 1000 AS "acceptedAt",
       jsonb_array_length(m.audience->'recipientIds') AS people
  FROM message m WHERE m.api = 'schedule' ORDER BY m.id`;

/** Holds the database against the vendor's log, by the invariants of the design. */
export class Judge {
  private readonly report: ChaosReport;
  private readonly tally: Tally;
  private unexplained = 0;

  constructor(private readonly options: JudgeOptions) {
    const { seed, director, calls } = options;
    this.report = { seed, kills: director.kills, deliveries: 0, lost: 0, repeated: 0, unknown: 0, breaches: [] };
    this.tally = tallyCalls(calls);
  }

  async judge(): Promise<{ report: ChaosReport; figures: ChaosFigures }> {
    const { sent, director, crew, calls } = this.options;
    for (const message of sent) await this.judgeMessage(message.id, message.people);
    const runs = await this.judgeSchedules();
    this.judgeTimes();
    if (this.unexplained > director.vendorDeaths * UNREAD_AT_VENDOR_DEATH) {
      this.breach(`${this.unexplained} deliveries are unknown, though neither a death nor the vendor was the cause`);
    }
    if (crew.peakMemory > MOST_MEMORY) this.breach(`a worker took ${crew.peakMemory.toFixed(0)} MiB`);
    for (const complaint of crew.complaints) this.breach(complaint);
    const urgent = urgentLatency(sent, calls, director.disturbances);
    if (urgent.worst > URGENT.quiet) this.breach(`an urgent message took ${urgent.worst} ms in a quiet moment`);
    if (urgent.worstDisturbed > URGENT.disturbed) this.breach(`an urgent message took ${urgent.worstDisturbed} ms`);
    const { powerCuts, databaseRestarts, vendorDeaths } = director;
    const figures = { messages: sent.length + runs, urgent, peakMemory: crew.peakMemory };
    return { report: this.report, figures: { ...figures, powerCuts, databaseRestarts, vendorDeaths } };
  }

  private async judgeMessage(id: string, people: number): Promise<void> {
    const { report, tally } = this;
    const { database } = this.options;
    const [message] = await database.query<{ state: string }>('SELECT state FROM message WHERE id = $1', [id]);
    if (message?.state !== 'done') this.breach(`message ${id} is ${message?.state ?? 'gone'}`);
    const rows = await database.query<Row>(DELIVERIES, [id]);
    const accepted = tally.acceptances.get(id) ?? new Map<string, number>();
    const seen = new Set<string>();
    let lost = 0;
    for (const { endpointId, channelId, channel, state } of rows) {
      const reference = `${BigInt(id).toString(36)}-${channelId.toString(36)}-${BigInt(endpointId).toString(36)}`;
      if (seen.has(reference)) this.breach(`${reference} has two deliveries`);
      seen.add(reference);
      const times = accepted.get(reference) ?? 0;
      if (state === 'sent' && times === 0) lost++;
      if (state === 'unknown') this.judgeUnknown(reference, channel);
      else if (state !== 'sent') this.breach(`${reference} (${channel}) is ${state}`);
      if (times > 1) this.judgeRepeats(reference, channel, times - 1);
    }
    lost += Math.max(0, people - seen.size);
    for (const reference of accepted.keys()) {
      if (!seen.has(reference)) this.breach(`the vendor accepted ${reference}, which has no delivery`);
    }
    report.deliveries += rows.length;
    report.lost += lost;
    if (lost > 0) this.breach(`message ${id}: ${lost} of ${people} lost`);
    if (seen.size > people) this.breach(`message ${id}: ${seen.size} deliveries for ${people} people`);
  }

  private judgeUnknown(reference: string, channel: Row['channel']): void {
    this.report.unknown++;
    if (CHANNELS[channel] !== 'hold') this.breach(`${reference} (${channel}) is unknown on a channel that resends`);
    const explained = this.options.director.inFlight.deathsOf(reference) > 0 || this.tally.unclear.has(reference);
    if (!explained) this.unexplained++;
  }

  /** Each repeat must have its own cause: a death while the delivery was in flight, or an answer that the vendor did not give. */
  private judgeRepeats(reference: string, channel: Row['channel'], repeats: number): void {
    this.report.repeated += repeats;
    const causes = this.options.director.inFlight.deathsOf(reference) + (this.tally.unclear.get(reference) ?? 0);
    if (CHANNELS[channel] === 'hold') this.breach(`${reference} was repeated on a channel that must not`);
    else if (repeats > causes) this.breach(`${reference} was repeated ${repeats} times for ${causes} causes`);
  }

  /** A run of a schedule comes once per slot, and none is left out. Returns how many there were. */
  private async judgeSchedules(): Promise<number> {
    const runs = await this.options.database.query<{ id: string; dedupKey: string; people: number }>(SCHEDULED);
    const last = new Map<string, number>();
    for (const { id, dedupKey, people } of runs) {
      await this.judgeMessage(id, people);
      const [, schedule = '', ...slot] = dedupKey.split(':');
      const at = Date.parse(slot.join(':'));
      const before = last.get(schedule);
      if (before !== undefined && at - before !== SLOT_MILLISECONDS) {
        this.breach(`schedule ${schedule} ran ${at - before} ms after its run before`);
      }
      last.set(schedule, at);
    }
    if (last.size === 0) this.breach('no schedule ran');
    return runs.length;
  }

  private judgeTimes(): void {
    const due = new Map(this.options.sent.map(({ id, sendAt }) => [id, sendAt ?? 0]));
    for (const { references, receivedAt } of this.options.calls) {
      const id = parseReference(references[0] ?? '')?.messageId ?? '';
      if (receivedAt < (due.get(id) ?? 0)) this.breach(`message ${id} went out before its time`);
    }
  }

  private breach(text: string): void {
    if (this.report.breaches.length < MOST_BREACHES) this.report.breaches.push(text);
  }
}
